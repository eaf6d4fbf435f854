//! `GET /api/admin/licenze/{id}`: everything about a licence.

use std::collections::BTreeMap;

use plugin_api::time::rfc3339;
use plugin_api::{Cx, Json, Path, Problem};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::problems::AdminProblems;
use crate::domain::claims::{ModuleBody, modules};
use crate::domain::device::{Activation, Fingerprint};
use crate::domain::draft::Price;
use crate::domain::licence::Licence;
use crate::{ISSUE, issue, store};

/// A licence as administrators see it.
#[derive(Serialize, ToSchema)]
pub struct LicenceDetail {
    /// Its id.
    id: String,
    /// The activation key; only for who may issue licences.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza: Option<String>,
    /// The first group of its key.
    #[schema(example = "7D91A")]
    chiave_inizio: String,
    /// Id of the customer.
    cliente: String,
    /// The customer's name.
    cliente_nome: String,
    /// The product's code.
    prodotto: String,
    /// `permanente`, `trial` or `abbonamento`.
    tipo: &'static str,
    /// `attiva`, `scaduta`, `sospesa`, `demo`, `in_attesa_convalida` or `revocata`.
    stato: &'static str,
    /// Whether it is for the vendor's own use.
    interna: bool,
    /// How many devices may have a seat.
    dispositivi: i64,
    /// How many have one.
    dispositivi_usati: i64,
    /// How many people may use it, if that is limited.
    utenti: Option<i64>,
    /// Its first instant, RFC 3339.
    inizio: String,
    /// Its last instant, RFC 3339.
    scadenza: Option<String>,
    /// The last instant whose updates it includes, RFC 3339.
    manutenzione_fino_a: Option<String>,
    /// Its modules by code.
    moduli: BTreeMap<String, ModuleBody>,
    /// What it costs.
    prezzo: Option<Price>,
    /// Free data for the product.
    #[schema(value_type = Object)]
    payload: Map<String, Value>,
    /// For the vendor's own people.
    note: String,
    /// What the product does after its end.
    alla_scadenza: &'static str,
    /// Days the product goes on after its end.
    tolleranza_giorni: i64,
    /// Days a computer key is trusted without asking again.
    offline_giorni: i64,
    /// When it was issued, RFC 3339.
    creata: String,
    /// Who issued it.
    creata_da: String,
    /// Devices that have or had a seat.
    attivazioni: Vec<SeatBody>,
}

/// A device that has or had a seat.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatBody {
    /// Its id.
    id: String,
    /// The device's fingerprint as it sent it.
    #[schema(value_type = Object)]
    impronta: Value,
    /// What its owner calls it.
    nome: String,
    /// Its operating system.
    piattaforma: String,
    /// When it took the seat, RFC 3339.
    attivata: String,
    /// When it was last heard of, RFC 3339; to the hour.
    vista: String,
    /// When it gave the seat back, RFC 3339.
    disattivata: Option<String>,
}

impl From<Activation> for SeatBody {
    fn from(activation: Activation) -> Self {
        Self {
            id: activation.activation_id,
            impronta: Fingerprint::stored(activation.fingerprint).as_sent(),
            nome: activation.device_name,
            piattaforma: activation.platform,
            attivata: rfc3339(activation.activated_at),
            vista: rfc3339(activation.last_seen_at),
            disattivata: activation.deactivated_at.map(rfc3339),
        }
    }
}

/// Reads a licence.
#[utoipa::path(
    get,
    path = "/api/admin/licenze/{id}",
    operation_id = "leggi_licenza",
    tag = "amministrazione",
    params(("id" = String, Path, description = "Id of the licence.")),
    responses(
        (status = 200, description = "The licence.", body = LicenceDetail),
        (status = 404, description = "No such licence in the caller's branch.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Json<LicenceDetail>, Problem> {
    Ok(Json(detail(&cx, &id).await?))
}

/// The licence with this id in the caller's branch.
pub(super) async fn detail(cx: &Cx, licence_id: &str) -> Result<LicenceDetail, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let licence =
        store::licences::get(&db, scope, licence_id).await?.ok_or_else(Problem::not_found)?;
    let seats = store::activations::of_licence(&db, scope, licence_id).await?;
    let key = if cx.may(ISSUE) { issue::key_of(cx, licence_id).await? } else { None };
    Ok(body(licence, seats, key.map(|key| key.to_string()), cx.now()))
}

fn body(
    licence: Licence,
    seats: Vec<Activation>,
    chiave_licenza: Option<String>,
    now: i64,
) -> LicenceDetail {
    LicenceDetail {
        chiave_licenza,
        cliente_nome: licence.customer_name().to_owned(),
        stato: licence.state(now).wire(),
        moduli: modules(&licence),
        id: licence.licence_id,
        chiave_inizio: licence.key_hint,
        cliente: licence.account_id,
        prodotto: licence.product_code,
        tipo: licence.r#type.wire(),
        interna: licence.internal,
        dispositivi: licence.devices_max,
        dispositivi_usati: licence.devices_used,
        utenti: licence.users_max,
        inizio: rfc3339(licence.starts_at),
        scadenza: licence.expires_at.map(rfc3339),
        manutenzione_fino_a: licence.maintenance_until.map(rfc3339),
        prezzo: licence.price.map(|importo| Price { importo, valuta: licence.currency }),
        payload: licence.payload,
        note: licence.note,
        alla_scadenza: licence.at_expiry.wire(),
        tolleranza_giorni: licence.grace_days,
        offline_giorni: licence.offline_days,
        creata: rfc3339(licence.created_at),
        creata_da: licence.created_by,
        attivazioni: seats.into_iter().map(SeatBody::from).collect(),
    }
}

//! A licence as administrators see it.

use std::collections::BTreeMap;

use axum::response::Response;
use plugin_api::time::{date, rfc3339};
use plugin_api::{Cx, Problem, etag};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::domain::choices::SuspendedFor;
use crate::domain::claims::{ModuleBody, modules};
use crate::domain::device::{Activation, Fingerprint};
use crate::domain::draft::Price;
use crate::domain::licence::Licence;
use crate::domain::policy::Conditions;
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
    #[schema(example = "STUDIO-PRO")]
    prodotto: String,
    /// The newest version it covers, `3` or `3.1`.
    #[schema(example = "3.1")]
    versione: String,
    /// Code of the bundle it was sold as.
    pacchetto: Option<String>,
    /// `permanente`, `trial` or `abbonamento`.
    tipo: &'static str,
    /// `attiva`, `scaduta`, `sospesa`, `demo`, `in_attesa_convalida` or `revocata`.
    stato: &'static str,
    /// Why it is suspended: `persona`, `pagamento` or `cliente`.
    sospesa_per: Option<&'static str>,
    /// Whether it is for the vendor's own use.
    interna: bool,
    /// What it is bound to: `dispositivo`, `utente` or `flottante`.
    #[schema(example = "dispositivo")]
    associazione: &'static str,
    /// How many devices may have a seat.
    dispositivi: i64,
    /// How many have one.
    dispositivi_usati: i64,
    /// How many people may use it, if that is limited.
    utenti: Option<i64>,
    /// How many floating seats it has.
    posti: Option<i64>,
    /// How many of them are out.
    posti_fuori: i64,
    /// Its first instant, RFC 3339.
    inizio: String,
    /// Its last instant, RFC 3339.
    scadenza: Option<String>,
    /// The last instant whose updates it includes, RFC 3339.
    manutenzione_fino_a: Option<String>,
    /// Its modules by code.
    moduli: BTreeMap<String, ModuleBody>,
    /// What it costs by the price list.
    listino: Option<Price>,
    /// Percent taken off that.
    #[schema(example = 10.0)]
    sconto: f64,
    /// What it costs.
    prezzo: Option<Price>,
    /// The day its next payment is due, if it is paid later.
    #[schema(example = "2027-01-31")]
    pagamento_entro: Option<String>,
    /// When that was paid, RFC 3339.
    pagata: Option<String>,
    /// Node that sold it.
    organizzazione: Option<String>,
    /// Node of the agent who gets the credit.
    agente: Option<String>,
    /// The customer's site it is for.
    sede: Option<String>,
    /// Values of the product's typed parameters.
    #[schema(value_type = Object)]
    parametri: Map<String, Value>,
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
    /// The policy it was issued under.
    politica: Option<PolicyBody>,
    /// What it keeps of that policy.
    condizioni: ConditionsBody,
    /// Whether it refuses nothing and only reports what it would have refused.
    ombra: bool,
    /// How it is renewed: `manuale` or `automatico`.
    #[schema(example = "manuale")]
    rinnovo: &'static str,
    /// Months of a renewal.
    rinnovo_mesi: i64,
    /// How often it was renewed.
    rinnovi: i64,
    /// When it was renewed last, RFC 3339.
    rinnovata: Option<String>,
    /// When a trial became this paid licence, RFC 3339.
    convertita: Option<String>,
    /// How it came into being: `modulo`, `rapida`, `massiva`, `api`, `importata`, `richiesta` or
    /// `sostituita`.
    #[schema(example = "api")]
    origine: &'static str,
    /// The bulk run that made it.
    massiva: Option<String>,
    /// When it was issued, RFC 3339.
    creata: String,
    /// Who issued it.
    creata_da: String,
    /// Devices that have or had a seat.
    attivazioni: Vec<SeatBody>,
}

/// A version of a policy.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyBody {
    /// Id of the policy.
    id: String,
    /// Its version.
    versione: i64,
}

/// What a licence keeps of its policy.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConditionsBody {
    /// How many components of a fingerprint must be the same; all if null.
    componenti_uguali: Option<i64>,
    /// Whether a device shows a token that changes with each validation.
    gettone_a_rotazione: bool,
    /// How often devices may be exchanged within `trasferimenti_giorni`.
    trasferimenti: Option<i64>,
    /// That window, in days.
    trasferimenti_giorni: i64,
    /// How long a floating seat is kept without a heartbeat, in seconds.
    posto_secondi: i64,
    /// How long a floating seat may be borrowed, in days.
    prestito_giorni: i64,
    /// By how many percent devices or seats may go over what was sold.
    sforamento_percento: i64,
    /// Days after which a late payment suspends the licence; never if null.
    sospende_dopo_giorni: Option<i64>,
}

impl From<Conditions> for ConditionsBody {
    fn from(conditions: Conditions) -> Self {
        Self {
            componenti_uguali: conditions.match_components,
            gettone_a_rotazione: conditions.rolling_token,
            trasferimenti: conditions.transfers_max,
            trasferimenti_giorni: conditions.transfer_days,
            posto_secondi: conditions.lease_seconds,
            prestito_giorni: conditions.borrow_days,
            sforamento_percento: conditions.overage_percent,
            sospende_dopo_giorni: conditions.suspend_after_days,
        }
    }
}

/// A device that has or had a seat.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatBody {
    /// Its id.
    id: String,
    /// The device's fingerprint as it sent it.
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

/// The licence with this id in the caller's branch, and its version.
pub(super) async fn detail(cx: &Cx, licence_id: &str) -> Result<(LicenceDetail, i64), Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let licence =
        store::licences::get(&db, scope, licence_id).await?.ok_or_else(Problem::not_found)?;
    let seats = store::activations::of_licence(&db, scope, licence_id).await?;
    let key = if cx.may(ISSUE) { issue::key_of(cx, licence_id).await? } else { None };
    let version = licence.version;
    Ok((body(licence, seats, key.map(|key| key.to_string()), cx.now()), version))
}

/// The same with its version as `ETag`.
pub(super) async fn answer(cx: &Cx, licence_id: &str) -> Result<Response, Problem> {
    let (detail, version) = detail(cx, licence_id).await?;
    Ok(etag::answer(detail, version))
}

/// A text that is not empty.
fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn body(
    licence: Licence,
    seats: Vec<Activation>,
    chiave_licenza: Option<String>,
    now: i64,
) -> LicenceDetail {
    let price = |importo: Option<i64>| {
        importo.map(|importo| Price { importo, valuta: licence.currency.clone() })
    };
    let policy = licence.policy_id.clone().zip(licence.policy_version);
    let sconto = licence.discount_percent();
    LicenceDetail {
        chiave_licenza,
        versione: licence.covered_version(),
        sospesa_per: licence.suspended_for.map(SuspendedFor::wire),
        listino: price(licence.list_price),
        prezzo: price(licence.price),
        politica: policy.map(|(id, versione)| PolicyBody { id, versione }),
        cliente_nome: licence.customer_name().to_owned(),
        stato: licence.state(now).wire(),
        moduli: modules(&licence, now),
        id: licence.licence_id,
        chiave_inizio: licence.key_hint,
        cliente: licence.account_id,
        prodotto: licence.product_code,
        tipo: licence.r#type.wire(),
        pacchetto: some(licence.bundle),
        interna: licence.internal,
        associazione: licence.binding.wire(),
        dispositivi: licence.devices_max,
        dispositivi_usati: licence.devices_used,
        utenti: licence.users_max,
        posti: licence.seats_max,
        posti_fuori: licence.seats_out,
        inizio: rfc3339(licence.starts_at),
        scadenza: licence.expires_at.map(rfc3339),
        manutenzione_fino_a: licence.maintenance_until.map(rfc3339),
        sconto,
        pagamento_entro: licence.due_at.map(date),
        pagata: licence.paid_at.map(rfc3339),
        organizzazione: licence.seller_id,
        agente: licence.agent_id,
        sede: some(licence.site),
        parametri: licence.parameters,
        condizioni: licence.conditions.into(),
        ombra: licence.shadow,
        rinnovo: licence.renewal.wire(),
        rinnovo_mesi: licence.renewal_months,
        rinnovi: licence.renewals,
        rinnovata: licence.renewed_at.map(rfc3339),
        convertita: licence.converted_at.map(rfc3339),
        origine: licence.origin.wire(),
        massiva: licence.bulk_id,
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

//! `GET /api/admin/licenze`: licences, page by page.

use plugin_api::table::{List, TableQuery};
use plugin_api::time::{date, rfc3339};
use plugin_api::{Cx, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::problems::AdminProblems;
use crate::domain::choices::{Binding, Origin, Renewal};
use crate::domain::draft::Price;
use crate::domain::licence::{LicenceType, version_text};
use crate::domain::state::{State, StoredState};
use crate::{list, store};

/// The columns a line needs, by the names of [`Row`].
const SELECT: &str = "l.licence_id, l.key_hint, l.account_id, c.name as customer, p.code, l.type, \
    l.state_stored, l.internal, l.devices_max, l.devices_used, l.starts_at, l.expires_at, \
    l.created_at, l.binding, l.version_major, l.version_minor, l.seats_max, l.renewal, \
    l.maintenance_until, l.due_at, l.paid_at, l.price, l.currency, l.seller_id, l.agent_id, \
    l.origin, l.shadow, l.bulk_id";

#[derive(Debug, Deserialize)]
struct Row {
    licence_id: String,
    key_hint: String,
    account_id: String,
    customer: Option<String>,
    code: String,
    r#type: LicenceType,
    state_stored: StoredState,
    internal: bool,
    devices_max: i64,
    devices_used: i64,
    starts_at: i64,
    expires_at: Option<i64>,
    created_at: i64,
    binding: Binding,
    version_major: i64,
    version_minor: Option<i64>,
    seats_max: Option<i64>,
    renewal: Renewal,
    maintenance_until: Option<i64>,
    due_at: Option<i64>,
    paid_at: Option<i64>,
    price: Option<i64>,
    currency: String,
    seller_id: Option<String>,
    agent_id: Option<String>,
    origin: Origin,
    shadow: bool,
    bulk_id: Option<String>,
}

/// A licence in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenceLine {
    /// Its id.
    id: String,
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
    /// Its last instant, RFC 3339.
    scadenza: Option<String>,
    /// When it was issued, RFC 3339.
    creata: String,
    /// The newest version it covers, `3` or `3.1`.
    #[schema(example = "3.1")]
    versione: String,
    /// What it is bound to: `dispositivo`, `utente` or `flottante`.
    associazione: &'static str,
    /// How many floating seats it has.
    posti: Option<i64>,
    /// How it is renewed: `manuale` or `automatico`.
    rinnovo: &'static str,
    /// The last instant whose updates it includes, RFC 3339.
    manutenzione_fino_a: Option<String>,
    /// What it costs.
    prezzo: Option<Price>,
    /// The day its next payment is due, if it is paid later.
    pagamento_entro: Option<String>,
    /// When that was paid, RFC 3339.
    pagata: Option<String>,
    /// Node that sold it.
    organizzazione: Option<String>,
    /// Node of the agent who gets the credit.
    agente: Option<String>,
    /// How it came into being.
    origine: &'static str,
    /// Whether it refuses nothing and only reports what it would have refused.
    ombra: bool,
    /// The bulk run that made it.
    massiva: Option<String>,
}

/// Lists licences.
#[utoipa::path(
    get,
    path = "/api/admin/licenze",
    operation_id = "elenca_licenze",
    tag = "amministrazione",
    params(
        TableQuery,
        ("cliente" = Option<String>, Query, description = "Id of a customer."),
        ("lotto" = Option<String>, Query, description = "Id of a bulk run."),
        ("prodotto" = Option<String>, Query, description = "Codes of products, with commas."),
        ("tipo" = Option<String>, Query, description = "Types, with commas."),
        ("stato" = Option<String>, Query, description = "States, with commas."),
    ),
    responses(
        (status = 200, description = "A page of licences.", body = List<LicenceLine>),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, mut query: TableQuery) -> Result<Json<List<LicenceLine>>, Problem> {
    let products = store::products::all(&cx.db()).await?;
    let mut spec = list::of(&products, query.take(list::RUN).as_deref());
    if let Some(account_id) = query.take("cliente").filter(|id| !id.is_empty()) {
        spec = spec.only("l.account_id = ?", [account_id.into()]);
    }
    let rows: List<Row> = spec.api_list(&cx, &query, SELECT).await?;
    let now = cx.now();
    Ok(Json(rows.map(|row| line(row, now))))
}

fn line(row: Row, now: i64) -> LicenceLine {
    let state = State::at(now, row.state_stored, row.r#type, row.starts_at, row.expires_at);
    LicenceLine {
        id: row.licence_id,
        chiave_inizio: row.key_hint,
        cliente: row.account_id,
        cliente_nome: row.customer.unwrap_or_default(),
        prodotto: row.code,
        tipo: row.r#type.wire(),
        stato: state.wire(),
        interna: row.internal,
        dispositivi: row.devices_max,
        dispositivi_usati: row.devices_used,
        scadenza: row.expires_at.map(rfc3339),
        creata: rfc3339(row.created_at),
        versione: version_text(row.version_major, row.version_minor),
        associazione: row.binding.wire(),
        posti: row.seats_max,
        rinnovo: row.renewal.wire(),
        manutenzione_fino_a: row.maintenance_until.map(rfc3339),
        prezzo: row.price.map(|importo| Price { importo, valuta: row.currency }),
        pagamento_entro: row.due_at.map(date),
        pagata: row.paid_at.map(rfc3339),
        organizzazione: row.seller_id,
        agente: row.agent_id,
        origine: row.origin.wire(),
        ombra: row.shadow,
        massiva: row.bulk_id,
    }
}

//! `GET /api/admin/licenze`: licences, page by page.

use plugin_api::table::{List, TableQuery};
use plugin_api::time::rfc3339;
use plugin_api::{Cx, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::problems::AdminProblems;
use crate::domain::licence::LicenceType;
use crate::domain::state::{State, StoredState};
use crate::{list, store};

/// The columns a line needs, by the names of [`Row`].
const SELECT: &str = "l.licence_id, l.key_hint, l.account_id, c.name as customer, p.code, l.type, \
    l.state_stored, l.internal, l.devices_max, l.devices_used, l.starts_at, l.expires_at, \
    l.created_at";

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
    }
}

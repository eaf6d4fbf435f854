//! `GET /api/admin/clienti/{id}/storia`: the states of a customer.

use plugin_api::contracts::accounts::AccountState;
use plugin_api::problem::ProblemBody;
use plugin_api::table::{List, TableQuery};
use plugin_api::time::rfc3339;
use plugin_api::{Cx, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::cliente::Stato;
use super::problems::NoCustomer;
use crate::found::found;
use crate::history;

/// A change of state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct Passaggio {
    /// When, RFC 3339 UTC.
    #[schema(format = DateTime)]
    pub quando: String,
    /// `inserito`, `convalidato`, `rifiutato`, `sospeso`, `riattivato`, `unito` or `cancellato`.
    #[schema(example = "sospeso")]
    pub atto: String,
    /// The state it led to.
    pub stato: Stato,
    /// Why.
    #[schema(example = "Fatture scadute da 90 giorni")]
    pub motivo: Option<String>,
    /// Who did it.
    pub autore: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Row {
    at: i64,
    act: String,
    state: AccountState,
    reason: String,
    actor: String,
}

/// The history of a customer's states
///
/// Newest first; that of records merged into it is part of it.
#[utoipa::path(
    get,
    path = "/api/admin/clienti/{id}/storia",
    tag = "clienti",
    params(("id" = String, Path, description = "Its id"), TableQuery),
    responses(
        (status = 200, description = "One page", body = List<Passaggio>),
        (status = 400, description = "`malformed_query`, `malformed_cursor`",
            body = ProblemBody, content_type = "application/problem+json"),
        NoCustomer,
    )
)]
pub(super) async fn list_history(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Json<List<Passaggio>>, Problem> {
    found(&cx, &id).await?;
    let select = "s.at as at, s.act as act, s.state as state, s.reason as reason, \
        s.actor as actor";
    let page: List<Row> = history::spec(&id).api_list(&cx, &query, select).await?;
    let some = |text: String| (!text.is_empty()).then_some(text);
    Ok(Json(page.map(|row| Passaggio {
        quando: rfc3339(row.at),
        atto: history::atto(&row.act).to_owned(),
        stato: row.state.into(),
        motivo: some(row.reason),
        autore: some(row.actor),
    })))
}

//! `GET /api/admin/transazioni`: the ledger, page by page.

use plugin_api::problem::ProblemBody;
use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Json, Problem};

use super::body::{Metodo, TipoTransazione, Transazione};
use crate::api::taken_id;
use crate::store;
use crate::transactions::{Transaction, spec};

/// List transactions
///
/// `cliente_id` and `licenza_id` find those of exactly this customer or licence; days are
/// `YYYY-MM-DD`.
#[utoipa::path(
    get,
    path = "/api/admin/transazioni",
    tag = "transazioni",
    params(
        TableQuery,
        ("tipo" = Option<TipoTransazione>, Query, description = "What for; several with commas"),
        ("stato" = Option<String>, Query,
            description = "`saldata`, `aperta`, `scaduta`, `stornata`, `storno`; several with commas"),
        ("metodo" = Option<Metodo>, Query, description = "How paid; several with commas"),
        ("cliente_id" = Option<String>, Query, description = "Id of a customer"),
        ("licenza_id" = Option<String>, Query, description = "Id of a licence"),
        ("cliente" = Option<String>, Query, description = "Part of the customer's name"),
        ("valuta" = Option<String>, Query, description = "ISO 4217"),
        ("data.from" = Option<String>, Query, description = "Happened on this day or later"),
        ("data.to" = Option<String>, Query, description = "Happened on this day or before"),
        ("scadenza.from" = Option<String>, Query, description = "Due on this day or later"),
        ("scadenza.to" = Option<String>, Query, description = "Due on this day or before"),
    ),
    responses(
        (status = 200, description = "One page", body = List<Transazione>),
        (status = 400, description = "`malformed_query`, `malformed_cursor`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list_transactions(
    cx: Cx,
    mut query: TableQuery,
) -> Result<Json<List<Transazione>>, Problem> {
    let mut spec = spec();
    let exact = [("cliente_id", "t.customer_id = ?"), ("licenza_id", "t.licence_id = ?")];
    for (parameter, condition) in exact {
        if let Some(wanted) = taken_id(&mut query, parameter) {
            spec = spec.only(condition, [wanted.into()]);
        }
    }
    let page: List<Transaction> = spec.api_list(&cx, &query, store::transactions::COLUMNS).await?;
    Ok(Json(page.map(|entry| Transazione::from(&entry))))
}

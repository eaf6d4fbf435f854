//! `GET /api/admin/clienti`: customers and prospects, page by page.

use plugin_api::problem::ProblemBody;
use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Json, Problem};

use super::cliente::{Cliente, Stato, Tipo};
use crate::domain::Customer;
use crate::{list, store};

/// List customers and prospects
///
/// Every column of the list page is a filter: `ragione_sociale`, `partita_iva`, `citta`, `paese`,
/// `email`, `riferimento_esterno` contain what is given; `creato.from`, `creato.to`,
/// `aggiornato.from`, `aggiornato.to` are days.
#[utoipa::path(
    get,
    path = "/api/admin/clienti",
    tag = "clienti",
    params(
        TableQuery,
        ("stato" = Option<Stato>, Query, description = "Where they stand; several with commas"),
        ("tipo" = Option<Tipo>, Query, description = "Customers or prospects"),
    ),
    responses(
        (status = 200, description = "One page", body = List<Cliente>),
        (status = 400, description = "`malformed_query`, `malformed_cursor`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list_customers(
    cx: Cx,
    query: TableQuery,
) -> Result<Json<List<Cliente>>, Problem> {
    let page: List<Customer> = list::spec().api_list(&cx, &query, store::COLUMNS).await?;
    Ok(Json(page.map(|customer| Cliente::from(&customer))))
}

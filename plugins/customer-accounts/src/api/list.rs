//! `GET /api/admin/clienti`: customers and prospects, page by page.

use plugin_api::problem::ProblemBody;
use plugin_api::table::{List, TableQuery, fold};
use plugin_api::{Cx, Json, Problem};

use super::cliente::{Cliente, Stato, Tipo};
use super::taken_id;
use crate::domain::Customer;
use crate::{list, store};

/// List customers and prospects
///
/// `partita_iva`, `riferimento_esterno`, `paese`, `etichetta` and `assegnato_a` find those that have
/// exactly this one; `citta`, `organizzazione` and `agente` contain what is given; `sotto` finds all
/// in the branch of a node, `assegnato_a` only those assigned to the node itself; `creato.from` and
/// `creato.to` are days.
#[utoipa::path(
    get,
    path = "/api/admin/clienti",
    tag = "clienti",
    params(
        TableQuery,
        ("stato" = Option<Stato>, Query, description = "Where they stand; several with commas"),
        ("tipo" = Option<Tipo>, Query, description = "Customers or prospects"),
        ("partita_iva" = Option<String>, Query, description = "VAT number"),
        ("riferimento_esterno" = Option<String>, Query, description = "What another system calls it"),
        ("citta" = Option<String>, Query, description = "Part of the city"),
        ("paese" = Option<String>, Query, description = "ISO 3166-1 alpha-2"),
        ("etichetta" = Option<String>, Query, description = "A tag"),
        ("organizzazione" = Option<String>, Query, description = "Part of the name of the \
            organisation that looks after them"),
        ("agente" = Option<String>, Query, description = "Part of the name of the agent"),
        ("assegnato_a" = Option<String>, Query, description = "Id of the node they are assigned to"),
        ("sotto" = Option<String>, Query, description = "Id of a node: all of its branch"),
        ("creato.from" = Option<String>, Query, description = "Entered on this day or later"),
        ("creato.to" = Option<String>, Query, description = "Entered on this day or before"),
    ),
    responses(
        (status = 200, description = "One page", body = List<Cliente>),
        (status = 400, description = "`malformed_query`, `malformed_cursor`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list_customers(
    cx: Cx,
    mut query: TableQuery,
) -> Result<Json<List<Cliente>>, Problem> {
    let (mut spec, _) = list::asked(&mut query);
    let exact = [
        ("partita_iva", "c.vat_number = ?"),
        ("riferimento_esterno", "c.external_reference = ?"),
        ("paese", "c.country = ?"),
    ];
    for (parameter, condition) in exact {
        if let Some(wanted) = query.take(parameter) {
            spec = spec.only(condition, [wanted.trim().into()]);
        }
    }
    if let Some(node) = taken_id(&mut query, "assegnato_a") {
        spec = spec.only("n.parent_id = ?", [node.into()]);
    }
    if let Some(tag) = query.take("etichetta") {
        // Tags stand folded with a comma and a space between them.
        let alone = format!(", {}, ", fold(tag.trim()));
        spec = spec.only("instr(', ' || c.tags_folded || ', ', ?) > 0", [alone.into()]);
    }
    let page: List<Customer> = spec.api_list(&cx, &query, store::COLUMNS).await?;
    Ok(Json(page.map(|customer| Cliente::from(&customer))))
}

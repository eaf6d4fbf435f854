//! `/api/admin/transazioni`: the ledger of customers for software.

mod body;
mod create;
mod get;
mod list;
mod settle;

use plugin_api::{Access, FieldProblem, Problem, Routes, routes};

use crate::domain::Refusal;
use crate::transactions::{BOOK, READ};

/// The routes of the ledger.
pub(super) fn routes() -> Routes {
    let (read, book) = (Access::permission(READ), Access::permission(BOOK));
    Routes::new()
        .api(routes!(list::list_transactions), &read)
        .api(routes!(create::create_transaction), &book)
        .api(routes!(get::get_transaction), &read)
        .api(routes!(settle::settle_transaction), &book)
}

/// Refusals as a problem that points into the body (RFC 6901).
fn refused(refusals: Vec<Refusal>) -> Problem {
    let pointer = |field: &str| match field {
        "customer" => "/cliente",
        "kind" => "/tipo",
        "amount" => "/importo/importo",
        "currency" => "/importo/valuta",
        "date" => "/data",
        "due" => "/scadenza",
        "method" => "/metodo",
        "notes" => "/note",
        "licence" => "/licenza",
        "reference" => "/riferimento",
        _ => "",
    };
    let problem = |refusal: Refusal| FieldProblem::new(pointer(refusal.field), refusal.key);
    Problem::validation(refusals.into_iter().map(problem).collect())
}

//! `/api/admin/clienti`: customers for software, with the Italian names of the source documents.

mod cliente;
mod contatti;
mod create;
mod cronologia;
mod dati;
mod esterno;
mod get;
mod list;
mod note;
mod parti;
mod problems;
mod registrazione;
mod sedi;
mod storia;
mod transazioni;
mod unisci;
mod update;

use axum::response::Response;
use plugin_api::table::TableQuery;
use plugin_api::{Access, FieldProblem, Problem, Routes, etag, routes};

use crate::domain::{Refusal, is_id};
use crate::{READ, WRITE, paths};
use cliente::Cliente;

/// The routes of the API.
pub(crate) fn routes() -> Routes {
    let (read, write) = (Access::permission(READ), Access::permission(WRITE));
    Routes::new()
        .api(routes!(list::list_customers), &read)
        .api(routes!(create::create_customer), &write)
        .api(routes!(get::get_customer), &read)
        .api(routes!(update::update_customer), &write)
        .api(routes!(cronologia::customer_timeline), &read)
        .merge(esterno::routes(&read, &write))
        .merge(registrazione::public_routes())
        .api(routes!(storia::list_history), &read)
        .api(routes!(unisci::merge_customers), &Access::permission(crate::MERGE))
        .merge(contatti::routes(&read, &write))
        .merge(sedi::routes(&read, &write))
        .merge(note::routes(&read, &write))
        .merge(transazioni::routes())
}

/// A customer with its version as `ETag`.
fn answer(cliente: Cliente, version: i64) -> Response {
    etag::answer(cliente, version)
}

/// A customer that was just entered, with its address.
fn created(cliente: Cliente) -> Response {
    let path = paths::api(&cliente.id);
    etag::created(cliente, &path)
}

/// Takes the parameter `name`, an id, from a query; what can be no id finds nothing.
fn taken_id(query: &mut TableQuery, name: &str) -> Option<String> {
    let id = query.take(name)?.trim().to_owned();
    Some(if is_id(&id) { id } else { String::new() })
}

/// Refusals as a problem that points into the body.
fn refused(refusals: Vec<Refusal>) -> Problem {
    let problem = |refusal: Refusal| FieldProblem::new(dati::pointer(refusal.field), refusal.key);
    Problem::validation(refusals.into_iter().map(problem).collect())
}

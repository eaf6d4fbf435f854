//! `/api/admin/agent`: the nodes of the organisation tree and their users.

mod agente;
mod create;
mod delete;
mod get;
mod list;
mod row;
#[cfg(test)]
mod tests;
mod update;
mod utente;
mod utenti;

use axum::response::Response;
use plugin_api::{Access, Problem, Routes, etag, routes};

use crate::people::organisations::Refusal;
use agente::Agente;

/// The routes: nodes, and the users of a node.
pub(super) fn routes() -> Routes {
    let (nodes, users) =
        (Access::permission("host:organisations"), Access::permission("host:users"));
    Routes::new()
        .api(routes!(list::list_agents), &nodes)
        .api(routes!(create::create_agent), &nodes)
        .api(routes!(get::get_agent), &nodes)
        .api(routes!(update::update_agent), &nodes)
        .api(routes!(delete::delete_agent), &nodes)
        .api(routes!(utenti::list_agent_users), &users)
        .api(routes!(utenti::invite_agent_user), &users)
        .api(routes!(utenti::update_agent_user), &users)
}

/// A node that was just made, with its address.
fn created(agente: Agente) -> Response {
    let path = format!("/api/admin/agent/{}", agente.id);
    etag::created(agente, &path)
}

/// A refusal about the fields of these bodies.
fn refused(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Stale => etag::failed(),
        other => Problem::from(other).pointing(pointer),
    }
}

/// Where the field that the host calls `field` stands in a body (RFC 6901).
fn pointer(field: &str) -> String {
    match field {
        "/name" => "/nome",
        "/kind" => "/tipo",
        "/parent" => "/sopra",
        "/roles" => "/ruoli",
        other => other,
    }
    .to_owned()
}

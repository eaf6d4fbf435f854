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

use axum::response::{IntoResponse as _, Response};
use http::header::{ETAG, LOCATION};
use http::{HeaderValue, StatusCode};
use plugin_api::{Access, Json, Problem, Routes, etag, routes};

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

/// A node with its version as `ETag`.
fn answer(status: StatusCode, agente: Agente, version: i64) -> Response {
    let location = HeaderValue::from_str(&format!("/api/admin/agent/{}", agente.id));
    let mut response = (status, Json(agente)).into_response();
    let headers = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(&etag::etag(version)) {
        headers.insert(ETAG, etag);
    }
    if let (StatusCode::CREATED, Ok(location)) = (status, location) {
        headers.insert(LOCATION, location);
    }
    response
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

//! `/api/admin/agent/{id}/utenti`: who belongs to a node, inviting, barring.

use http::StatusCode;
use plugin_api::contracts::people::{OfOrganisation, Person};
use plugin_api::problem::ProblemBody;
use plugin_api::table::List;
use plugin_api::{Cx, Fault, Json, Path, Problem};

use super::pointer;
use super::utente::{DatiUtente, NuovoUtente, Utente};
use crate::people::invitations::{self, NewInvitation};
use crate::people::users::{self, Change};
use crate::people::{organisations, services};
use crate::state::App;

/// List the users of a node
///
/// Those of the node itself, and whom an invitation waits for; at most 500.
#[utoipa::path(
    get,
    path = "/api/admin/agent/{id}/utenti",
    tag = "agent",
    params(("id" = String, Path, description = "Id of the node")),
    responses(
        (status = 200, description = "Its users", body = List<Utente>),
        (status = 404, description = "No such node in the caller's branch: `not_found`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list_agent_users(
    cx: Cx,
    Path(id): Path<String>,
) -> Result<Json<List<Utente>>, Problem> {
    organisations::find(&cx, &id).await?;
    let dati = people(&cx, &id).await?.into_iter().map(Utente::from).collect();
    Ok(Json(List { dati, prossimo: None }))
}

/// Invite a user to a node
///
/// He gets a link by mail and chooses his password himself.
#[utoipa::path(
    post,
    path = "/api/admin/agent/{id}/utenti",
    tag = "agent",
    params(("id" = String, Path, description = "Id of the node")),
    request_body = NuovoUtente,
    responses(
        (status = 201, description = "Invited", body = Utente),
        (status = 404, description = "No such node in the caller's branch: `not_found`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`validation`: the address is taken, or the caller lacks a \
            permission of these roles", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn invite_agent_user(
    App(state): App,
    cx: Cx,
    Path(id): Path<String>,
    Json(body): Json<NuovoUtente>,
) -> Result<(StatusCode, Json<Utente>), Problem> {
    organisations::find(&cx, &id).await?;
    let new = NewInvitation {
        email: body.email,
        name: body.nome,
        roles: body.ruoli,
        organisation_id: id.clone(),
        language: body.lingua.unwrap_or_default(),
    };
    let invited = invitations::invite(&state, &cx, &new).await;
    let invitation = invited.map_err(|problem| problem.pointing(pointer))?;
    Ok((StatusCode::CREATED, Json(utente(&cx, &id, &invitation).await?)))
}

/// Change a user of a node
///
/// Members that are missing stay as they are.
#[utoipa::path(
    patch,
    path = "/api/admin/agent/{id}/utenti/{uid}",
    tag = "agent",
    params(
        ("id" = String, Path, description = "Id of the node"),
        ("uid" = String, Path, description = "Id of the user"),
    ),
    request_body = DatiUtente,
    responses(
        (status = 200, description = "The user as he is now", body = Utente),
        (status = 404, description = "No such user of this node, or he may do more than the \
            caller: `not_found`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`user_self`, `user_last_superadmin`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`validation`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn update_agent_user(
    App(state): App,
    cx: Cx,
    Path((id, user_id)): Path<(String, String)>,
    Json(body): Json<DatiUtente>,
) -> Result<Json<Utente>, Problem> {
    organisations::find(&cx, &id).await?;
    let user = users::find(&state, &cx, &user_id).await?;
    if user.organisation_id != id {
        return Err(Problem::not_found());
    }
    if let Some(roles) = body.ruoli {
        let change = Change {
            email: user.email.clone(),
            name: user.name.clone(),
            roles,
            organisation_id: id.clone(),
        };
        let changed = users::change(&state, &cx, &user, &change).await;
        changed.map_err(|problem| problem.pointing(pointer))?;
    }
    match body.disattivato {
        Some(true) if user.disabled_at.is_none() => users::disable(&cx, &user).await?,
        Some(false) if user.disabled_at.is_some() => users::enable(&cx, &user).await?,
        _ => {}
    }
    Ok(Json(utente(&cx, &id, &user_id).await?))
}

async fn people(cx: &Cx, node: &str) -> Result<Vec<Person>, Fault> {
    let asked = OfOrganisation { organisation_id: node.to_owned() };
    services::of_organisation(cx.clone(), asked).await
}

async fn utente(cx: &Cx, node: &str, id: &str) -> Result<Utente, Problem> {
    let person = people(cx, node).await?.into_iter().find(|person| person.id == id);
    person.map(Utente::from).ok_or_else(Problem::not_found)
}

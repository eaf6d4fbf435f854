//! `/api/admin/clienti/{id}/contatti`: contacts of a customer.

use axum::http::StatusCode;
use axum::response::Response;
use plugin_api::table::List;
use plugin_api::{Access, Cx, Json, Path, Problem, Routes, routes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::parti::{self, answers, some, tick};
use super::problems::{Closed, Invalid, NoCustomer, NoPart};
use crate::domain::{Answers, Part, PartKind};

/// The routes.
pub(super) fn routes(read: &Access, write: &Access) -> Routes {
    Routes::new()
        .api(routes!(list_contatti), read)
        .api(routes!(create_contatto), write)
        .api(routes!(update_contatto), write)
        .api(routes!(delete_contatto), write)
}

/// Somebody to talk to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct Contatto {
    /// Its id.
    pub id: String,
    /// Name.
    pub nome: String,
    /// Role.
    pub ruolo: Option<String>,
    /// Where mails go.
    pub email: Option<String>,
    /// Telephone.
    pub telefono: Option<String>,
    /// Notes.
    pub note: Option<String>,
    /// Whether he is the one to ask first.
    pub principale: bool,
}

impl From<&Part> for Contatto {
    fn from(part: &Part) -> Self {
        Self {
            id: part.part_id.clone(),
            nome: part.get("name").to_owned(),
            ruolo: some(part, "role"),
            email: some(part, "email"),
            telefono: some(part, "phone"),
            note: some(part, "notes"),
            principale: part.is("is_primary"),
        }
    }
}

/// What is to be known of a contact.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "nome": "Anna Rossi", "ruolo": "Acquisti", "email": "anna@rossi.example", "principale": true
}))]
pub(super) struct DatiContatto {
    /// Name. At most 200 characters.
    pub nome: String,
    /// Role. At most 120 characters.
    pub ruolo: Option<String>,
    /// Where mails go.
    pub email: Option<String>,
    /// Telephone.
    pub telefono: Option<String>,
    /// Notes. At most 4,000 characters.
    pub note: Option<String>,
    /// Whether he is the one to ask first: the others no longer are.
    #[serde(default)]
    pub principale: bool,
}

impl DatiContatto {
    fn answers(self) -> (PartKind, Answers) {
        let answers = answers([
            ("name", Some(self.nome)),
            ("role", self.ruolo),
            ("email", self.email),
            ("phone", self.telefono),
            ("notes", self.note),
            ("is_primary", tick(self.principale)),
        ]);
        (PartKind::Contact, answers)
    }
}

/// Where the answer kept in a column stands in a body (RFC 6901).
fn pointer(field: &str) -> &'static str {
    match field {
        "name" => "/nome",
        "role" => "/ruolo",
        "email" => "/email",
        "phone" => "/telefono",
        "notes" => "/note",
        _ => "",
    }
}

/// List the contacts of a customer
#[utoipa::path(
    get,
    path = "/api/admin/clienti/{id}/contatti",
    tag = "clienti",
    params(("id" = String, Path, description = "Id of the customer")),
    responses(
        (status = 200, description = "All of them", body = List<Contatto>),
        NoCustomer,
    )
)]
async fn list_contatti(cx: Cx, Path(id): Path<String>) -> Result<Json<List<Contatto>>, Problem> {
    parti::all(&cx, &id, PartKind::Contact).await
}

/// Enter a contact
#[utoipa::path(
    post,
    path = "/api/admin/clienti/{id}/contatti",
    tag = "clienti",
    params(("id" = String, Path, description = "Id of the customer")),
    request_body = DatiContatto,
    responses(
        (status = 201, description = "Entered", body = Contatto),
        NoCustomer,
        Closed,
        Invalid,
    )
)]
async fn create_contatto(
    cx: Cx,
    Path(id): Path<String>,
    Json(body): Json<DatiContatto>,
) -> Result<Response, Problem> {
    parti::enter::<Contatto>(&cx, &id, body.answers(), pointer).await
}

/// Replace a contact
///
/// Members that are missing are cleared.
#[utoipa::path(
    put,
    path = "/api/admin/clienti/{id}/contatti/{contatto}",
    tag = "clienti",
    params(
        ("id" = String, Path, description = "Id of the customer"),
        ("contatto" = String, Path, description = "Its id"),
    ),
    request_body = DatiContatto,
    responses(
        (status = 200, description = "As it is now", body = Contatto),
        NoPart,
        Closed,
        Invalid,
    )
)]
async fn update_contatto(
    cx: Cx,
    Path(ids): Path<(String, String)>,
    Json(body): Json<DatiContatto>,
) -> Result<Json<Contatto>, Problem> {
    parti::replace(&cx, &ids, body.answers(), pointer).await
}

/// Delete a contact
#[utoipa::path(
    delete,
    path = "/api/admin/clienti/{id}/contatti/{contatto}",
    tag = "clienti",
    params(
        ("id" = String, Path, description = "Id of the customer"),
        ("contatto" = String, Path, description = "Its id"),
    ),
    responses(
        (status = 204, description = "Deleted"),
        NoPart,
        Closed,
    )
)]
async fn delete_contatto(cx: Cx, Path(ids): Path<(String, String)>) -> Result<StatusCode, Problem> {
    parti::remove(&cx, &ids, PartKind::Contact).await
}

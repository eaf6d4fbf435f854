//! `/api/admin/clienti/{id}/note`: notes of a customer.

use axum::http::StatusCode;
use axum::response::Response;
use plugin_api::table::List;
use plugin_api::{Access, Cx, Json, Path, Problem, Routes, routes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::parti::{self, answers};
use super::problems::{Closed, Invalid, NoCustomer, NoPart};
use crate::domain::{Answers, Part, PartKind};

/// The routes.
pub(super) fn routes(read: &Access, write: &Access) -> Routes {
    Routes::new()
        .api(routes!(list_note), read)
        .api(routes!(create_nota), write)
        .api(routes!(update_nota), write)
        .api(routes!(delete_nota), write)
}

/// Something somebody wrote down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct Nota {
    /// Its id.
    pub id: String,
    /// The text.
    pub testo: String,
    /// Who wrote it.
    pub autore: Option<String>,
    /// When it was written, RFC 3339 UTC.
    #[schema(format = DateTime)]
    pub scritta: String,
}

impl From<&Part> for Nota {
    fn from(part: &Part) -> Self {
        Self {
            id: part.part_id.clone(),
            testo: part.get("body").to_owned(),
            autore: Some(part.author.clone()).filter(|author| !author.is_empty()),
            scritta: plugin_api::time::rfc3339(part.created_at),
        }
    }
}

/// A note.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"testo": "Preferisce essere chiamato al mattino."}))]
pub(super) struct DatiNota {
    /// The text. At most 4,000 characters.
    pub testo: String,
}

impl DatiNota {
    fn answers(self) -> (PartKind, Answers) {
        let answers = answers([("body", Some(self.testo))]);
        (PartKind::Note, answers)
    }
}

/// Where the answer kept in a column stands in a body (RFC 6901).
fn pointer(field: &str) -> &'static str {
    match field {
        "body" => "/testo",
        _ => "",
    }
}

/// List the notes of a customer
#[utoipa::path(
    get,
    path = "/api/admin/clienti/{id}/note",
    tag = "clienti",
    params(("id" = String, Path, description = "Id of the customer")),
    responses(
        (status = 200, description = "All of them", body = List<Nota>),
        NoCustomer,
    )
)]
async fn list_note(cx: Cx, Path(id): Path<String>) -> Result<Json<List<Nota>>, Problem> {
    parti::all(&cx, &id, PartKind::Note).await
}

/// Enter a note
#[utoipa::path(
    post,
    path = "/api/admin/clienti/{id}/note",
    tag = "clienti",
    params(("id" = String, Path, description = "Id of the customer")),
    request_body = DatiNota,
    responses(
        (status = 201, description = "Entered", body = Nota),
        NoCustomer,
        Closed,
        Invalid,
    )
)]
async fn create_nota(
    cx: Cx,
    Path(id): Path<String>,
    Json(body): Json<DatiNota>,
) -> Result<Response, Problem> {
    parti::enter::<Nota>(&cx, &id, body.answers(), pointer).await
}

/// Replace a note
///
/// Members that are missing are cleared.
#[utoipa::path(
    put,
    path = "/api/admin/clienti/{id}/note/{nota}",
    tag = "clienti",
    params(
        ("id" = String, Path, description = "Id of the customer"),
        ("nota" = String, Path, description = "Its id"),
    ),
    request_body = DatiNota,
    responses(
        (status = 200, description = "As it is now", body = Nota),
        NoPart,
        Closed,
        Invalid,
    )
)]
async fn update_nota(
    cx: Cx,
    Path(ids): Path<(String, String)>,
    Json(body): Json<DatiNota>,
) -> Result<Json<Nota>, Problem> {
    parti::replace(&cx, &ids, body.answers(), pointer).await
}

/// Delete a note
#[utoipa::path(
    delete,
    path = "/api/admin/clienti/{id}/note/{nota}",
    tag = "clienti",
    params(
        ("id" = String, Path, description = "Id of the customer"),
        ("nota" = String, Path, description = "Its id"),
    ),
    responses(
        (status = 204, description = "Deleted"),
        NoPart,
        Closed,
    )
)]
async fn delete_nota(cx: Cx, Path(ids): Path<(String, String)>) -> Result<StatusCode, Problem> {
    parti::remove(&cx, &ids, PartKind::Note).await
}

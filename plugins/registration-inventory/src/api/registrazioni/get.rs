//! `GET /api/admin/registrazioni/{id}`: one report, with what came.

use plugin_api::{Cx, Json, Path, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::Registrazione;
use crate::api::problems::AdminProblems;
use crate::store::reports;

/// A report, with what came.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrazioneIntera {
    #[serde(flatten)]
    registrazione: Registrazione,
    /// What the sender said its body is; may be empty.
    #[schema(example = "application/json")]
    tipo_contenuto: String,
    /// The body as it came, as text.
    payload: String,
}

/// Reads a raw report.
#[utoipa::path(
    get,
    path = "/api/admin/registrazioni/{id}",
    operation_id = "leggi_registrazione",
    tag = "amministrazione",
    params(("id" = String, Path, description = "Id of the report.")),
    responses(
        (status = 200, description = "The report.", body = RegistrazioneIntera),
        (status = 404, description = "No such report in the caller's branch, or it was deleted."),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Json<RegistrazioneIntera>, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let report = reports::get(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let came = reports::payload(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(RegistrazioneIntera {
        registrazione: report.into(),
        tipo_contenuto: came.content_type,
        payload: came.payload,
    }))
}

//! `/api/admin/rilasci/{id}/file`: the files of a release; one `curl -T` sends one.

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::{Cx, Json, Path, Problem, Query};

use super::FileDetail;
use crate::api::problems::AdminProblems;
use crate::domain::release::Artifact;
use crate::releases::files::attach::{acceptable, attach, removed};
use crate::releases::files::place::SaidPlace;
use crate::releases::{changed, save};
use crate::store::artifacts;
use crate::store::releases::Release;

/// Lists the files of a release.
#[utoipa::path(
    get,
    path = "/api/admin/rilasci/{id}/file",
    operation_id = "elenca_file",
    tag = "aggiornamenti",
    params(("id" = String, Path, description = "Id of the release.")),
    responses((status = 200, description = "Its files, by name.", body = Vec<FileDetail>),
        AdminProblems)
)]
pub async fn list(cx: Cx, Path(id): Path<String>) -> Result<Json<Vec<FileDetail>>, Problem> {
    save::found(&cx, &id).await?;
    let files = artifacts::of_release(&cx.db(), cx.scope(), &id).await?;
    Ok(Json(files.iter().map(FileDetail::from).collect()))
}

/// Sends a file to a draft
///
/// The body is the file. It takes the place of the one of the same name. A name that ends in `.sig`,
/// `.minisig` or `.blockmap` belongs to the file it is called after, which must be there.
#[utoipa::path(
    put,
    path = "/api/admin/rilasci/{id}/file/{nome}",
    operation_id = "invia_file",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the release."),
        ("nome" = String, Path, description = "Name of the file."),
        SaidPlace,
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "The file as it is kept.", body = FileDetail),
        AdminProblems)
)]
pub async fn put(
    cx: Cx,
    Path((id, name)): Path<(String, String)>,
    Query(said): Query<SaidPlace>,
    request: Request,
) -> Result<Response, Problem> {
    let release = save::found(&cx, &id).await?.release;
    let file = kept(&cx, &release, &name, &said, request.into_body()).await?;
    changed::show(&cx).await;
    Ok(Json(FileDetail::from(&file)).into_response())
}

async fn kept(
    cx: &Cx,
    release: &Release,
    name: &str,
    said: &SaidPlace,
    body: Body,
) -> Result<Artifact, Problem> {
    acceptable(release, name)?;
    said.of(name)?;
    let blob = cx.put_blob(name, "application/octet-stream", body).await?;
    attach(cx, release, &blob, name, said).await
}

/// Takes a file out of a draft.
#[utoipa::path(
    delete,
    path = "/api/admin/rilasci/{id}/file/{nome}",
    operation_id = "togli_file",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the release."),
        ("nome" = String, Path, description = "Name of the file."),
    ),
    responses((status = 204, description = "It is gone."), AdminProblems)
)]
pub async fn remove(
    cx: Cx,
    Path((id, name)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let release = save::found(&cx, &id).await?.release;
    removed(&cx, &release, &named(&cx, &id, &name).await?).await?;
    changed::show(&cx).await;
    Ok(StatusCode::NO_CONTENT)
}

/// The file of this name.
pub(super) async fn named(cx: &Cx, id: &str, name: &str) -> Result<Artifact, Problem> {
    let files = artifacts::of_release(&cx.db(), cx.scope(), id).await?;
    files.into_iter().find(|file| file.file_name == name).ok_or_else(Problem::not_found)
}

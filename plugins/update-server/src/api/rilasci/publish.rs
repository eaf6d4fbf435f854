//! `/api/admin/rilasci/{id}/pubblica`: what is found of a draft, and letting it out.

use axum::http::StatusCode;
use axum::response::Response;
use plugin_api::etag::IfMatch;
use plugin_api::{Cx, Idempotency, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ReleaseDetail, answer};
use crate::api::problems::{AdminProblems, VersionProblems};
use crate::domain::release::State;
use crate::releases::checks::Told;
use crate::releases::publish::{examined, holds, settled, write};
use crate::releases::{changed, save};
use crate::rollouts::plan::Plan;

/// After how many seconds it is worth asking again, while files are examined.
const AGAIN: u32 = 5;

/// How a release goes out.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PublishBody {
    /// Whether it goes out although there are warnings.
    conferma_avvisi: bool,
    /// How it reaches the installations of its channels; everybody at once if left out.
    fasi: Option<Plan>,
}

/// Looks at a draft
///
/// Everything that would be found when it is published; nothing is changed.
#[utoipa::path(
    get,
    path = "/api/admin/rilasci/{id}/pubblica",
    operation_id = "verifica_rilascio",
    tag = "aggiornamenti",
    params(("id" = String, Path, description = "Id of the release.")),
    responses((status = 200, description = "What was found; what refuses comes first.",
        body = Vec<Told>), AdminProblems)
)]
pub async fn check(cx: Cx, Path(id): Path<String>) -> Result<Json<Vec<Told>>, Problem> {
    let draft = save::found(&cx, &id).await?;
    Ok(Json(examined(&cx, &draft).await?))
}

/// Publishes a draft
///
/// Signatures, names, versions and hashes are checked first. What does not match refuses it
/// (`rilascio_non_conforme`, with `avvisi`); warnings do until `conferma_avvisi` is true. Large files
/// may still be under examination (`riprovare` of their `avvisi` is true): ask again after
/// `Retry-After`.
#[utoipa::path(
    post,
    path = "/api/admin/rilasci/{id}/pubblica",
    operation_id = "pubblica_rilascio",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the release."),
        ("If-Match" = Option<String>, Header, description = "The `ETag` it was seen with"),
        Idempotency,
    ),
    request_body(content = PublishBody, example = json!({
        "fasi": [{"percentuale": 10, "dopo_ore": 0}, {"percentuale": 100, "dopo_ore": 48}]
    })),
    responses(
        (status = 200, description = "The release, which is out.", body = ReleaseDetail,
            headers(("ETag" = String, description = "Its new version"))),
        AdminProblems,
        VersionProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    if_match: Option<IfMatch>,
    idempotency: Idempotency,
    Json(body): Json<PublishBody>,
) -> Result<Response, Problem> {
    let body = &body;
    let plan = body.fasi.clone().unwrap_or_default().checked().map_err(Problem::validation)?;
    let draft = save::found(&cx, &id).await?;
    let told = match draft.release.state {
        State::Draft => settled(&cx, &draft).await?,
        State::Published | State::Yanked => Vec::new(),
    };
    let (draft, told, plan, if_match) = (&draft, &told, &plan, &if_match);
    cx.once(&idempotency, &(&id, body), |tx| async move {
        if let Some(if_match) = if_match {
            if_match.check(draft.release.row_version)?;
        }
        if holds(told, body.conferma_avvisi) {
            return Err(held(told));
        }
        write(&tx, draft, told, plan).await?;
        Ok((StatusCode::OK, ()))
    })
    .await?;
    changed::show(&cx).await;
    answer(&cx, &id).await
}

/// Why a release does not go out.
fn held(told: &[Told]) -> Problem {
    let code = if told.iter().any(|one| one.impedisce) {
        "rilascio_non_conforme"
    } else {
        "avvisi_da_confermare"
    };
    let avvisi = serde_json::to_value(told).unwrap_or_default();
    let problem = Problem::unprocessable(code).member("avvisi", avvisi);
    if told.iter().filter(|one| one.impedisce).any(|one| one.riprovare) {
        return problem.retry_in(AGAIN);
    }
    problem
}

//! `/api/admin/distribuzioni`: rollouts for programs.

pub mod steer;

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Idempotency, Json, Path, Problem, etag, time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problems::AdminProblems;
use crate::domain::rollout::State;
use crate::releases::{changed, save};
use crate::rollouts::list::spec;
use crate::rollouts::plan::Plan;
use crate::rollouts::start::start as begin;
use crate::store::rollouts::{self, Rollout};

/// From an instant on, so many percent have it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stage {
    /// The instant.
    dal: String,
    /// 0 to 100.
    percentuale: i64,
}

/// A rollout.
#[derive(Debug, Serialize, ToSchema)]
pub struct RolloutDetail {
    /// Its id.
    id: String,
    /// Code of its product.
    prodotto: String,
    /// The channel.
    canale: String,
    /// Id of the release.
    rilascio: String,
    /// `in_corso`, `sospesa`, `fermata` or `conclusa`.
    #[schema(example = "in_corso")]
    stato: &'static str,
    /// How many percent of the installations get it now.
    percentuale: i64,
    /// Its stages.
    fasi: Vec<Stage>,
    /// Installations that said they took it.
    riuscite: i64,
    /// Installations that said they could not.
    fallite: i64,
    /// Why it stopped; `auto:<failed>/<all>` when it stopped by itself.
    motivo: Option<String>,
    /// When it began.
    iniziata_il: String,
    /// Who began it.
    iniziata_da: String,
    /// When it ended.
    finita_il: Option<String>,
}

impl RolloutDetail {
    fn of(rollout: &Rollout, now: i64) -> Self {
        let stage = |at: i64, percent: i64| Stage { dal: time::rfc3339(at), percentuale: percent };
        Self {
            id: rollout.rollout_id.clone(),
            prodotto: rollout.product_code.clone(),
            canale: rollout.channel.clone(),
            rilascio: rollout.release_id.clone(),
            stato: rollout.state.wire(),
            percentuale: rollout.percent(now),
            fasi: rollout.schedule.iter().map(|one| stage(one.at, one.percent)).collect(),
            riuscite: rollout.succeeded,
            fallite: rollout.failed,
            motivo: Some(rollout.reason.clone()).filter(|reason| !reason.is_empty()),
            iniziata_il: time::rfc3339(rollout.started_at),
            iniziata_da: rollout.started_by.clone(),
            finita_il: rollout.ended_at.map(time::rfc3339),
        }
    }
}

/// A rollout in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct RolloutLine {
    /// Its id.
    id: String,
    /// Code of its product.
    prodotto: String,
    /// Version of the release.
    versione: String,
    /// The channel.
    canale: String,
    /// `in_corso`, `sospesa`, `fermata` or `conclusa`.
    stato: &'static str,
    /// Installations that said they took it.
    riuscite: i64,
    /// Installations that said they could not.
    fallite: i64,
}

#[derive(Debug, Deserialize)]
struct Row {
    rollout_id: String,
    product_code: String,
    version: String,
    channel: String,
    state: State,
    succeeded: i64,
    failed: i64,
}

/// Lists rollouts
///
/// The newest comes first.
#[utoipa::path(
    get,
    path = "/api/admin/distribuzioni",
    operation_id = "elenca_distribuzioni",
    tag = "aggiornamenti",
    params(
        TableQuery,
        ("prodotto" = Option<String>, Query, description = "A part of the product's code."),
        ("stato" = Option<String>, Query,
            description = "`running`, `paused`, `stopped` or `done`."),
    ),
    responses((status = 200, description = "A page of rollouts.", body = List<RolloutLine>),
        AdminProblems)
)]
pub async fn list(cx: Cx, query: TableQuery) -> Result<Json<List<RolloutLine>>, Problem> {
    let select = "o.rollout_id, o.product_code, r.version, o.channel, o.state, o.succeeded, \
        o.failed";
    let rows: List<Row> = spec().api_list(&cx, &query, select).await?;
    Ok(Json(rows.map(|row| RolloutLine {
        id: row.rollout_id,
        prodotto: row.product_code,
        versione: row.version,
        canale: row.channel,
        stato: row.state.wire(),
        riuscite: row.succeeded,
        fallite: row.failed,
    })))
}

/// Reads a rollout.
#[utoipa::path(
    get,
    path = "/api/admin/distribuzioni/{id}",
    operation_id = "leggi_distribuzione",
    tag = "aggiornamenti",
    params(("id" = String, Path, description = "Id of the rollout.")),
    responses((status = 200, description = "The rollout.", body = RolloutDetail,
        headers(("ETag" = String, description = "Its version"))), AdminProblems)
)]
pub async fn get(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    answer(&cx, &id).await
}

/// Which release is rolled out where, and how quickly.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartBody {
    /// Id of the release, which is out.
    rilascio: String,
    /// A channel it is in.
    #[schema(example = "stable")]
    canale: String,
    /// Its stages; everybody at once if left out.
    #[serde(default)]
    fasi: Option<Plan>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Made {
    id: String,
}

/// Begins a rollout
///
/// Of a release that is out, in a channel it is in, where none is going on.
#[utoipa::path(
    post,
    path = "/api/admin/distribuzioni",
    operation_id = "avvia_distribuzione",
    tag = "aggiornamenti",
    params(Idempotency),
    request_body(content = StartBody, example = json!({
        "rilascio": "019ad3c2-7b1e-7000-8000-000000000001", "canale": "stable",
        "fasi": [{"percentuale": 10, "dopo_ore": 0}, {"percentuale": 100, "dopo_ore": 48}]
    })),
    responses(
        (status = 201, description = "The rollout.", body = RolloutDetail, headers(
            ("Location" = String, description = "Its address"),
            ("ETag" = String, description = "Its version"))),
        AdminProblems,
    )
)]
pub async fn start(
    cx: Cx,
    idempotency: Idempotency,
    Json(body): Json<StartBody>,
) -> Result<Response, Problem> {
    let plan = body.fasi.clone().unwrap_or_default().checked().map_err(Problem::validation)?;
    let (asked, plan) = (&body, &plan);
    let (status, made) = cx
        .once(&idempotency, asked, |tx| async move {
            let draft = save::found(&tx, &asked.rilascio).await?;
            let id = begin(&tx, &draft, &asked.canale, plan).await?;
            Ok((StatusCode::CREATED, Made { id }))
        })
        .await?;
    changed::show(&cx).await;
    let place = format!("/api/admin/distribuzioni/{}", made.id);
    Ok((status, [(LOCATION, place)], answer(&cx, &made.id).await?).into_response())
}

async fn found(cx: &Cx, id: &str) -> Result<Rollout, Problem> {
    rollouts::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

/// A rollout as it is now, with its `ETag`.
async fn answer(cx: &Cx, id: &str) -> Result<Response, Problem> {
    let rollout = found(cx, id).await?;
    Ok(etag::answer(RolloutDetail::of(&rollout, cx.now()), rollout.row_version))
}

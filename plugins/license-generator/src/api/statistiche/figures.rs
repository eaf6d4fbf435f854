//! `GET /api/statistiche`: the figures of the dashboard.

use plugin_api::{Cx, Json, Problem, Query};

use super::super::problems::AdminProblems;
use crate::statistics::{Asked, Parameters, Statistiche, compute};

/// Tells the figures of a branch.
///
/// Days are UTC. Sales, renewals and trials leave internal and shadow licences out. What stands now
/// (`attive`, `scadenze`, `moduli`) does not depend on the period.
#[utoipa::path(
    get,
    path = "/api/statistiche",
    operation_id = "statistiche",
    tag = "statistiche",
    params(Parameters),
    responses(
        (status = 200, description = "The figures.", body = Statistiche),
        (status = 404, description = "No such node, or it lies outside the caller's branch.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub(crate) async fn handle(
    cx: Cx,
    Query(parameters): Query<Parameters>,
) -> Result<Json<Statistiche>, Problem> {
    let asked = Asked::read(&cx, &parameters).await?;
    Ok(Json(compute(&cx, &asked).await?))
}

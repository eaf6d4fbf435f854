//! `GET /api/statistiche/registrazioni`: the figures of the inventory.

use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Json, Problem, Query};

use crate::statistics::{Asked, Parameters, StatisticheRegistrazioni, compute};

/// Tells the figures of the inventory of a branch.
///
/// Days are UTC. What stands now does not depend on the period; `andamento`, `situazione` and
/// `adozione` do. Installations that are ignored are left out; what was reported on the days of
/// `andamento` counts as it was then.
#[utoipa::path(
    get,
    path = "/api/statistiche/registrazioni",
    operation_id = "statistiche_registrazioni",
    tag = "statistiche",
    params(Parameters),
    responses(
        (status = 200, description = "The figures.", body = StatisticheRegistrazioni),
        (status = 400, description = "A parameter cannot be read; `errors` names it.",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such node or software in the caller's branch.",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handle(
    cx: Cx,
    Query(parameters): Query<Parameters>,
) -> Result<Json<StatisticheRegistrazioni>, Problem> {
    let asked = Asked::read(&cx, &parameters).await?;
    Ok(Json(compute(&cx, &asked).await?))
}

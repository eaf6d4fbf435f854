//! `/crm/inventory-statistics/export`: one figure as a file.

use axum::response::Response;
use plugin_api::{Cx, FieldProblem, Problem, Query};
use serde::Deserialize;

use super::asked::{Asked, Parameters};
use super::figures::compute;
use super::sheets::Figure;

/// Which figure; the first one as CSV if nothing is said.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    figura: String,
    format: String,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { figura: Figure::Days.wire().to_owned(), format: "csv".to_owned() }
    }
}

/// The file.
pub(super) async fn handle(
    cx: Cx,
    Query(wanted): Query<Wanted>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Problem> {
    let Some(figure) = Figure::from_wire(&wanted.figura) else {
        let told = FieldProblem::new("figura", "field-option");
        return Err(Problem::malformed("malformed_query").errors(vec![told]));
    };
    let asked = Asked::read(&cx, &parameters).await?;
    let figures = compute(&cx, &asked).await?;
    figure.sheet(&cx.lang(), &figures).file(&wanted.format)
}

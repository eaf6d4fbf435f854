//! `GET /api/admin/aggiornamenti/{prodotto}/pacchetto`: a bundle for where no network is.

use axum::http::{HeaderMap, Method};
use axum::response::Response;
use plugin_api::{Cx, Path, Problem, Query};
use serde::Deserialize;
use utoipa::IntoParams;

use super::problems::AdminProblems;
use crate::bundle::{choice, download};

/// What goes in, and for whom.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Versions separated by commas; the newest if left out.
    #[param(example = "3.2.0,3.1.4")]
    versioni: String,
    /// Id or activation key of a licence: then what it includes, with its fresh computer keys.
    licenza: String,
}

/// Downloads a bundle
///
/// An uncompressed tar with releases, signed metadata (TUF), the revocations and, for a licence, fresh
/// computer keys. TUF clients use it unpacked; another cockpit takes it in as it is.
#[utoipa::path(
    get,
    path = "/api/admin/aggiornamenti/{prodotto}/pacchetto",
    operation_id = "scarica_pacchetto_aggiornamenti",
    tag = "aggiornamenti",
    params(("prodotto" = String, Path, description = "Code of the product."), Wanted),
    responses(
        (status = 200, description = "The bundle.", body = Vec<u8>,
            content_type = "application/x-tar"),
        (status = 403, description = "`versione_non_inclusa`: the licence does not include it.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path(product): Path<String>,
    Query(wanted): Query<Wanted>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let entitled = choice::whose(&cx, &product, &wanted.licenza).await?;
    let versions = wanted.versioni.split(',').map(str::trim).filter(|text| !text.is_empty());
    let versions: Vec<String> = versions.map(str::to_owned).collect();
    download::send(&cx, &entitled, &versions, (&method, &headers)).await
}

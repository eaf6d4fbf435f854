//! `GET /api/admin/rilasci`: releases, page by page.

use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Json, Problem, time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::problems::AdminProblems;
use crate::domain::release::State;
use crate::releases::list::spec;

const SELECT: &str = "r.release_id, r.product_code, r.version, r.state, r.published_at, \
    (select group_concat(p.channel) from update_server_placement p \
    where p.release_id = r.release_id) as channels";

#[derive(Debug, Deserialize)]
struct Row {
    release_id: String,
    product_code: String,
    version: String,
    state: State,
    published_at: Option<i64>,
    channels: Option<String>,
}

/// A release in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseLine {
    /// Its id.
    id: String,
    /// Code of its product.
    #[schema(example = "STUDIO-PRO")]
    prodotto: String,
    /// Semantic version.
    #[schema(example = "3.2.0")]
    versione: String,
    /// `bozza`, `pubblicato` or `ritirato`.
    #[schema(example = "pubblicato")]
    stato: &'static str,
    /// The channels it is in.
    canali: Vec<String>,
    /// When it was published.
    pubblicato_il: Option<String>,
}

/// Lists releases
///
/// The newest version comes first.
#[utoipa::path(
    get,
    path = "/api/admin/rilasci",
    operation_id = "elenca_rilasci",
    tag = "aggiornamenti",
    params(
        TableQuery,
        ("prodotto" = Option<String>, Query, description = "A part of the product's code."),
        ("versione" = Option<String>, Query, description = "A part of the version."),
        ("stato" = Option<String>, Query, description = "`draft`, `published` or `yanked`."),
    ),
    responses((status = 200, description = "A page of releases.", body = List<ReleaseLine>),
        AdminProblems)
)]
pub async fn handle(cx: Cx, query: TableQuery) -> Result<Json<List<ReleaseLine>>, Problem> {
    let rows: List<Row> = spec().api_list(&cx, &query, SELECT).await?;
    Ok(Json(rows.map(|row| ReleaseLine {
        id: row.release_id,
        prodotto: row.product_code,
        versione: row.version,
        stato: row.state.wire(),
        canali: row.channels.iter().flat_map(|all| all.split(',')).map(str::to_owned).collect(),
        pubblicato_il: row.published_at.map(time::rfc3339),
    })))
}

//! `GET /api/admin/politiche`: policies, page by page.

use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::problems::AdminProblems;
use crate::policies;

/// The columns a line needs, by the names of [`Row`].
const SELECT: &str =
    "p.policy_id as id, p.code, p.name, r.code as product, p.default_of, p.version";

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    code: String,
    name: String,
    product: Option<String>,
    default_of: Option<String>,
    version: i64,
}

/// A policy in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct RigaPolitica {
    /// Its id.
    id: String,
    /// What programs name it by.
    #[schema(example = "STANDARD")]
    codice: String,
    /// What people call it.
    nome: String,
    /// Code of the product it is for; null for every product.
    #[schema(required)]
    prodotto: Option<String>,
    /// Whether licences get it that name no other.
    predefinita: bool,
    /// Its current version.
    versione: i64,
}

/// Lists policies.
#[utoipa::path(
    get,
    path = "/api/admin/politiche",
    operation_id = "elenca_politiche",
    tag = "politiche",
    params(TableQuery),
    responses(
        (status = 200, description = "A page of policies.", body = List<RigaPolitica>),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, query: TableQuery) -> Result<Json<List<RigaPolitica>>, Problem> {
    let rows: List<Row> = policies::spec().api_list(&cx, &query, SELECT).await?;
    Ok(Json(rows.map(|row| RigaPolitica {
        id: row.id,
        codice: row.code,
        nome: row.name,
        prodotto: row.product,
        predefinita: row.default_of.is_some(),
        versione: row.version,
    })))
}

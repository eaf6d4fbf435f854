//! `GET /api/admin/prodotti`: products, page by page.

use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::problems::AdminProblems;
use crate::catalogue::spec;
use crate::domain::draft::Price;
use crate::domain::product::ProductState;

const SELECT: &str = "p.product_id, p.code, p.name, p.state, p.version_major, p.version_minor, \
    p.base_price, p.currency";

#[derive(Debug, Deserialize)]
struct Row {
    product_id: String,
    code: String,
    name: String,
    state: ProductState,
    version_major: i64,
    version_minor: i64,
    base_price: i64,
    currency: String,
}

/// A product in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductLine {
    /// Its id.
    id: String,
    /// What software calls it.
    #[schema(example = "STUDIO-PRO")]
    codice: String,
    /// What people call it.
    #[schema(example = "Studio Pro")]
    nome: String,
    /// `attivo` or `ritirato`.
    #[schema(example = "attivo")]
    stato: &'static str,
    /// The newest version.
    #[schema(example = "3.1")]
    versione: String,
    /// What it costs without modules; none if it has no price.
    prezzo_base: Option<Price>,
}

/// Lists products.
#[utoipa::path(
    get,
    path = "/api/admin/prodotti",
    operation_id = "elenca_prodotti",
    tag = "amministrazione",
    params(
        TableQuery,
        ("codice" = Option<String>, Query, description = "A part of the code."),
        ("stato" = Option<String>, Query, description = "`active` or `retired`."),
    ),
    responses(
        (status = 200, description = "A page of products.", body = List<ProductLine>),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, query: TableQuery) -> Result<Json<List<ProductLine>>, Problem> {
    let rows: List<Row> = spec().api_list(&cx, &query, SELECT).await?;
    Ok(Json(rows.map(|row| ProductLine {
        id: row.product_id,
        codice: row.code,
        nome: row.name,
        stato: row.state.wire(),
        versione: format!("{}.{}", row.version_major, row.version_minor),
        prezzo_base:
            (row.base_price > 0).then_some(Price { importo: row.base_price, valuta: row.currency }),
    })))
}

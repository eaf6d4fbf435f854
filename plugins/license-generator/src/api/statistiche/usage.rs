//! `GET /api/statistiche/utilizzo`: what customers were issued against what they use of it.

use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::problems::AdminProblems;
use crate::statistics::{usage_row, usage_spec};

/// What a customer was issued and what he uses of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0199d7c0-0000-7000-8000-000000000001", "nome": "Bianchi & Figli", "licenze": 4,
    "dispositivi_usati": 9, "dispositivi": 12, "posti_picco": 3, "posti": 5,
    "consumi": 420, "consumi_limite": 1_000
}))]
pub(crate) struct Utilizzo {
    /// Id of the customer.
    id: String,
    /// His name.
    nome: String,
    /// Licences that are not revoked.
    licenze: i64,
    /// Devices that have a seat.
    dispositivi_usati: i64,
    /// Devices that may have one.
    dispositivi: i64,
    /// Floating seats that were out at most on one day of the last year, licence by licence.
    posti_picco: i64,
    /// Floating seats.
    posti: i64,
    /// What was used of modules that are counted, each in its present period.
    consumi: i64,
    /// What there is of them.
    consumi_limite: i64,
}

/// Lists customers with what they use.
#[utoipa::path(
    get,
    path = "/api/statistiche/utilizzo",
    operation_id = "utilizzo",
    tag = "statistiche",
    params(TableQuery, ("cliente" = Option<String>, Query, description = "Part of a name.")),
    responses(
        (status = 200, description = "A page of customers.", body = List<Utilizzo>),
        AdminProblems,
    )
)]
pub(crate) async fn handle(cx: Cx, query: TableQuery) -> Result<Json<List<Utilizzo>>, Problem> {
    Ok(Json(usage_spec().api_list(&cx, &query, usage_row()).await?))
}

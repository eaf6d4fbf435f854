//! `POST /api/admin/prodotti`: a program of the administration enters a product.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use plugin_api::{Cx, Idempotency, Json, Problem};
use serde::{Deserialize, Serialize};

use super::super::problems::AdminProblems;
use super::{ProductDetail, answer, found};
use crate::catalogue::{Saved, save};
use crate::domain::catalogue::ProductBody;

#[derive(Debug, Serialize, Deserialize)]
struct Made {
    id: String,
}

/// Enters a product
///
/// `codice` and `nome` are required. Versions, modules, bundles and parameters may come with it.
#[utoipa::path(
    post,
    path = "/api/admin/prodotti",
    operation_id = "crea_prodotto",
    tag = "amministrazione",
    params(Idempotency),
    request_body(content = ProductBody, example = json!({
        "codice": "STUDIO-PRO", "nome": "Studio Pro",
        "prezzo_base": {"importo": 49000, "valuta": "EUR"},
        "versioni": [{"versione": "3.1", "rilasciata": "2026-09-01"}],
        "moduli": [
            {"codice": "base", "nome": "Base", "incluso": true},
            {"codice": "fatture", "nome": "Fatturazione", "richiede": ["base"],
             "prezzo": {"importo": 24000, "valuta": "EUR"}}
        ],
        "pacchetti": [{"codice": "completo", "nome": "Completo", "moduli": ["base", "fatture"],
            "sconto": 10.0}],
        "parametri": [{"nome": "sedi", "etichetta": "Numero di sedi", "tipo": "intero",
            "minimo": "1", "predefinito": 1}]
    })),
    responses(
        (status = 201, description = "The product.", body = ProductDetail, headers(
            ("Location" = String, description = "Its address"),
            ("ETag" = String, description = "Its version"))),
        (status = 409, description = "The same Idempotency-Key is being answered.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Json(body): Json<ProductBody>,
) -> Result<Response, Problem> {
    let asked = &body;
    let (status, made) = cx
        .once(&idempotency, asked, |tx| async move {
            match save(&tx, None, asked).await? {
                Saved::Written(offer) => {
                    Ok((StatusCode::CREATED, Made { id: offer.product.product_id }))
                }
                Saved::Refused(errors) => Err(Problem::validation(errors)),
                Saved::Stale => Err(Problem::conflict("product_changed")),
            }
        })
        .await?;
    let place = cx.url(&format!("/api/admin/prodotti/{}", made.id));
    let answer = answer(&found(&cx, &made.id).await?);
    Ok((status, [(LOCATION, place)], answer).into_response())
}

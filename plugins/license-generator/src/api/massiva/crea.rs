//! `POST /api/admin/licenze/massiva`: a program of the administration issues many licences.

use axum::http::StatusCode;
use plugin_api::{Cx, Fault, Idempotency, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::BulkRun;
use crate::api::problems::AdminProblems;
use crate::bulk::{self, Asked};
use crate::domain::bulk::{Checked, Line, Source};
use crate::domain::draft::{Draft, Rejection};
use crate::store;

/// A device a licence is made for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BulkDevice {
    /// What its owner calls it.
    #[serde(default)]
    #[schema(example = "Cassa 12")]
    nome: String,
    /// What tells it from others: a text, or `{"componenti": {…}}`.
    #[schema(value_type = Object, example = "pc-4711")]
    impronta: serde_json::Value,
    /// Its serial number.
    #[serde(default)]
    #[schema(example = "SN-0012")]
    seriale: String,
}

/// Many licences alike: so many, one for each of these devices, or one for each of these customers.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct BulkRequest {
    /// What each of them is, as in `POST /api/admin/licenze`.
    licenza: Draft,
    /// How many, 1 to 100,000.
    #[schema(minimum = 1, maximum = 100_000, example = 500)]
    quantita: Option<i64>,
    /// The devices, instead of `quantita`; none of them may be wrong.
    dispositivi: Option<Vec<BulkDevice>>,
    /// Ids of customers, instead of `quantita` and of `licenza.cliente`; none of them may be wrong.
    clienti: Option<Vec<String>>,
}

/// What is kept to answer a repetition.
#[derive(Debug, Serialize, Deserialize)]
struct Started {
    id: String,
}

/// Issues many licences in the background.
#[utoipa::path(
    post,
    path = "/api/admin/licenze/massiva",
    operation_id = "emissione_massiva",
    tag = "amministrazione",
    params(Idempotency),
    request_body = BulkRequest,
    responses(
        (status = 202, description = "The run has been started.", body = BulkRun),
        (status = 409, description = "The same Idempotency-Key is being answered.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Json(request): Json<BulkRequest>,
) -> Result<(StatusCode, Json<BulkRun>), Problem> {
    let asked = &asked(&cx, &request).await?;
    let (status, started) = cx
        .once(&idempotency, &request, |tx| async move {
            let run = bulk::prepare(&tx, asked.clone()).await.map_err(|why| why.problem(&tx))?;
            let run = bulk::start_issuing(&tx, &run, bulk::By::Job).await;
            let run = run.map_err(|why| why.problem(&tx))?;
            Ok((StatusCode::ACCEPTED, Started { id: run.bulk_id }))
        })
        .await?;
    let run = store::bulk::get(&cx.db(), cx.scope(), &started.id).await?;
    let run = run.ok_or_else(|| Fault::internal("a run that was started is not there"))?;
    Ok((status, Json(run.into())))
}

async fn asked(cx: &Cx, request: &BulkRequest) -> Result<Asked, Problem> {
    let given =
        [request.quantita.is_some(), request.dispositivi.is_some(), request.clienti.is_some()];
    if given.into_iter().filter(|given| *given).count() != 1 {
        return Err(wrong("/quantita", "bulk-one-of"));
    }
    let (source, checked) = if let Some(devices) = &request.dispositivi {
        let lines = devices.iter().map(|device| Line {
            name: device.nome.trim().to_owned(),
            key: match &device.impronta {
                serde_json::Value::String(text) => text.trim().to_owned(),
                other => other.to_string(),
            },
            serial: device.seriale.trim().to_owned(),
        });
        (Source::Devices, Checked::devices((0..).zip(lines)))
    } else if let Some(ids) = &request.clienti {
        let line = |id: &String| Line { key: id.clone(), ..Line::default() };
        let lines = (0..).zip(ids.iter().map(line)).collect();
        (Source::Customers, bulk::customers(cx, lines).await?)
    } else {
        (Source::Count, Checked::default())
    };
    if let Some((number, key)) = checked.wrong.first() {
        let list = if source == Source::Devices { "dispositivi" } else { "clienti" };
        return Err(wrong(&format!("/{list}/{number}"), key));
    }
    Ok(Asked { draft: request.licenza.clone(), count: request.quantita, source, checked })
}

fn wrong(pointer: &str, key: &str) -> Problem {
    let error = plugin_api::FieldProblem::new(pointer, key);
    Problem::validation(Rejection::fields(vec![error]).errors)
}

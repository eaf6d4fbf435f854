//! `POST /api/aggiornamenti/esito`: a program says what became of an update.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, FieldProblem, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::credential::{Shown, by_product};
use super::memory::{Memory, subscriber};
use crate::domain::release::State;
use crate::domain::version::Version;
use crate::releases::changed;
use crate::rollouts::tend;
use crate::store::clients;
use crate::store::outcomes::{self, Outcome};
use crate::store::releases;

/// Longest body, bytes.
const LONGEST: usize = 16 * 1024;
/// Characters of an error that are kept.
const ERROR: usize = 1000;

/// What became of an update.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({
    "prodotto": "STUDIO-PRO", "versione": "1.5.0", "versione_precedente": "1.4.0",
    "installazione": "7f3a", "riuscito": false, "errore": "disk full",
}))]
pub struct Report {
    /// Code of the product.
    #[schema(example = "STUDIO-PRO")]
    prodotto: String,
    /// The channel; `stable` if left out.
    #[serde(default)]
    canale: String,
    /// The version that was to be installed.
    #[schema(example = "1.5.0")]
    versione: String,
    /// The version before.
    #[serde(default)]
    versione_precedente: String,
    /// Whether it worked.
    riuscito: bool,
    /// What went wrong, in the words of the program; a thousand characters are kept.
    #[serde(default)]
    errore: String,
    /// What the installation called itself when it asked for the update.
    #[serde(default)]
    installazione: String,
}

/// What was done with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taken {
    /// Whether it counts for the rollout: an installation counts once, and only if it was told to take
    /// this version.
    contato: bool,
}

/// Says what became of an update
///
/// The credential is that of `verifica`. A rollout stops by itself when too many updates fail. Saying
/// it again changes nothing, except that an update that had failed worked in the end.
#[utoipa::path(
    post,
    path = "/api/aggiornamenti/esito",
    operation_id = "esito_aggiornamento",
    tag = "aggiornamenti",
    params(
        ("key" = Option<String>, Query, description = "The credential."),
        ("X-Licence-Key" = Option<String>, Header, description = "The same."),
    ),
    request_body = Report,
    responses(
        (status = 200, description = "It is noted.", body = Taken),
        (status = 401, description = "`credenziale_mancante` or `credenziale_sconosciuta`.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "The credential holds no longer, or is of another product.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "There is no such product or version.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "It makes no sense; `errors` names the fields.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn handle(cx: Cx, request: Request) -> Result<Json<Taken>, Problem> {
    let (mut parts, body) = request.into_parts();
    let shown = Shown::of(&mut parts).await;
    let too_long = |_| Problem::new(axum::http::StatusCode::PAYLOAD_TOO_LARGE, "too_large");
    let body = to_bytes(body, LONGEST).await.map_err(too_long)?;
    let Json(report) = Json::<Report>::from_bytes(&body)?;
    let version = report
        .versione
        .parse::<Version>()
        .map_err(|_| Problem::validation(vec![FieldProblem::new("/versione", "field-version")]))?;
    let entitled = by_product(&cx, &report.prodotto, shown).await?;
    let said = Some(report.installazione.as_str());
    let agent = user_agent(&parts.headers);
    let client = entitled.installation(&cx, said, agent).await?.client;
    let everything = plugin_api::Scope::everything();
    let text = version.to_string();
    let release = releases::by_version(&cx.db(), &everything, &report.prodotto, &text).await?;
    let release = release.filter(|release| release.state != State::Draft);
    let release = release.ok_or_else(Problem::not_found)?;
    let outcome = Outcome {
        outcome_id: cx.fresh_id(),
        product_code: release.product_code.clone(),
        release_id: release.release_id.clone(),
        client,
        organisation_id: entitled.organisation_id().to_owned(),
        at: cx.now(),
        from_version: Version::claimed(&report.versione_precedente)
            .map(|version| version.to_string())
            .unwrap_or_default(),
        succeeded: report.riuscito,
        error: if report.riuscito {
            String::new()
        } else {
            report.errore.chars().take(ERROR).collect()
        },
    };
    let channel = if report.canale.is_empty() { "stable" } else { &report.canale };
    let contato = take(&cx, &outcome, channel, &version).await?;
    Ok(Json(Taken { contato }))
}

fn user_agent(headers: &HeaderMap) -> &str {
    headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Notes the outcome, counts it in the rollout of its channel, and stops that if too many failed, all
/// at once. What nobody told an installation to take does not count: anybody can say anything.
async fn take(
    cx: &Cx,
    outcome: &Outcome,
    channel: &str,
    version: &Version,
) -> Result<bool, Problem> {
    let (memory, address) = (cx.memory::<Memory>()?, subscriber(cx.caller()));
    let (product, client) = (outcome.product_code.as_str(), outcome.client.as_str());
    let counts = clients::was_offered(&cx.db(), product, client, &version.to_string()).await?
        && memory.counts_outcome(&address, cx.now());
    if !counts {
        return Ok(false);
    }
    let taken = cx.transaction(|tx| async move {
        let before = outcomes::before(&tx.db(), &outcome.release_id, &outcome.client).await?;
        let (row, more) = match (before, outcome.succeeded) {
            (None, true) => (outcomes::insertion(outcome), (1, 0)),
            (None, false) => (outcomes::insertion(outcome), (0, 1)),
            (Some(false), true) => (outcomes::correction(outcome), (1, -1)),
            (Some(_), _) => return Ok(false),
        };
        let counted = outcomes::counting(&outcome.release_id, channel, more);
        let mut batch = Batch::new().and(row).and(counted);
        if outcome.succeeded {
            batch = batch.and(clients::running(product, client, version));
        }
        tx.db().batch(batch).await?;
        if !outcome.succeeded {
            tend::watch(&tx, &outcome.release_id).await?;
        }
        Ok(true)
    });
    match taken.await {
        // Somebody said the same at the same moment.
        Err(problem) if problem.fault().is_some_and(is_repeated) => Ok(false),
        Err(problem) => Err(problem),
        Ok(taken) => {
            changed::show(cx).await;
            Ok(taken)
        }
    }
}

fn is_repeated(fault: &Fault) -> bool {
    fault.is_unique("client") || fault.is_mismatch("outcome")
}

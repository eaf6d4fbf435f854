//! `GET /api/admin/licenze/{id}/spiega`: what would happen to a device now, and why.

use std::collections::BTreeMap;

use plugin_api::{Cx, Json, Path, Problem, Query};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::device::{Program, user};
use super::problems::AdminProblems;
use crate::clients::{Asked, Trace, explain, fingerprint};
use crate::domain::decision::{Check, Question};
use crate::domain::device::Device;
use crate::domain::refusal::Refusal;
use crate::domain::verdict::Verdict;
use crate::store;
use crate::store::log::KeyKind;

/// Who would ask.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExplainQuery {
    /// The device's fingerprint: a text, or JSON `{"componenti": {…}}`. Without it only the licence
    /// is judged.
    #[param(example = "pc-4711")]
    impronta: Option<String>,
    /// The version of the program.
    #[param(example = "3.2.1")]
    versione: Option<String>,
    /// The code of the product the program is.
    #[param(example = "STUDIO-PRO")]
    prodotto: Option<String>,
    /// The person, for licences bound to people.
    #[param(example = "anna.bianchi@bianchi.example")]
    utente: Option<String>,
}

/// What would happen now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainAnswer {
    /// Id of the licence.
    id: String,
    /// When the device is validated.
    valida: TraceBody,
    /// When it is activated.
    attiva: TraceBody,
}

/// What would happen to one request, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct TraceBody {
    /// Whether it would go through.
    ammessa: bool,
    /// `valida`, or the code of the refusal.
    #[schema(example = "limite_dispositivi")]
    codice: &'static str,
    /// What a licence that only watches (`ombra`) would have refused; left out for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    avrebbe_rifiutato: Option<&'static str>,
    /// The same in words, in the caller's language.
    motivo: String,
    /// The rules, in the order in which they are asked. The first one not passed decides.
    passi: Vec<StepBody>,
}

/// One rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepBody {
    /// Its name.
    #[schema(example = "stato")]
    passo: &'static str,
    /// Whether the request passes; null where the rule says nothing about such a request.
    superato: Option<bool>,
    /// How it turned out, in the caller's language.
    motivo: String,
    /// What it looked at.
    #[schema(value_type = Object)]
    fatti: BTreeMap<&'static str, Value>,
}

/// Explains what would happen to a device now. Nothing is written.
#[utoipa::path(
    get,
    path = "/api/admin/licenze/{id}/spiega",
    operation_id = "spiega_licenza",
    tag = "licenze",
    params(("id" = String, Path, description = "Id of the licence."), ExplainQuery),
    responses(
        (status = 200, description = "What would happen, and why.", body = ExplainAnswer),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Query(query): Query<ExplainQuery>,
) -> Result<Json<ExplainAnswer>, Problem> {
    let licence = store::licences::get(&cx.db(), cx.scope(), &id).await?;
    let licence = licence.ok_or_else(Problem::not_found)?;
    let asked = asked(&query)?;
    let [(_, valida), (_, attiva)] = explain(&cx, &licence, &asked).await?;
    Ok(Json(ExplainAnswer {
        valida: body(&cx, Question::Validation, &valida),
        attiva: body(&cx, Question::Activation, &attiva),
        id: licence.licence_id,
    }))
}

fn asked(query: &ExplainQuery) -> Result<Asked, Problem> {
    let device = query.impronta.as_deref().map(fingerprint).transpose()?.flatten();
    let none = String::new;
    Ok(Asked {
        key_kind: KeyKind::Activation,
        device: device.map(|fingerprint| Device { fingerprint, name: none(), platform: none() }),
        user: user(query.utente.as_ref())?,
        token: None,
        program: Program::read(query.prodotto.as_ref(), query.versione.as_ref())?,
    })
}

fn body(cx: &Cx, question: Question, trace: &Trace) -> TraceBody {
    let lang = cx.lang();
    let fine = match question {
        Question::Validation => ("valida", "valid"),
        Question::Activation => ("attivata", "activatable"),
    };
    let refusal = trace.verdict.refusal();
    let step = |told: &crate::clients::Told| StepBody {
        passo: told.step.name(),
        superato: match told.check {
            Check::NotAsked => None,
            Check::Passed => Some(true),
            Check::Refused(_) => Some(false),
        },
        motivo: told.sentence(&lang),
        fatti: told.facts.iter().cloned().collect(),
    };
    TraceBody {
        ammessa: refusal.is_none(),
        codice: refusal.map_or(fine.0, Refusal::code),
        avrebbe_rifiutato: match trace.verdict {
            Verdict::Shadowed(refusal) => Some(refusal.code()),
            Verdict::Admitted | Verdict::Refused(_) => None,
        },
        motivo: refusal
            .map_or_else(|| lang.t(fine.1), |refusal| Problem::from(refusal).sentence(&lang)),
        passi: trace.steps.iter().map(step).collect(),
    }
}

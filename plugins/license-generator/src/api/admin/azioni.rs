//! `POST /api/admin/licenze/azioni`: the same for many licences at once.

use plugin_api::{Cx, FieldProblem, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{RenewRequest, accepted, found};
use crate::api::problems::ChangeProblems;
use crate::change::assign::{Assignment, assign};
use crate::change_state;
use crate::domain::choices::SuspendedFor;
use crate::domain::transition::Change;
use crate::renewals::{RENEW, in_transaction};
use crate::{ISSUE, change};

/// Most licences at once.
const MOST: usize = 1_000;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Azione {
    /// Suspend them.
    Sospendi,
    /// Resume them.
    Riprendi,
    /// Revoke them, for ever.
    Revoca,
    /// Confirm those that wait.
    Conferma,
    /// Renew them, as `rinnovo` says.
    Rinnova,
    /// Note who sold them, as `organizzazione` and `agente` say.
    Assegna,
    /// Give them to `cliente`, with their devices.
    Trasferisci,
}

/// What is to be done with which licences.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(example = json!({
    "azione": "sospendi",
    "ids": ["0199d7c0-0000-7000-8000-0000000000b1", "0199d7c0-0000-7000-8000-0000000000b2"]
}))]
pub struct ActionsRequest {
    /// What.
    azione: Azione,
    /// Ids of at most 1,000 licences.
    #[schema(max_items = 1_000)]
    ids: Vec<String>,
    /// How they are renewed. Its `riferimento` is required: it makes a repetition harmless.
    #[serde(default)]
    rinnovo: Option<RenewRequest>,
    /// Node that sold them.
    #[serde(default)]
    organizzazione: Option<String>,
    /// Node of the agent who gets the credit.
    #[serde(default)]
    agente: Option<String>,
    /// Id of the customer they go to.
    #[serde(default)]
    cliente: Option<String>,
}

/// What became of one licence.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionOutcome {
    /// Its id.
    id: String,
    /// Whether it was done.
    fatta: bool,
    /// The code of what stood against it.
    #[schema(required, example = "stato_cambiato")]
    codice: Option<String>,
    /// The same in words, in the caller's language.
    #[schema(required)]
    motivo: Option<String>,
}

/// What became of them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "fatte": 1, "saltate": 1, "esiti": [
        {"id": "0199d7c0-0000-7000-8000-0000000000b1", "fatta": true, "codice": null, "motivo": null},
        {"id": "0199d7c0-0000-7000-8000-0000000000b2", "fatta": false, "codice": "stato_cambiato",
            "motivo": "The state of this licence does not allow that any more."}
    ]
}))]
pub struct ActionsAnswer {
    /// How many were done.
    fatte: usize,
    /// How many were not.
    saltate: usize,
    /// Each licence, in the order of `ids`.
    esiti: Vec<ActionOutcome>,
}

/// Does the same with many licences.
///
/// Each is done or not by itself; what stands against one does not stop the others. The same request
/// again does nothing more: a licence that is suspended already is not suspended twice.
#[utoipa::path(
    post,
    path = "/api/admin/licenze/azioni",
    operation_id = "azioni_licenze",
    tag = "amministrazione",
    request_body = ActionsRequest,
    responses(
        (status = 200, description = "What became of each.", body = ActionsAnswer),
        ChangeProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Json(request): Json<ActionsRequest>,
) -> Result<Json<ActionsAnswer>, Problem> {
    let needed = if request.azione == Azione::Rinnova { RENEW } else { ISSUE };
    if !cx.may(needed) {
        return Err(Problem::forbidden());
    }
    check(&request)?;
    let mut esiti = Vec::with_capacity(request.ids.len());
    for id in &request.ids {
        let outcome = one(&cx, &request, id).await;
        let lang = cx.lang();
        esiti.push(match outcome {
            Ok(()) => ActionOutcome { id: id.clone(), fatta: true, codice: None, motivo: None },
            Err(problem) if problem.status().is_server_error() => return Err(problem),
            Err(problem) => ActionOutcome {
                id: id.clone(),
                fatta: false,
                codice: Some(problem.codice().to_owned()),
                motivo: Some(problem.sentence(&lang)),
            },
        });
    }
    let fatte = esiti.iter().filter(|outcome| outcome.fatta).count();
    Ok(Json(ActionsAnswer { fatte, saltate: esiti.len() - fatte, esiti }))
}

/// Refuses what makes sense for none of them.
fn check(request: &ActionsRequest) -> Result<(), Problem> {
    let wrong =
        |pointer: &str, key: &str| Err(Problem::validation(vec![FieldProblem::new(pointer, key)]));
    if request.ids.is_empty() {
        return wrong("/ids", "field-required");
    }
    if request.ids.len() > MOST {
        return wrong("/ids", "field-too-long");
    }
    match request.azione {
        Azione::Rinnova => {
            let renewal = request.rinnovo.as_ref();
            let reference = renewal.and_then(|renewal| renewal.riferimento.as_deref());
            if reference.unwrap_or_default().trim().is_empty() {
                return wrong("/rinnovo/riferimento", "field-required");
            }
            renewal.map_or(Ok(()), |renewal| renewal.read(12).map(drop))
        }
        Azione::Trasferisci if request.cliente.is_none() => wrong("/cliente", "field-required"),
        Azione::Assegna if request.organizzazione.is_none() && request.agente.is_none() => {
            wrong("/organizzazione", "field-required")
        }
        _ => Ok(()),
    }
}

async fn one(cx: &Cx, request: &ActionsRequest, id: &str) -> Result<(), Problem> {
    let licence = found(cx, id).await?;
    let change = match request.azione {
        Azione::Sospendi => Change::Suspend(SuspendedFor::Person),
        Azione::Riprendi => Change::Resume(SuspendedFor::Person),
        Azione::Revoca => Change::Revoke,
        Azione::Conferma => Change::Confirm,
        Azione::Rinnova => {
            let renewal = request.rinnovo.clone().unwrap_or_default();
            let order = renewal.read(licence.renewal_months)?;
            return accepted(cx, in_transaction(cx, id, &order).await?.map(drop));
        }
        Azione::Assegna => {
            let (seller, agent) = (request.organizzazione.clone(), request.agente.clone());
            let assignment = Assignment { seller, agent };
            return accepted(cx, assign(cx, &licence, &assignment).await?);
        }
        Azione::Trasferisci => {
            let account_id = request.cliente.as_deref().unwrap_or_default();
            let devices = change::transfer::Devices::Keep;
            let outcome = change::transfer::in_transaction(cx, id, account_id, devices).await?;
            return accepted(cx, outcome);
        }
    };
    change_state::decide(cx, &licence, change).await?.check().map(drop)
}

//! `POST /api/licenze/attiva`: a device takes a seat and gets its computer key.

use plugin_api::{Cx, Fault, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bodies::{ActivationBody, DeviceBody, LicenceBody};
use super::device::{Program, asked};
use super::problems::KeyProblems;
use super::trail::Trail;
use crate::clients::{self, Activated};
use crate::domain::claims::{TOKEN_TYPE, claims};
use crate::domain::refusal::Refusal;
use crate::legacy::{Presented, presented};
use crate::store;
use crate::store::log::{Action, KeyKind};

/// What a device sends to be activated; like everything that holds a key, not `Debug`.
#[derive(Deserialize, ToSchema)]
pub struct ActivateRequest {
    /// The activation key, typed without care; or one of the system used before.
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza: String,
    /// The device.
    dispositivo: DeviceBody,
    /// The person who uses it, for licences bound to people; at most 200 characters.
    #[schema(example = "anna.bianchi@bianchi.example")]
    utente: Option<String>,
    /// The code of the product the program is, to be told when the key is for another.
    #[schema(example = "STUDIO-PRO")]
    prodotto: Option<String>,
    /// The version of the program, to be told when the licence does not cover it.
    #[schema(example = "3.2.1")]
    versione: Option<String>,
}

/// The answer to a device that has its seat.
#[derive(Serialize, ToSchema)]
pub struct ActivateAnswer {
    /// `attiva` or `demo`.
    #[schema(example = "attiva")]
    stato: &'static str,
    /// The computer key: a JWS (`typ: licenza+jwt`) any JWT library verifies with
    /// `/.well-known/jwks.json`.
    chiave_computer: String,
    /// The key to show from now on, when one of the system used before was shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza_nuova: Option<String>,
    /// The licence.
    licenza: LicenceBody,
    /// The seat.
    attivazione: ActivationBody,
}

/// Activates a device. The same device again gets the same seat.
#[utoipa::path(
    post,
    path = "/api/licenze/attiva",
    operation_id = "attiva",
    tag = "licenze",
    request_body = ActivateRequest,
    responses(
        (status = 200, description = "The device has its seat.", body = ActivateAnswer),
        (status = 409, description = "`limite_dispositivi`: every seat is taken. \
            `limite_trasferimenti`: devices were exchanged too often. `limite_utenti`: every person \
            there is room for has a seat. `dispositivo_clonato`: the device showed a token older \
            than the last two it was given.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        KeyProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Json(request): Json<ActivateRequest>,
) -> Result<Json<ActivateAnswer>, Problem> {
    let shown = presented(&cx, &request.chiave_licenza).await?;
    let program = Program::read(request.prodotto.as_ref(), request.versione.as_ref())?;
    let (device, name) = (Some(&request.dispositivo), request.utente.as_ref());
    let asked = asked(KeyKind::Activation, device, name, program)?;
    let kind = shown.as_ref().map_or(KeyKind::Legacy, Presented::kind);
    let mut trail = Trail::of(&cx, Action::Attiva, kind);
    if let Some(device) = &asked.device {
        trail = trail.device(device.fingerprint.as_str(), &device.name);
    }
    if let Some(user) = &asked.user {
        trail = trail.user(&user.name);
    }
    let shown = match shown {
        Ok(shown) => shown,
        Err(refusal) => return Err(refuse(&cx, &trail, refusal).await?),
    };
    let exchange = shown.exchanging(asked.device.as_ref(), cx.now());
    let activated = clients::activate(&cx, shown.key, &asked, &trail, &exchange).await?;
    let answer = answer(&cx, activated).await?;
    Ok(Json(ActivateAnswer { chiave_licenza_nuova: shown.replacement(), ..answer }))
}

/// Notes what no licence answers to, unless it is no key at all.
async fn refuse(cx: &Cx, trail: &Trail, refusal: Refusal) -> Result<Problem, Fault> {
    if refusal != Refusal::InvalidKey {
        cx.write_behind(trail.entry(cx, None, refusal.code()).insertion()).await?;
    }
    Ok(refusal.into())
}

async fn answer(cx: &Cx, activated: Activated) -> Result<ActivateAnswer, Problem> {
    let now = cx.now();
    let Activated { licence, activation, token } = activated;
    let used = store::licences::devices_used(&cx.db(), &licence.licence_id).await?;
    Ok(ActivateAnswer {
        stato: licence.state(now).wire(),
        chiave_computer: cx.sign(TOKEN_TYPE, claims(&licence, &activation, now)).await?,
        chiave_licenza_nuova: None,
        licenza: LicenceBody::at(now, &licence),
        attivazione: ActivationBody {
            id: activation.activation_id,
            gettone: token,
            dispositivi_usati: used,
            dispositivi_massimi: licence.devices_max,
        },
    })
}

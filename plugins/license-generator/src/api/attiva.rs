//! `POST /api/licenze/attiva`: a device takes a seat and gets its computer key.

use plugin_api::{Cx, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bodies::{ActivationBody, DeviceBody, LicenceBody};
use super::device::Program;
use super::problems::KeyProblems;
use super::trail::{Trail, key_hash};
use crate::domain::claims::{TOKEN_TYPE, claims};
use crate::domain::device::{Activation, Device};
use crate::domain::key::ActivationKey;
use crate::domain::licence::Licence;
use crate::domain::refusal::Refusal;
use crate::store;
use crate::store::activations::{Taking, is_contested};
use crate::store::licences::Found;
use crate::store::log::{Action, KeyKind};

/// How often a request that met another one for the same seat reads again.
const ATTEMPTS: usize = 8;

/// What a device sends to be activated; like everything that holds a key, not `Debug`.
#[derive(Deserialize, ToSchema)]
pub struct ActivateRequest {
    /// The activation key, typed without care.
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza: String,
    /// The device.
    dispositivo: DeviceBody,
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
        (status = 409, description = "`limite_dispositivi`: every seat is taken.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        KeyProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Json(request): Json<ActivateRequest>,
) -> Result<Json<ActivateAnswer>, Problem> {
    let key = ActivationKey::parse(&request.chiave_licenza).ok_or(Refusal::InvalidKey)?;
    let device = request.dispositivo.read()?;
    let program = Program::read(request.prodotto.as_ref(), request.versione.as_ref())?;
    let key_hash = key_hash(&cx, key).await?;
    let fingerprint_hash = device.fingerprint.hash();
    let trail = Trail::of(&cx, Action::Attiva, KeyKind::Activation)
        .device(device.fingerprint.as_str(), &device.name);
    for attempt in 1..=ATTEMPTS {
        let Some(found) = store::licences::by_key(&cx.db(), &key_hash, &fingerprint_hash).await?
        else {
            return refuse(&cx, &trail, None, Refusal::UnknownKey).await;
        };
        let licence = &found.licence;
        let refusal = program
            .refusal(licence)
            .or_else(|| Refusal::of(licence.state(cx.now())))
            .or_else(|| no_seat(&found, attempt));
        if let Some(refusal) = refusal {
            return refuse(&cx, &trail, Some(licence), refusal).await;
        }
        match settle(&cx, &found, &device, &trail).await {
            Ok(activation) => return answer(&cx, licence, &activation).await,
            Err(fault) if is_contested(&fault) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    Err(plugin_api::Fault::new(plugin_api::FaultKind::Retry, "the seat stayed contested").into())
}

/// Whether there is no seat left for a device without one. The first attempt asks the database
/// itself: only the statement that takes the seat may decide, this only names the reason afterwards.
fn no_seat(found: &Found, attempt: usize) -> Option<Refusal> {
    let Found { licence, activation } = found;
    let has_seat = activation.as_ref().is_some_and(Activation::is_active);
    let is_full = licence.devices_used >= licence.devices_max;
    (attempt > 1 && !has_seat && is_full)
        .then_some(Refusal::DeviceLimit { used: licence.devices_used, max: licence.devices_max })
}

/// Takes a seat for the device, or renews the one it has.
async fn settle(
    cx: &Cx,
    found: &Found,
    device: &Device,
    trail: &Trail,
) -> Result<Activation, plugin_api::Fault> {
    let now = cx.now();
    let licence = &found.licence;
    let log = trail.success(cx, licence).insertion();
    let mut activation = Activation {
        activation_id: String::new(),
        fingerprint: device.fingerprint.as_str().to_owned(),
        device_name: device.name.clone(),
        platform: device.platform.clone(),
        activated_at: now,
        last_seen_at: now,
        deactivated_at: None,
    };
    match &found.activation {
        Some(seat) if seat.is_active() => {
            activation.activation_id.clone_from(&seat.activation_id);
            store::activations::renew(&cx.db(), seat, device, now, log).await?;
        }
        previous => {
            activation.activation_id = previous
                .as_ref()
                .map_or_else(|| cx.fresh_id(), |previous| previous.activation_id.clone());
            let taking = Taking {
                activation_id: &activation.activation_id,
                is_new: previous.is_none(),
                now,
            };
            store::activations::take(&cx.db(), licence, device, taking, log).await?;
        }
    }
    Ok(activation)
}

async fn refuse(
    cx: &Cx,
    trail: &Trail,
    licence: Option<&Licence>,
    refusal: Refusal,
) -> Result<Json<ActivateAnswer>, Problem> {
    let line = trail.entry(cx, licence, refusal.code()).insertion();
    // Anybody can send unknown keys: those never wait for a commit of their own.
    match licence {
        Some(_) => cx.db().execute(line).await.map(drop)?,
        None => cx.write_behind(line).await?,
    }
    Err(refusal.into())
}

async fn answer(
    cx: &Cx,
    licence: &Licence,
    activation: &Activation,
) -> Result<Json<ActivateAnswer>, Problem> {
    let now = cx.now();
    let used = store::licences::devices_used(&cx.db(), &licence.licence_id).await?;
    Ok(Json(ActivateAnswer {
        stato: licence.state(now).wire(),
        chiave_computer: cx.sign(TOKEN_TYPE, claims(licence, activation, now)).await?,
        licenza: LicenceBody::at(now, licence),
        attivazione: ActivationBody {
            id: activation.activation_id.clone(),
            dispositivi_usati: used,
            dispositivi_massimi: licence.devices_max,
        },
    }))
}

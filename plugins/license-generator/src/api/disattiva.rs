//! `POST /api/licenze/disattiva`: a device gives its seat back, at once.

use plugin_api::db::Batch;
use plugin_api::{Cx, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bodies::{ActivationBody, DeviceBody, LicenceBody};
use super::device::{Program, asked};
use super::problems::KeyProblems;
use super::trail::{Trail, key_hash};
use crate::clients::Facts;
use crate::domain::decision::Question;
use crate::domain::key::ActivationKey;
use crate::domain::licence::Licence;
use crate::domain::refusal::Refusal;
use crate::store;
use crate::store::activations::{Seat, is_contested};
use crate::store::log::{Action, KeyKind};

/// What a device sends to give its seat back.
#[derive(Deserialize, ToSchema)]
pub struct DeactivateRequest {
    /// The activation key.
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza: String,
    /// The device.
    dispositivo: DeviceBody,
    /// The person whose seat it is, for licences bound to people.
    #[schema(example = "anna.bianchi@bianchi.example")]
    utente: Option<String>,
}

/// The answer to a device that gave its seat back.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeactivateAnswer {
    /// The licence.
    licenza: LicenceBody,
    /// The seat that is free now.
    attivazione: ActivationBody,
}

/// Deactivates a device: its seat is free at once, whatever the state of the licence.
#[utoipa::path(
    post,
    path = "/api/licenze/disattiva",
    operation_id = "disattiva",
    tag = "licenze",
    request_body = DeactivateRequest,
    responses(
        (status = 200, description = "The seat is free.", body = DeactivateAnswer),
        KeyProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Json(request): Json<DeactivateRequest>,
) -> Result<Json<DeactivateAnswer>, Problem> {
    let key = ActivationKey::parse(&request.chiave_licenza).ok_or(Refusal::InvalidKey)?;
    let (device, name) = (Some(&request.dispositivo), request.utente.as_ref());
    let asked = asked(KeyKind::Activation, device, name, Program::default())?;
    let key_hash = key_hash(&cx, key).await?;
    let mut trail = Trail::of(&cx, Action::Disattiva, KeyKind::Activation);
    if let Some(device) = &asked.device {
        trail = trail.device(device.fingerprint.as_str(), &device.name);
    }
    let Some(found) = asked.by_key(&cx, &key_hash).await? else {
        return refuse(&cx, &trail, None, Refusal::UnknownKey).await;
    };
    // Components tell the device here too: one whose disk was changed may be given back.
    let facts = Facts::gather(&cx, found, &asked, Question::Validation).await?;
    let licence = &facts.licence;
    let Some(activation) = facts.seat.as_ref().filter(|seat| seat.is_active()) else {
        return refuse(&cx, &trail, Some(licence), Refusal::NotActivated).await;
    };
    let seat = Seat { licence_id: &licence.licence_id, activation_id: &activation.activation_id };
    let log = Batch::new().and(trail.success(&cx, licence).insertion());
    // The key is the credential: it named this licence by itself.
    let scope = plugin_api::Scope::everything();
    match store::activations::free(&cx.db(), &scope, seat, cx.now(), log).await {
        Ok(()) => {}
        Err(fault) if is_contested(&fault) => {
            return refuse(&cx, &trail, Some(licence), Refusal::NotActivated).await;
        }
        Err(fault) => return Err(fault.into()),
    }
    let used = store::licences::devices_used(&cx.db(), &licence.licence_id).await?;
    Ok(Json(DeactivateAnswer {
        licenza: LicenceBody::at(cx.now(), licence),
        attivazione: ActivationBody {
            id: activation.activation_id.clone(),
            gettone: None,
            dispositivi_usati: used,
            dispositivi_massimi: licence.devices_max,
        },
    }))
}

async fn refuse(
    cx: &Cx,
    trail: &Trail,
    licence: Option<&Licence>,
    refusal: Refusal,
) -> Result<Json<DeactivateAnswer>, Problem> {
    cx.write_behind(trail.entry(cx, licence, refusal.code()).insertion()).await?;
    Err(refusal.into())
}

//! `POST /api/licenze/valida`: whether a device may go on; always 200, with the reason if not.

use plugin_api::{Cx, Fault, FieldProblem, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bodies::{DeviceBody, LicenceBody};
use super::device::Program;
use super::trail::{Trail, key_hash};
use crate::domain::claims::{TOKEN_TYPE, claims};
use crate::domain::device::Activation;
use crate::domain::key::ActivationKey;
use crate::domain::refusal::Refusal;
use crate::store;
use crate::store::licences::Found;
use crate::store::log::{Action, KeyKind};

/// `codice` of an answer that refuses nothing.
const VALID: &str = "valida";
/// Milliseconds between two notes of when a device was last heard of.
const SEEN_EVERY: i64 = 3_600_000;

/// What a device sends to be validated: its activation key and itself, or its computer key.
#[derive(Deserialize, ToSchema)]
pub struct ValidateRequest {
    /// The activation key; needs `dispositivo`.
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza: Option<String>,
    /// The computer key, also one whose `exp` has passed.
    chiave_computer: Option<String>,
    /// The device.
    dispositivo: Option<DeviceBody>,
    /// The code of the product the program is.
    prodotto: Option<String>,
    /// The version of the program.
    versione: Option<String>,
}

/// The verdict.
#[derive(Serialize, ToSchema)]
pub struct ValidateAnswer {
    /// Whether the device may go on.
    valida: bool,
    /// `valida`, or the code of the refusal.
    #[schema(example = "valida")]
    codice: &'static str,
    /// The same in words, in the caller's language.
    #[schema(example = "The licence is valid on this device.")]
    motivo: String,
    /// The licence, if the key names one.
    licenza: Option<LicenceBody>,
    /// A fresh computer key, if valid.
    chiave_computer: Option<String>,
}

/// Validates a device. Refusals are 200 with `valida: false`, unknown keys too.
#[utoipa::path(
    post,
    path = "/api/licenze/valida",
    operation_id = "valida",
    tag = "licenze",
    request_body = ValidateRequest,
    responses(
        (status = 200, description = "The verdict.", body = ValidateAnswer),
        (status = 400, description = "The body cannot be read.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "No key, or a key without its device.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn handle(
    cx: Cx,
    Json(request): Json<ValidateRequest>,
) -> Result<Json<ValidateAnswer>, Problem> {
    let program = Program::read(request.prodotto.as_ref(), request.versione.as_ref())?;
    let device = request.dispositivo.as_ref().map(DeviceBody::read).transpose()?;
    let (key_kind, found) = match (&request.chiave_licenza, &request.chiave_computer) {
        (Some(typed), _) => {
            let Some(device) = &device else {
                return Err(missing("/dispositivo"));
            };
            let found = by_activation_key(&cx, typed, &device.fingerprint.hash()).await?;
            (KeyKind::Activation, found)
        }
        (None, Some(token)) => (KeyKind::Computer, by_computer_key(&cx, token).await?),
        (None, None) => return Err(missing("/chiave_licenza")),
    };
    let mut trail = Trail::of(&cx, Action::Valida, key_kind);
    let known = found.as_ref().ok().and_then(|found| found.activation.as_ref());
    if let Some(device) = &device {
        let name = known.map_or("", |activation| activation.device_name.as_str());
        trail = trail.device(device.fingerprint.as_str(), name);
    } else if let Some(activation) = known {
        trail = trail.device(&activation.fingerprint, &activation.device_name);
    }
    let now = cx.now();
    let refusal = match &found {
        Err(refusal) => Some(*refusal),
        Ok(Found { licence, activation }) => {
            let is_this_one = |activation: &Activation| {
                activation.is_active()
                    && device
                        .as_ref()
                        .is_none_or(|device| device.fingerprint.as_str() == activation.fingerprint)
            };
            program.refusal(licence).or_else(|| Refusal::of(licence.state(now))).or_else(|| {
                let has_seat = activation.as_ref().is_some_and(is_this_one);
                (!has_seat).then_some(Refusal::NotActivated)
            })
        }
    };
    let licence = found.as_ref().ok().map(|found| &found.licence);
    let code = refusal.map_or(VALID, Refusal::code);
    if refusal != Some(Refusal::InvalidKey) {
        cx.write_behind(trail.entry(&cx, licence, code).insertion()).await?;
    }
    let chiave_computer = match (&refusal, licence, known) {
        (None, Some(licence), Some(activation)) => {
            if now - activation.last_seen_at >= SEEN_EVERY {
                let seen = store::activations::seen(&activation.activation_id, now);
                cx.write_behind(seen).await?;
            }
            Some(cx.sign(TOKEN_TYPE, claims(licence, activation, now)).await?)
        }
        _ => None,
    };
    let lang = cx.lang();
    let motivo =
        refusal.map_or_else(|| lang.t("valid"), |refusal| Problem::from(refusal).sentence(&lang));
    Ok(Json(ValidateAnswer {
        valida: refusal.is_none(),
        codice: code,
        motivo,
        licenza: licence.map(|licence| LicenceBody::at(now, licence)),
        chiave_computer,
    }))
}

fn missing(pointer: &str) -> Problem {
    Problem::validation(vec![FieldProblem::new(pointer, "field-required")])
}

async fn by_activation_key(
    cx: &Cx,
    typed: &str,
    fingerprint_hash: &str,
) -> Result<Result<Found, Refusal>, Fault> {
    let Some(key) = ActivationKey::parse(typed) else { return Ok(Err(Refusal::InvalidKey)) };
    let key_hash = key_hash(cx, key).await?;
    let found = store::licences::by_key(&cx.db(), &key_hash, fingerprint_hash).await?;
    Ok(found.ok_or(Refusal::UnknownKey))
}

async fn by_computer_key(cx: &Cx, token: &str) -> Result<Result<Found, Refusal>, Fault> {
    let Some(claims) = cx.verify(TOKEN_TYPE, token.trim()).await? else {
        return Ok(Err(Refusal::InvalidKey));
    };
    let claim = |name: &str| claims.get(name).and_then(serde_json::Value::as_str);
    let (Some(licence_id), Some(activation_id)) = (claim("sub"), claim("jti")) else {
        return Ok(Err(Refusal::InvalidKey));
    };
    let found = store::licences::by_seat(&cx.db(), licence_id, activation_id).await?;
    Ok(found.ok_or(Refusal::UnknownKey))
}

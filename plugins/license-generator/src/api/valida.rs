//! `POST /api/licenze/valida`: whether a device may go on; always 200, with the reason if not.

use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, FieldProblem, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::bodies::{DeviceBody, LicenceBody};
use super::device::{Program, asked};
use super::trail::{Trail, key_hash};
use crate::clients::{self, Asked, Facts};
use crate::domain::claims::TOKEN_TYPE;
use crate::domain::decision::Question;
use crate::domain::key::ActivationKey;
use crate::domain::refusal::Refusal;
use crate::domain::verdict::Verdict;
use crate::legacy::{Presented, presented};
use crate::seats::{By, claims_of, seated};
use crate::store;
use crate::store::activations::is_contested;
use crate::store::licences::Found;
use crate::store::log::{Action, KeyKind};

/// `codice` of an answer that refuses nothing.
const VALID: &str = "valida";
/// Milliseconds between two notes of when a device was last heard of.
const SEEN_EVERY: i64 = 3_600_000;
/// How often a validation that met another one of the same device reads again.
const ATTEMPTS: usize = 8;

/// What a device sends to be validated: its activation key and itself, or its computer key.
#[derive(Deserialize, ToSchema)]
pub struct ValidateRequest {
    /// The activation key, or one of the system used before; needs `dispositivo`.
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza: Option<String>,
    /// The computer key, also one whose `exp` has passed.
    chiave_computer: Option<String>,
    /// The device.
    dispositivo: Option<DeviceBody>,
    /// The person, for licences bound to people; a computer key names him by itself.
    #[schema(example = "anna.bianchi@bianchi.example")]
    utente: Option<String>,
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
    /// The key to show from now on, when one of the system used before was shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza_nuova: Option<String>,
    /// What the device shows at its next validation; left out unless its licence asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0f8e2c61b7a94d35a1c2e3f4051627af")]
    gettone: Option<String>,
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
    let key_kind =
        if request.chiave_licenza.is_some() { KeyKind::Activation } else { KeyKind::Computer };
    let asked = asked(key_kind, request.dispositivo.as_ref(), request.utente.as_ref(), program)?;
    let shown = match &request.chiave_licenza {
        Some(_) if asked.device.is_none() => return Err(missing("/dispositivo")),
        Some(typed) => match presented(&cx, typed).await? {
            Ok(shown) => Some(shown),
            Err(refusal) => return unknown(&cx, &asked, refusal).await.map(Json),
        },
        None => None,
    };
    let mut attempts = 1..=ATTEMPTS;
    loop {
        let found = match (&shown, &request.chiave_computer) {
            (Some(shown), _) => by_activation_key(&cx, shown.key, &asked).await?,
            (None, Some(token)) => by_computer_key(&cx, token).await?,
            (None, None) => return Err(missing("/chiave_licenza")),
        };
        let found = match found {
            Ok(found) => found,
            Err(refusal) => return unknown(&cx, &asked, refusal).await.map(Json),
        };
        let facts = Facts::gather(&cx, found, &asked, Question::Validation).await?;
        match decide(&cx, &facts, &asked, shown.as_ref()).await {
            // Another validation of the same device was quicker: what it left counts.
            Err(fault) if is_contested(&fault) && attempts.next().is_some() => {}
            other => return Ok(Json(other?)),
        }
    }
}

/// Decides about a device whose key names a licence.
async fn decide(
    cx: &Cx,
    facts: &Facts,
    asked: &Asked,
    shown: Option<&Presented>,
) -> Result<ValidateAnswer, Fault> {
    let now = cx.now();
    let licence = &facts.licence;
    let refusal = facts.case(asked, Question::Validation, now).refusal();
    let verdict = Verdict::of(licence, refusal);
    let kind = shown.map_or(asked.key_kind, Presented::kind);
    let trail = trail(cx, asked, Some(facts)).showing(kind);
    let log = trail.judged(cx, licence, verdict).insertion();
    let mut writes = Batch::new();
    let mut must_write = false;
    if let (Some(Refusal::Cloned), Some(seat)) = (refusal, &facts.seat) {
        let name = asked.device.as_ref().map_or("", |device| device.name.as_str());
        writes = clients::suspect(cx, writes, licence, seat, (trail.address(), name));
        must_write = true;
    }
    let is_valid = verdict.refusal().is_none();
    let seat = facts.seat.as_ref().filter(|seat| is_valid && seat.is_active());
    let mut gettone = None;
    if let (Some(_), Some(shown)) = (seat, shown)
        && let Some(exchange) = shown.exchange(asked.device.as_ref(), now)
    {
        (writes, must_write) = (writes.and(exchange), true);
    }
    if let Some(seat) = seat {
        if let (true, Some(device)) = (facts.is_changed, &asked.device) {
            let retired = facts.retired.as_deref();
            writes = store::activations::changing(writes, licence, seat, device, retired);
            must_write = true;
        }
        if licence.conditions.rolling_token {
            let (token, with) = clients::roll(cx, writes, facts, asked, trail.address());
            (gettone, writes, must_write) = (token, with, true);
        }
    }
    if must_write {
        cx.db().batch(writes.and(log)).await?;
    } else {
        cx.write_behind(log).await?;
    }
    let chiave_computer = match seat {
        Some(seat) => {
            if now - seat.last_seen_at >= SEEN_EVERY {
                cx.write_behind(store::activations::seen(&seat.activation_id, now)).await?;
            }
            Some(cx.sign(TOKEN_TYPE, claims_of(cx, licence, seat).await?).await?)
        }
        None => None,
    };
    let answer = answer(cx, verdict.refusal(), Some(LicenceBody::at(now, licence)));
    let new_key = shown.filter(|_| seat.is_some()).and_then(Presented::replacement);
    Ok(ValidateAnswer { chiave_computer, chiave_licenza_nuova: new_key, gettone, ..answer })
}

/// The answer to a key that names no licence.
async fn unknown(cx: &Cx, asked: &Asked, refusal: Refusal) -> Result<ValidateAnswer, Problem> {
    if refusal != Refusal::InvalidKey {
        let trail = trail(cx, asked, None);
        cx.write_behind(trail.entry(cx, None, refusal.code()).insertion()).await?;
    }
    Ok(answer(cx, Some(refusal), None))
}

fn answer(cx: &Cx, refusal: Option<Refusal>, licenza: Option<LicenceBody>) -> ValidateAnswer {
    let lang = cx.lang();
    let motivo =
        refusal.map_or_else(|| lang.t("valid"), |refusal| Problem::from(refusal).sentence(&lang));
    ValidateAnswer {
        valida: refusal.is_none(),
        codice: refusal.map_or(VALID, Refusal::code),
        motivo,
        licenza,
        chiave_computer: None,
        chiave_licenza_nuova: None,
        gettone: None,
    }
}

fn trail(cx: &Cx, asked: &Asked, facts: Option<&Facts>) -> Trail {
    let trail = Trail::of(cx, Action::Valida, asked.key_kind);
    let seat = facts.and_then(|facts| facts.seat.as_ref());
    let named = asked.user.as_ref().map(|user| user.name.as_str());
    let user = named.or_else(|| seat.map(|seat| seat.user_name.as_str()));
    let name = seat.map_or("", |seat| seat.device_name.as_str());
    match (&asked.device, seat) {
        (Some(device), _) => trail.device(device.fingerprint.as_str(), name),
        (None, Some(seat)) => trail.device(&seat.fingerprint, name),
        (None, None) => trail,
    }
    .user(user.unwrap_or_default())
}

fn missing(pointer: &str) -> Problem {
    Problem::validation(vec![FieldProblem::new(pointer, "field-required")])
}

async fn by_activation_key(
    cx: &Cx,
    key: ActivationKey,
    asked: &Asked,
) -> Result<Result<Found, Refusal>, Fault> {
    let key_hash = key_hash(cx, key).await?;
    let Some(found) = asked.by_key(cx, &key_hash).await? else {
        return Ok(Err(Refusal::UnknownKey));
    };
    let hash = asked.device.as_ref().map(|device| device.fingerprint.hash());
    seated(cx, found, By::Device(&hash.unwrap_or_default())).await.map(Ok)
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
    let Some(found) = found else { return Ok(Err(Refusal::UnknownKey)) };
    seated(cx, found, By::Seat(activation_id)).await.map(Ok)
}

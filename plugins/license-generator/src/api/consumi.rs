//! `POST /api/licenze/consumi`: a program counts the use of a module.

use axum::http::StatusCode;
use plugin_api::time::rfc3339;
use plugin_api::{Cx, Fault, FaultKind, FieldProblem, Idempotency, Json, Problem, hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::bodies::DeviceBody;
use super::problems::KeyProblems;
use super::trail::{Trail, key_hash};
use crate::domain::choices::Period;
use crate::domain::device::Device;
use crate::domain::key::ActivationKey;
use crate::domain::licence::{Licence, ModuleGrant};
use crate::domain::meter::{Reading, Window, cap};
use crate::domain::refusal::Refusal;
use crate::domain::verdict::Verdict;
use crate::store;
use crate::store::log::{Action, KeyKind};
use crate::store::meters::{Entry, METER, Meter, is_repeated};

/// Most of a module that is counted at once.
const MOST: i64 = 1_000_000_000;
/// Longest reference, in characters.
const LONGEST_REFERENCE: usize = 200;

/// What a program sends to count the use of a module.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct ConsumeRequest {
    /// The activation key.
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza: String,
    /// Code of the module.
    #[schema(example = "api")]
    modulo: String,
    /// How much of it was used.
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 1)]
    quantita: i64,
    /// The device, for the log.
    dispositivo: Option<DeviceBody>,
    /// What the program calls this use, at most 200 characters: the same one again within the period
    /// changes nothing and is answered alike.
    #[schema(example = "fattura-2026-000123")]
    riferimento: Option<String>,
}

/// What the meter shows.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ConsumeAnswer {
    /// Code of the module.
    #[schema(example = "api")]
    modulo: String,
    /// How often the count begins anew: `mai`, `giorno`, `mese` or `anno`.
    #[schema(example = "mese")]
    periodo: String,
    /// How much was used in this period.
    #[schema(example = 42)]
    usato: i64,
    /// How much was sold for one period, if that is limited.
    #[schema(example = 1000)]
    limite: Option<i64>,
    /// How much more will be counted, overage included; null if that is not limited.
    #[schema(example = 958)]
    residuo: Option<i64>,
    /// How much was used beyond `limite`.
    #[schema(example = 0)]
    sforamento: i64,
    /// When the count begins anew, RFC 3339; null for never.
    #[schema(example = "2026-12-01T00:00:00Z")]
    azzera: Option<String>,
}

/// Why a use was not counted.
enum NotCounted {
    Refused(Option<Box<Licence>>, Refusal),
    Failed(Problem),
}

impl From<Fault> for NotCounted {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault.into())
    }
}

/// Counts the use of a module of a licence.
#[utoipa::path(
    post,
    path = "/api/licenze/consumi",
    operation_id = "consuma",
    tag = "licenze",
    params(Idempotency),
    request_body = ConsumeRequest,
    responses(
        (status = 200, description = "It was counted.", body = ConsumeAnswer),
        (status = 409, description = "`consumo_esaurito`: not so much is left; `residuo` says how \
            much. Nothing was counted. Or the same Idempotency-Key is being answered.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        KeyProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Json(request): Json<ConsumeRequest>,
) -> Result<Json<ConsumeAnswer>, Problem> {
    let key = ActivationKey::parse(&request.chiave_licenza).ok_or(Refusal::InvalidKey)?;
    let use_ = Use::read(&request)?;
    let key_hash = key_hash(&cx, key).await?;
    let mut trail = Trail::of(&cx, Action::Consumo, KeyKind::Activation);
    if let Some(device) = &use_.device {
        trail = trail.device(device.fingerprint.as_str(), &device.name);
    }
    // Callers are nobody known: the licence keeps their keys apart.
    let within = |key: String| hex(&Sha256::digest(format!("{key_hash}:{key}")));
    let idempotency = idempotency.map(within);
    let refused = std::sync::Mutex::new(None);
    let (outside, hash, use_, noted) = (&cx, &key_hash, &use_, &refused);
    let counted = cx
        .once(&idempotency, &request, |tx| async move {
            match count(outside, &tx, hash, use_).await {
                Ok(answer) => Ok((StatusCode::OK, answer)),
                Err(NotCounted::Failed(problem)) => Err(problem),
                Err(NotCounted::Refused(licence, refusal)) => {
                    if let Ok(mut noted) = noted.lock() {
                        *noted = Some((licence, refusal));
                    }
                    Err(refusal.into())
                }
            }
        })
        .await;
    if let Ok(Some((licence, refusal))) = refused.into_inner() {
        let line = trail.entry(&cx, licence.as_deref(), refusal.code()).insertion();
        cx.write_behind(line).await?;
    }
    counted.map(|(_, answer)| Json(answer))
}

/// A use that can be counted.
struct Use {
    module: String,
    quantity: i64,
    reference: Option<String>,
    device: Option<Device>,
}

impl Use {
    fn read(request: &ConsumeRequest) -> Result<Self, Problem> {
        let mut errors = Vec::new();
        if !(1..=MOST).contains(&request.quantita) {
            errors.push(FieldProblem::new("/quantita", "field-quantity"));
        }
        let reference = request.riferimento.as_deref().map(str::trim);
        let reference = reference.filter(|text| !text.is_empty()).map(str::to_owned);
        if reference.as_ref().is_some_and(|text| text.chars().count() > LONGEST_REFERENCE) {
            errors.push(FieldProblem::new("/riferimento", "field-too-long"));
        }
        if !errors.is_empty() {
            return Err(Problem::validation(errors));
        }
        Ok(Self {
            module: request.modulo.trim().to_owned(),
            quantity: request.quantita,
            reference,
            device: request.dispositivo.as_ref().map(DeviceBody::read).transpose()?,
        })
    }
}

/// Counts on the transaction of `cx`; `outside` is the same without it.
async fn count(
    outside: &Cx,
    cx: &Cx,
    key_hash: &str,
    use_: &Use,
) -> Result<ConsumeAnswer, NotCounted> {
    let (db, now) = (cx.db(), cx.now());
    let found = store::licences::by_key(&db, key_hash, "").await?;
    let Some(licence) = found.map(|found| found.licence) else {
        return Err(NotCounted::Refused(None, Refusal::UnknownKey));
    };
    let refused = |refusal| NotCounted::Refused(Some(Box::new(licence.clone())), refusal);
    let module = licence.modules.iter().find(|module| module.code == use_.module);
    let module = module.ok_or_else(|| refused(Refusal::ModuleNotIncluded))?;
    let Some(period) = module.period else {
        return Err(refused(Refusal::ModuleNotCounted));
    };
    let stands_against = Refusal::of(licence.state(now)).or_else(|| {
        let is_on = module.active && module.until.is_none_or(|until| until >= now);
        (!is_on).then_some(Refusal::ModuleNotIncluded)
    });
    if let Some(refusal) = Verdict::of(&licence, stands_against).refusal() {
        return Err(refused(refusal));
    }
    let window = Window::at(now, period);
    let meter = Meter { licence: &licence, module: &module.code, period_start: window.starts_at };
    if let Some(reference) = &use_.reference
        && let Some(before) = store::meters::counted(&db, meter, reference).await?
    {
        if before.quantity != use_.quantity {
            return Err(NotCounted::Failed(Problem::unprocessable("riferimento_riusato")));
        }
        return Ok(answer(module, period, window, before.used_after));
    }
    let entry = use_.reference.as_deref().map(|reference| Entry {
        entry_id: cx.fresh_id(),
        reference: Some(reference),
        device_name: use_.device.as_ref().map_or("", |device| device.name.as_str()),
        note: "",
        actor: "",
    });
    let cap = cap(module).filter(|_| !licence.shadow);
    let batch = store::meters::counting(meter, use_.quantity, cap, now, entry.as_ref());
    match db.batch(batch).await {
        Ok(_) => {}
        // Somebody counts the same use right now: the whole is done again, and finds it.
        Err(fault) if is_repeated(&fault) => {
            return Err(Fault { kind: FaultKind::Retry, ..fault }.into());
        }
        Err(fault) if fault.is_mismatch(METER) => {
            // The transaction is over: what is left is read outside.
            let used = store::meters::used(&outside.db(), meter).await?;
            let left = Reading::of(module, used).left.unwrap_or_default();
            return Err(refused(Refusal::MeterExhausted { left }));
        }
        Err(fault) => return Err(fault.into()),
    }
    let used = store::meters::used(&db, meter).await?;
    Ok(answer(module, period, window, used))
}

fn answer(module: &ModuleGrant, period: Period, window: Window, used: i64) -> ConsumeAnswer {
    let reading = Reading::of(module, used);
    ConsumeAnswer {
        modulo: module.code.clone(),
        periodo: period.wire().to_owned(),
        usato: reading.used,
        limite: reading.limit,
        residuo: reading.left,
        sforamento: reading.over,
        azzera: window.resets_at.map(rfc3339),
    }
}

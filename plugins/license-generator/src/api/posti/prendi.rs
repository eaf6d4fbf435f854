//! `POST /api/licenze/posti`: a program takes a floating seat, or borrows it for a while.

use axum::http::StatusCode;
use plugin_api::time::{parse_end_of_day, parse_instant};
use plugin_api::{Cx, Fault, FaultKind, FieldProblem, Json, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::settle::{Asked, Settled, settle};
use super::{SeatAnswer, answer, not_floating, refuse};
use crate::api::bodies::DeviceBody;
use crate::api::device::Program;
use crate::api::problems::KeyProblems;
use crate::api::trail::{Trail, key_hash};
use crate::domain::device::Device;
use crate::domain::key::ActivationKey;
use crate::domain::licence::Licence;
use crate::domain::refusal::Refusal;
use crate::domain::seat::{Lease, NotLent, Seat};
use crate::domain::verdict::Verdict;
use crate::store;
use crate::store::log::{Action, KeyKind};

/// How often a request that met another one for the same licence reads again. Each time, somebody
/// else took a seat, gave one back, or removed one whose lease ended.
const ATTEMPTS: usize = 24;
/// Longest name of a person, in characters.
const LONGEST_USER: usize = 200;

/// What a program sends to take a floating seat.
#[derive(Deserialize, ToSchema)]
pub struct TakeSeatRequest {
    /// The activation key, typed without care.
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza: String,
    /// The device.
    dispositivo: DeviceBody,
    /// Who works there; at most 200 characters. Seats may be kept for people.
    #[schema(example = "anna.bianchi")]
    utente: Option<String>,
    /// Borrows the seat until this instant (RFC 3339) or the end of this day (`YYYY-MM-DD`, UTC): it
    /// needs no heartbeat until then.
    #[schema(example = "2026-11-25")]
    prestito_fino_a: Option<String>,
    /// The code of the product the program is, to be told when the key is for another.
    #[schema(example = "STUDIO-PRO")]
    prodotto: Option<String>,
    /// The version of the program, to be told when the licence does not cover it.
    #[schema(example = "3.2.1")]
    versione: Option<String>,
}

/// Takes a floating seat. The same device again keeps the seat it has (200).
#[utoipa::path(
    post,
    path = "/api/licenze/posti",
    operation_id = "prendi_posto",
    tag = "licenze",
    request_body = TakeSeatRequest,
    responses(
        (status = 201, description = "The device has a seat.", body = SeatAnswer),
        (status = 200, description = "It had one already, and keeps it.", body = SeatAnswer),
        (status = 409, description = "`posti_esauriti`: every seat is out, or kept for others. \
            `posti_fuori`, `posti_massimi`, `prossimo_ritorno` (when the next lease ends) and \
            `in_coda` (devices that asked in vain within the last minute) say more, `Retry-After` \
            when to ask again.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        KeyProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Json(request): Json<TakeSeatRequest>,
) -> Result<(StatusCode, Json<SeatAnswer>), Problem> {
    let key = ActivationKey::parse(&request.chiave_licenza).ok_or(Refusal::InvalidKey)?;
    let device = request.dispositivo.read()?;
    let program = Program::read(request.prodotto.as_ref(), request.versione.as_ref())?;
    let wish = Wish::read(&request)?;
    let key_hash = key_hash(&cx, key).await?;
    let fingerprint_hash = device.fingerprint.hash();
    let trail = Trail::of(&cx, Action::Posto, KeyKind::Activation)
        .device(device.fingerprint.as_str(), &device.name);
    for _ in 0..ATTEMPTS {
        let found = store::licences::by_key(&cx.db(), &key_hash, "").await?;
        let Some(licence) = found.map(|found| found.licence) else {
            return refuse(&cx, &trail, None, Refusal::UnknownKey).await;
        };
        if let Some(refusal) = not_floating(&licence) {
            return refuse(&cx, &trail, Some(&licence), refusal).await;
        }
        let refusal = program.refusal(&licence).or_else(|| Refusal::of(licence.state(cx.now())));
        let verdict = Verdict::of(&licence, refusal);
        if let Some(refusal) = verdict.refusal() {
            return refuse(&cx, &trail, Some(&licence), refusal).await;
        }
        let pool =
            store::seats::pool(&cx.db(), &licence.licence_id, &fingerprint_hash, cx.now()).await?;
        let lease = match wish.lease(&cx, &licence, pool.own.as_ref()) {
            Ok(lease) => lease,
            Err(NotLent::Never) => {
                return refuse(&cx, &trail, Some(&licence), Refusal::NoBorrowing).await;
            }
            Err(why) => return Err(unlendable(why)),
        };
        let seat = seat(&cx, &device, &wish.user_name, lease);
        let asked = Asked { licence: &licence, device: &device, seat, trail: &trail, verdict };
        match settle(&cx, asked, pool).await? {
            Settled::Seated(status, seat) => {
                return Ok((status, answer(&cx, &licence, &seat).await?));
            }
            Settled::Refused(refusal) => {
                return refuse(&cx, &trail, Some(&licence), refusal).await;
            }
            Settled::Contested => {}
        }
    }
    Err(Fault::new(FaultKind::Retry, "the seats stayed contested").into())
}

/// What is wished besides a seat.
struct Wish {
    user_name: String,
    borrow_until: Option<i64>,
}

impl Wish {
    fn read(request: &TakeSeatRequest) -> Result<Self, Problem> {
        let mut errors = Vec::new();
        let user_name = request.utente.as_deref().unwrap_or_default().trim().to_owned();
        if user_name.chars().count() > LONGEST_USER {
            errors.push(FieldProblem::new("/utente", "field-too-long"));
        }
        let asked = request.prestito_fino_a.as_deref();
        let borrow_until =
            asked.and_then(|text| parse_end_of_day(text).or_else(|| parse_instant(text)));
        if asked.is_some() && borrow_until.is_none() {
            errors.push(FieldProblem::new("/prestito_fino_a", "field-date"));
        }
        if errors.is_empty() {
            Ok(Self { user_name, borrow_until })
        } else {
            Err(Problem::validation(errors))
        }
    }

    fn lease(&self, cx: &Cx, licence: &Licence, own: Option<&Seat>) -> Result<Lease, NotLent> {
        let now = cx.now();
        Lease::of(licence, now, self.borrow_until, own.filter(|seat| seat.is_out(now)))
    }
}

fn unlendable(why: NotLent) -> Problem {
    let told = if why == NotLent::Past { "field-past" } else { "field-borrow-too-long" };
    Problem::validation(vec![FieldProblem::new("/prestito_fino_a", told)])
}

/// The seat as it will be, if it is a new one.
fn seat(cx: &Cx, device: &Device, user_name: &str, lease: Lease) -> Seat {
    let now = cx.now();
    Seat {
        seat_id: cx.fresh_id(),
        fingerprint: device.fingerprint.as_str().to_owned(),
        device_name: device.name.clone(),
        platform: device.platform.clone(),
        user_name: user_name.to_owned(),
        taken_at: now,
        renewed_at: now,
        lease_until: lease.until,
        borrowed: lease.borrowed,
        reservation_id: None,
    }
}

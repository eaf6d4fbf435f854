//! Floating seats as programs take, keep and give them back.

pub mod prendi;
pub mod rendi;
pub mod rinnova;
mod settle;

use axum::extract::{FromRequest, Request};
use plugin_api::db::Statement;
use plugin_api::time::rfc3339;
use plugin_api::{Cx, Fault, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::trail::{Trail, key_hash};
use crate::domain::choices::Binding;
use crate::domain::claims::TOKEN_TYPE;
use crate::domain::key::ActivationKey;
use crate::domain::licence::Licence;
use crate::domain::refusal::Refusal;
use crate::domain::seat::Seat;
use crate::domain::verdict::Verdict;
use crate::store;

pub(crate) use settle::WAITS;

/// The header that carries the key of a request without a body.
const KEY_HEADER: &str = "x-chiave-licenza";

/// A floating seat as its device sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatBody {
    /// Its id; the `jti` of its computer key.
    id: String,
    /// When its lease ends, RFC 3339: ask to keep it before then.
    #[schema(example = "2026-11-22T21:05:00Z")]
    scade: String,
    /// Whether it is borrowed until then, and needs no heartbeat.
    prestito: bool,
}

/// The answer to a device that has a floating seat.
#[derive(Serialize, ToSchema)]
pub struct SeatAnswer {
    /// The seat.
    posto: SeatBody,
    /// The computer key, trusted until the lease ends.
    chiave_computer: String,
}

/// What a device that has a floating seat sends; the key may come in the header `X-Chiave-Licenza`
/// instead, for programs that cannot send a body with every method.
#[derive(Deserialize, ToSchema)]
pub struct SeatRequest {
    /// The activation key.
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    chiave_licenza: String,
}

/// The activation key a request came with.
pub struct GivenKey(ActivationKey);

impl<S: Send + Sync> FromRequest<S> for GivenKey {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let header = request.headers().get(KEY_HEADER).and_then(|value| value.to_str().ok());
        let typed = if let Some(typed) = header {
            typed.to_owned()
        } else {
            let Json(body) = Json::<SeatRequest>::from_request(request, state).await?;
            body.chiave_licenza
        };
        Ok(Self(ActivationKey::parse(&typed).ok_or(Refusal::InvalidKey)?))
    }
}

/// The licence of an activation key.
async fn licence_of(cx: &Cx, key: ActivationKey) -> Result<Option<Licence>, Fault> {
    let key_hash = key_hash(cx, key).await?;
    // No fingerprint hashes to nothing, so no activation is found.
    let found = store::licences::by_key(&cx.db(), &key_hash, "").await?;
    Ok(found.map(|found| found.licence))
}

/// Why nothing can be done with the seats of `licence`; whether it only watches does not matter.
fn not_floating(licence: &Licence) -> Option<Refusal> {
    (licence.binding != Binding::Floating).then_some(Refusal::NotFloating)
}

async fn answer(cx: &Cx, licence: &Licence, seat: &Seat) -> Result<Json<SeatAnswer>, Problem> {
    let chiave_computer = cx.sign(TOKEN_TYPE, seat.claims(licence, cx.now())).await?;
    let posto = SeatBody {
        id: seat.seat_id.clone(),
        scade: rfc3339(seat.lease_until),
        prestito: seat.borrowed,
    };
    Ok(Json(SeatAnswer { posto, chiave_computer }))
}

/// The line that says what was decided.
fn line(cx: &Cx, trail: &Trail, licence: &Licence, verdict: Verdict) -> Statement {
    trail.judged(cx, licence, verdict).insertion()
}

/// Notes the refusal and tells it. Programs ask again and again: none of these lines waits for a
/// commit of its own.
async fn refuse<T>(
    cx: &Cx,
    trail: &Trail,
    licence: Option<&Licence>,
    refusal: Refusal,
) -> Result<T, Problem> {
    cx.write_behind(trail.entry(cx, licence, refusal.code()).insertion()).await?;
    Err(refusal.into())
}

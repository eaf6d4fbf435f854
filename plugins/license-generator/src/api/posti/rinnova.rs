//! `PUT /api/licenze/posti/{id}`: the heartbeat of a floating seat.

use plugin_api::{Cx, Json, Path, Problem, Scope};

use super::{GivenKey, SeatAnswer, SeatRequest, answer, licence_of, not_floating, refuse};
use crate::api::problems::KeyProblems;
use crate::api::trail::Trail;
use crate::domain::refusal::Refusal;
use crate::domain::seat::{Lease, Seat};
use crate::domain::verdict::Verdict;
use crate::store;
use crate::store::log::{Action, KeyKind};
use crate::store::seats::is_contested;

/// Keeps a floating seat for another lease. One whose lease ended is not out any more: take another.
/// A borrowed one stays borrowed.
#[utoipa::path(
    put,
    path = "/api/licenze/posti/{id}",
    operation_id = "rinnova_posto",
    tag = "licenze",
    params(
        ("id" = String, Path, description = "Id of the seat."),
        ("X-Chiave-Licenza" = Option<String>, Header,
            description = "The activation key, instead of a body."),
    ),
    request_body = SeatRequest,
    responses(
        (status = 200, description = "The seat with its new lease.", body = SeatAnswer),
        KeyProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    GivenKey(key): GivenKey,
) -> Result<Json<SeatAnswer>, Problem> {
    let now = cx.now();
    let trail = Trail::of(&cx, Action::PostoRinnova, KeyKind::Activation);
    let Some(licence) = licence_of(&cx, key).await? else {
        return refuse(&cx, &trail, None, Refusal::UnknownKey).await;
    };
    if let Some(refusal) = not_floating(&licence) {
        return refuse(&cx, &trail, Some(&licence), refusal).await;
    }
    // The key is the credential: it named this licence by itself.
    let scope = Scope::everything();
    let held = store::seats::by_id(&cx.db(), &scope, &licence.licence_id, &id).await?;
    let Some(held) = held.filter(|seat| seat.is_out(now)) else {
        return refuse(&cx, &trail, Some(&licence), Refusal::SeatUnknown).await;
    };
    let trail = trail.device(&held.fingerprint, &held.device_name);
    let verdict = Verdict::of(&licence, Refusal::of(licence.state(now)));
    if let Some(refusal) = verdict.refusal() {
        return refuse(&cx, &trail, Some(&licence), refusal).await;
    }
    let Ok(lease) = Lease::of(&licence, now, None, Some(&held)) else {
        return refuse(&cx, &trail, Some(&licence), Refusal::NoBorrowing).await;
    };
    let seat = Seat { renewed_at: now, lease_until: lease.until, borrowed: lease.borrowed, ..held };
    // Heartbeats that go well leave no line: there are too many of them to read.
    match store::seats::keep(&cx.db(), &seat, now, None).await {
        Ok(()) => answer(&cx, &licence, &seat).await,
        Err(fault) if is_contested(&fault) => {
            refuse(&cx, &trail, Some(&licence), Refusal::SeatUnknown).await
        }
        Err(fault) => Err(fault.into()),
    }
}

//! Gives a device the seat it asks for, or says why not.

use axum::http::StatusCode;
use plugin_api::{Cx, Fault};

use super::line;
use crate::api::trail::Trail;
use crate::domain::device::Device;
use crate::domain::licence::Licence;
use crate::domain::refusal::{Refusal, SeatsOut};
use crate::domain::seat::Seat;
use crate::domain::verdict::Verdict;
use crate::store;
use crate::store::seats::{Pool, Reservation, Taking, is_contested};

/// How long a device that asked in vain counts as waiting, milliseconds.
pub(crate) const WAITS: i64 = 60_000;
/// Longest time a program is told to wait, seconds: seats are given back before their lease ends.
const LONGEST_WAIT: i64 = 30;

/// A device that asks for a seat.
pub(super) struct Asked<'a> {
    /// Of which licence.
    pub(super) licence: &'a Licence,
    /// The device.
    pub(super) device: &'a Device,
    /// The seat, if it is a new one.
    pub(super) seat: Seat,
    /// What the log says.
    pub(super) trail: &'a Trail,
    /// What was decided so far: nothing is refused yet.
    pub(super) verdict: Verdict,
}

/// How it ended.
pub(super) enum Settled {
    /// The device has this seat: 201 for a new one, 200 for the one it had.
    Seated(StatusCode, Seat),
    /// There is none for it.
    Refused(Refusal),
    /// Somebody else changed the seats of the licence: read again.
    Contested,
}

/// Keeps the seat the device has, takes one that is kept for it, or one of those for everybody.
pub(super) async fn settle(cx: &Cx, asked: Asked<'_>, pool: Pool) -> Result<Settled, Fault> {
    let (db, now) = (cx.db(), cx.now());
    let Asked { licence, device, mut seat, trail, mut verdict } = asked;
    if let Some(own) = pool.own.filter(|own| own.is_out(now)) {
        let seat = Seat {
            seat_id: own.seat_id,
            taken_at: own.taken_at,
            reservation_id: own.reservation_id,
            ..seat
        };
        let log = line(cx, trail, licence, verdict);
        let kept = store::seats::keep(&db, &seat, now, Some(log)).await;
        return contested(kept, StatusCode::OK, seat);
    }
    let is_free = |one: &&Reservation| one.seat_id.is_none();
    let mut free = pool.reservations.iter().filter(is_free);
    let kept_for_others = free.clone().count();
    let mine = free.find(|one| one.is_for(device, &seat.user_name));
    seat.reservation_id = mine.map(|one| one.reservation_id.clone());
    let kept = if mine.is_some() { 0 } else { i64::try_from(kept_for_others).unwrap_or(i64::MAX) };
    let limit = licence.seats_limit.unwrap_or_default();
    let fingerprint_hash = device.fingerprint.hash();
    if licence.seats_out - pool.ended + kept >= limit {
        let out = store::seats::out(&db, &licence.licence_id, now).await?;
        if out.counted != licence.seats_out {
            // Either somebody was faster or the number is wrong; counting anew does no harm.
            store::seats::recount(&db, &licence.licence_id).await?;
            return Ok(Settled::Contested);
        }
        let refusal = exhausted(cx, licence, &fingerprint_hash, out).await?;
        verdict = Verdict::of(licence, Some(refusal));
        if let Some(refusal) = verdict.refusal() {
            cx.write_behind(store::seats::wait(&licence.licence_id, &fingerprint_hash, now))
                .await?;
            return Ok(Settled::Refused(refusal));
        }
    }
    let address = cx.caller().address.map(|address| address.to_string()).unwrap_or_default();
    let taking = Taking {
        seat: &seat,
        fingerprint_hash: &fingerprint_hash,
        address: &address,
        ended: pool.ended,
        is_reserved_for_some: !pool.reservations.is_empty(),
        now,
    };
    let log = line(cx, trail, licence, verdict);
    let taken = store::seats::take(&db, licence, taking, log).await;
    contested(taken, StatusCode::CREATED, seat)
}

fn contested(done: Result<(), Fault>, status: StatusCode, seat: Seat) -> Result<Settled, Fault> {
    match done {
        Ok(()) => Ok(Settled::Seated(status, seat)),
        Err(fault) if is_contested(&fault) => Ok(Settled::Contested),
        Err(fault) => Err(fault),
    }
}

async fn exhausted(
    cx: &Cx,
    licence: &Licence,
    fingerprint_hash: &str,
    out: store::seats::Out,
) -> Result<Refusal, Fault> {
    let now = cx.now();
    let others =
        store::seats::others_waiting(&cx.db(), &licence.licence_id, fingerprint_hash, now - WAITS)
            .await?;
    let seconds = out.next_return.map_or(LONGEST_WAIT, |next| (next - now) / 1000 + 1);
    Ok(Refusal::SeatsExhausted(SeatsOut {
        out: out.held,
        max: licence.seats_max.unwrap_or_default(),
        next_return: out.next_return,
        waiting: others + 1,
        retry_in: u32::try_from(seconds.clamp(1, LONGEST_WAIT)).unwrap_or(1),
    }))
}

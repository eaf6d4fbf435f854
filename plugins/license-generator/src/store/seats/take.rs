//! A seat is taken, kept, given back.

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::time::DAY;
use plugin_api::{Fault, Scope};

use super::{SEAT, SEATS, peaks, waiting};
use crate::domain::licence::Licence;
use crate::domain::seat::Seat;

/// How a seat is taken.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// The seat as it will be.
    pub seat: &'a Seat,
    /// Hash of the device's fingerprint.
    pub fingerprint_hash: &'a str,
    /// Where the request came from.
    pub address: &'a str,
    /// How many leases of the licence had ended when it was read.
    pub ended: i64,
    /// Whether seats are kept for somebody, which others must leave.
    pub is_reserved_for_some: bool,
    /// The present, unix milliseconds.
    pub now: i64,
}

/// Gives a device a seat and writes the line `log`, or neither; seats whose lease ended are removed
/// with it. Nothing limits a licence that only watches.
///
/// Unscoped: who has the activation key may take a seat of its licence.
pub async fn take(
    db: &Db,
    licence: &Licence,
    taking: Taking<'_>,
    log: Statement,
) -> Result<(), Fault> {
    let mut batch = Batch::new();
    if taking.is_reserved_for_some {
        // Holds the licence, so that the count of what is reserved is made after others are done.
        let hold =
            "update license_generator_licence set seats_out = seats_out where licence_id = ?";
        batch = batch.and(Statement::new(hold).bind(&licence.licence_id));
    }
    let ended = Statement::new(
        "delete from license_generator_seat where licence_id = ? and lease_until < ?",
    )
    .bind(&licence.licence_id)
    .bind(taking.now)
    .expect_rows(taking.ended.unsigned_abs())
    .label(SEAT);
    let batch = batch
        .and(count(licence, taking))
        .and(ended)
        .and(row(licence, taking))
        .and(peaks::note(&licence.licence_id, taking.now.div_euclid(DAY) * DAY))
        .and(waiting::served(&licence.licence_id, taking.fingerprint_hash))
        .and(log);
    db.batch(batch).await.map(drop)
}

/// The statement that decides: one seat more, less those whose lease ended, if there is one.
fn count(licence: &Licence, taking: Taking<'_>) -> Statement {
    let Taking { ended, now, .. } = taking;
    let decide = "update license_generator_licence set seats_out = seats_out - ? + 1 \
                  where licence_id = ? and seats_out >= ?";
    let in_force = "and state_stored = 'active' and starts_at <= ? \
                    and (expires_at is null or expires_at >= ?)";
    let left = "and seats_out - ? < coalesce(seats_limit, 0)";
    let kept = "- (select count(*) from license_generator_seat_reservation r \
                where r.licence_id = ? and not exists (select 1 from license_generator_seat s \
                where s.reservation_id = r.reservation_id and s.lease_until >= ?))";
    let statement = if licence.shadow {
        let sql = decide.to_owned();
        Statement::new(sql).bind(ended).bind(&licence.licence_id).bind(ended)
    } else if taking.seat.reservation_id.is_some() {
        let sql = format!("{decide} {in_force} {left}");
        let statement = Statement::new(sql).bind(ended).bind(&licence.licence_id).bind(ended);
        statement.bind(now).bind(now).bind(ended)
    } else {
        let sql = format!("{decide} {in_force} {left} {kept}");
        let statement = Statement::new(sql).bind(ended).bind(&licence.licence_id).bind(ended);
        statement.bind(now).bind(now).bind(ended).bind(&licence.licence_id).bind(now)
    };
    statement.expect_rows(1).label(SEATS)
}

fn row(licence: &Licence, taking: Taking<'_>) -> Statement {
    let seat = taking.seat;
    Statement::new(
        "insert into license_generator_seat (seat_id, licence_id, organisation_id, fingerprint, \
         fingerprint_hash, device_name, platform, user_name, address, taken_at, renewed_at, \
         lease_until, borrowed, reservation_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&seat.seat_id)
    .bind(&licence.licence_id)
    .bind(&licence.organisation_id)
    .bind(&seat.fingerprint)
    .bind(taking.fingerprint_hash)
    .bind(&seat.device_name)
    .bind(&seat.platform)
    .bind(&seat.user_name)
    .bind(taking.address)
    .bind(seat.taken_at)
    .bind(seat.renewed_at)
    .bind(seat.lease_until)
    .bind(seat.borrowed)
    .bind(seat.reservation_id.as_deref())
    .expect_rows(1)
    .label(SEAT)
}

/// Keeps a seat as `seat` says, unless its lease ended meanwhile.
///
/// Unscoped: who has the activation key speaks for its devices.
pub async fn keep(db: &Db, seat: &Seat, now: i64, log: Option<Statement>) -> Result<(), Fault> {
    let row = Statement::new(
        "update license_generator_seat set device_name = ?, platform = ?, user_name = ?, \
         renewed_at = ?, lease_until = ?, borrowed = ? where seat_id = ? and lease_until >= ?",
    )
    .bind(&seat.device_name)
    .bind(&seat.platform)
    .bind(&seat.user_name)
    .bind(seat.renewed_at)
    .bind(seat.lease_until)
    .bind(seat.borrowed)
    .bind(&seat.seat_id)
    .bind(now);
    let batch = Batch::new().and(row.expect_rows(1).label(SEAT));
    db.batch(log.into_iter().fold(batch, Batch::and)).await.map(drop)
}

/// Frees a seat together with what `with` brings. A mismatch of [`SEAT`] says that it was free
/// already.
pub async fn give_back(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
    seat_id: &str,
    with: Batch,
) -> Result<(), Fault> {
    let licence = Statement::new(
        "update license_generator_licence set seats_out = seats_out - 1 \
         where licence_id = ? and seats_out > 0 and {scope}",
    )
    .bind(licence_id)
    .scope(scope, "organisation_id");
    let seat =
        Statement::new("delete from license_generator_seat where licence_id = ? and seat_id = ?")
            .bind(licence_id)
            .bind(seat_id);
    let batch = with.and(licence.expect_rows(1).label(SEATS)).and(seat.expect_rows(1).label(SEAT));
    db.batch(batch).await.map(drop)
}

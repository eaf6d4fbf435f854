//! Who holds seats.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::{COLUMNS, reservations};
use crate::domain::seat::Seat;

/// What somebody who wants a seat finds.
#[derive(Debug, Clone)]
pub struct Pool {
    /// The seat this device has, or had until its lease ended.
    pub own: Option<Seat>,
    /// How many seats of the licence have a lease that ended.
    pub ended: i64,
    /// Seats kept for somebody.
    pub reservations: Vec<reservations::Reservation>,
}

/// What the device with this fingerprint finds.
///
/// Unscoped: asked by who has the activation key.
pub async fn pool(
    db: &Db,
    licence_id: &str,
    fingerprint_hash: &str,
    now: i64,
) -> Result<Pool, Fault> {
    let ended = "select count(*) from license_generator_seat \
                 where licence_id = ? and lease_until < ?";
    Ok(Pool {
        own: of_device(db, licence_id, fingerprint_hash).await?,
        ended: db.scalar(Statement::new(ended).bind(licence_id).bind(now)).await?,
        reservations: reservations::of_licence(db, &Scope::everything(), licence_id, now).await?,
    })
}

/// The seat of a device.
///
/// Unscoped: asked by who has the activation key.
pub async fn of_device(
    db: &Db,
    licence_id: &str,
    fingerprint_hash: &str,
) -> Result<Option<Seat>, Fault> {
    let sql = format!(
        "select {COLUMNS} from license_generator_seat s \
         where s.licence_id = ? and s.fingerprint_hash = ?"
    );
    db.first(Statement::new(sql).bind(licence_id).bind(fingerprint_hash)).await
}

/// A seat of a licence by id.
pub async fn by_id(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
    seat_id: &str,
) -> Result<Option<Seat>, Fault> {
    let sql = format!(
        "select {COLUMNS} from license_generator_seat s \
         where s.licence_id = ? and s.seat_id = ? and {{scope}}"
    );
    let statement = Statement::new(sql).bind(licence_id).bind(seat_id);
    db.first(statement.scope(scope, "s.organisation_id")).await
}

/// The seats of a licence that are out, the oldest first; at most 1000.
pub async fn of_licence(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
    now: i64,
) -> Result<Vec<Seat>, Fault> {
    let sql = format!(
        "select {COLUMNS} from license_generator_seat s \
         where s.licence_id = ? and s.lease_until >= ? and {{scope}} \
         order by s.taken_at, s.seat_id limit 1000"
    );
    let statement = Statement::new(sql).bind(licence_id).bind(now);
    db.all(statement.scope(scope, "s.organisation_id")).await
}

/// How many seats of a licence there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Out {
    /// Rows, those whose lease ended included: what `seats_out` has to be.
    pub counted: i64,
    /// Seats that are out.
    pub held: i64,
    /// When the next lease ends, unix milliseconds.
    pub next_return: Option<i64>,
}

/// How many seats of a licence are out, and when the next may return.
///
/// Unscoped: asked by who has the activation key.
pub async fn out(db: &Db, licence_id: &str, now: i64) -> Result<Out, Fault> {
    let sql = "select count(*) as counted, count(case when lease_until >= ? then 1 end) as held, \
               min(case when lease_until >= ? then lease_until end) as next_return \
               from license_generator_seat where licence_id = ?";
    let none = Out { counted: 0, held: 0, next_return: None };
    let statement = Statement::new(sql).bind(now).bind(now).bind(licence_id);
    Ok(db.first(statement).await?.unwrap_or(none))
}

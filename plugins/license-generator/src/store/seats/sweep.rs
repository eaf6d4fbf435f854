//! Seats whose lease ended are counted as free, also when nobody asks for one.

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Statement};
use serde::Deserialize;

use super::{SEAT, SEATS};

/// Licences looked at in one go.
const LICENCES: u32 = 1000;

#[derive(Deserialize)]
struct Ended {
    licence_id: String,
    seats: i64,
}

/// Licences with seats whose lease ended, and how many.
///
/// Unscoped: only the job of the plugin asks.
pub async fn ended(db: &Db, now: i64) -> Result<Vec<(String, i64)>, Fault> {
    let sql = "select licence_id, count(*) as seats from license_generator_seat \
               where lease_until < ? group by licence_id limit ?";
    let found: Vec<Ended> = db.all(Statement::new(sql).bind(now).bind(LICENCES)).await?;
    Ok(found.into_iter().map(|one| (one.licence_id, one.seats)).collect())
}

/// Removes `seats` seats of a licence whose lease ended before `now`; a contested batch says that
/// somebody else did.
///
/// Unscoped: only the job of the plugin asks.
pub async fn sweep(db: &Db, licence_id: &str, seats: i64, now: i64) -> Result<(), Fault> {
    let licence = Statement::new(
        "update license_generator_licence set seats_out = seats_out - ? \
         where licence_id = ? and seats_out >= ?",
    )
    .bind(seats)
    .bind(licence_id)
    .bind(seats);
    let rows = Statement::new(
        "delete from license_generator_seat where licence_id = ? and lease_until < ?",
    )
    .bind(licence_id)
    .bind(now);
    let batch = Batch::new()
        .and(licence.expect_rows(1).label(SEATS))
        .and(rows.expect_rows(seats.unsigned_abs()).label(SEAT));
    db.batch(batch).await.map(drop)
}

/// Licences whose number of seats is not that of their rows.
///
/// Unscoped: only the job of the plugin asks.
pub async fn mismatched(db: &Db) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct One {
        licence_id: String,
    }
    let sql = "select l.licence_id from (select licence_id, count(*) as seats \
               from license_generator_seat group by licence_id) s \
               join license_generator_licence l on l.licence_id = s.licence_id \
               where l.seats_out <> s.seats limit ?";
    let found: Vec<One> = db.all(Statement::new(sql).bind(LICENCES)).await?;
    Ok(found.into_iter().map(|one| one.licence_id).collect())
}

/// Counts the seats of a licence anew. The licence is written before it is counted, so that nobody
/// takes a seat in between.
///
/// Unscoped: it tells nothing, and changes nothing that was right.
pub async fn recount(db: &Db, licence_id: &str) -> Result<(), Fault> {
    let hold = "update license_generator_licence set seats_out = seats_out where licence_id = ?";
    let count = "update license_generator_licence set seats_out = (select count(*) \
                 from license_generator_seat s where s.licence_id = ?) where licence_id = ?";
    let batch = Batch::new()
        .and(Statement::new(hold).bind(licence_id))
        .and(Statement::new(count).bind(licence_id).bind(licence_id));
    db.batch(batch).await.map(drop)
}

/// Forgets who has not asked since an instant.
///
/// Unscoped: only the job of the plugin asks.
pub async fn forget_waiting(db: &Db, before: i64) -> Result<(), Fault> {
    let sql = "delete from license_generator_seat_waiting where at < ?";
    db.execute(Statement::new(sql).bind(before)).await.map(drop)
}

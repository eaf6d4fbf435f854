//! How many seats of a licence were out at most, day by day.

use plugin_api::db::{Db, Sql, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// The most seats that were out on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Peak {
    /// Its first millisecond, UTC.
    pub day: i64,
    /// How many.
    pub peak: i64,
}

/// `insert … select` that keeps the greater number of a day.
fn keeping_the_greater(select: &str) -> Sql {
    let insert = "insert into license_generator_seat_peak (licence_id, day, peak)";
    Sql::per(
        format!(
            "{insert} {select} on conflict (licence_id, day) \
             do update set peak = max(peak, excluded.peak)"
        ),
        format!("{insert} {select} on duplicate key update peak = greatest(peak, values(peak))"),
    )
}

/// The statement that notes how many seats are out now, after one was taken.
///
/// Unscoped: part of taking a seat.
pub(super) fn note(licence_id: &str, day: i64) -> Statement {
    let select = "select licence_id, ?, seats_out from license_generator_licence \
                  where licence_id = ?";
    Statement::new(keeping_the_greater(select)).bind(day).bind(licence_id)
}

/// Notes for every licence how many seats are out now: seats that stay out over midnight belong to
/// the new day as well.
///
/// Unscoped: only the job of the plugin asks.
pub async fn note_all(db: &Db, day: i64, now: i64) -> Result<(), Fault> {
    let select = "select licence_id, ?, count(*) from license_generator_seat \
                  where lease_until >= ? group by licence_id";
    let statement = Statement::new(keeping_the_greater(select)).bind(day).bind(now);
    db.execute(statement).await.map(drop)
}

/// The peaks of a licence since a day, the oldest first.
pub async fn peaks(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
    since: i64,
) -> Result<Vec<Peak>, Fault> {
    db.all(
        Statement::new(
            "select p.day, p.peak from license_generator_seat_peak p \
             join license_generator_licence l on l.licence_id = p.licence_id \
             where p.licence_id = ? and p.day >= ? and {scope} order by p.day limit 1000",
        )
        .bind(licence_id)
        .bind(since)
        .scope(scope, "l.organisation_id"),
    )
    .await
}

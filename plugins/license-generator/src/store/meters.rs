//! Meters: how much of a module was used in each of its periods. One row a period, and one
//! conditional update that counts.

use plugin_api::db::{Batch, Db, Sql, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::licence::Licence;

/// Label of the statement that counts: a mismatch says that not so much is left.
pub const METER: &str = "meter";

/// Whether the reference was used within this period: read what was answered then.
pub fn is_repeated(fault: &Fault) -> bool {
    fault.is_unique("license_generator_meter_entry")
}

/// The meter of a module in one period.
#[derive(Debug, Clone, Copy)]
pub struct Meter<'a> {
    /// Of which licence.
    pub licence: &'a Licence,
    /// Code of the module.
    pub module: &'a str,
    /// The first millisecond of the period.
    pub period_start: i64,
}

/// A use that has a reference, or a correction, to be kept.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Its id.
    pub entry_id: String,
    /// What its sender calls it; counts once within a period.
    pub reference: Option<&'a str>,
    /// The device it comes from; may be empty.
    pub device_name: &'a str,
    /// Why, for a correction; may be empty.
    pub note: &'a str,
    /// Who corrected; empty for a program.
    pub actor: &'a str,
}

/// The batch that counts `quantity` more if `cap` allows, and keeps `entry`. A negative quantity
/// never goes below nothing.
///
/// Unscoped: the licence was found in the caller's branch, or by its activation key.
pub fn counting(
    meter: Meter<'_>,
    quantity: i64,
    cap: Option<i64>,
    now: i64,
    entry: Option<&Entry<'_>>,
) -> Batch {
    let Meter { licence, module, period_start } = meter;
    let insert = "insert into license_generator_meter (licence_id, module, period_start, \
                  organisation_id, used, updated_at) values (?, ?, ?, ?, 0, ?)";
    let row = Statement::new(Sql::per(
        format!("{insert} on conflict (licence_id, module, period_start) do nothing"),
        format!("{insert} on duplicate key update used = used"),
    ))
    .bind(&licence.licence_id)
    .bind(module)
    .bind(period_start)
    .bind(&licence.organisation_id)
    .bind(now);
    let count = Statement::new(
        "update license_generator_meter set used = used + ?, updated_at = ? \
         where licence_id = ? and module = ? and period_start = ? and used + ? >= 0 \
         and used + ? <= ?",
    )
    .bind(quantity)
    .bind(now)
    .bind(&licence.licence_id)
    .bind(module)
    .bind(period_start)
    .bind(quantity)
    .bind(quantity)
    .bind(cap.unwrap_or(i64::MAX >> 1))
    .expect_rows(1)
    .label(METER);
    let batch = Batch::new().and(row).and(count);
    entry.into_iter().fold(batch, |batch, entry| batch.and(keeping(meter, quantity, now, entry)))
}

fn keeping(meter: Meter<'_>, quantity: i64, now: i64, entry: &Entry<'_>) -> Statement {
    Statement::new(
        "insert into license_generator_meter_entry (entry_id, reference, quantity, at, \
         device_name, note, actor, licence_id, organisation_id, module, period_start, used_after) \
         select ?, ?, ?, ?, ?, ?, ?, licence_id, organisation_id, module, period_start, used \
         from license_generator_meter where licence_id = ? and module = ? and period_start = ?",
    )
    .bind(&entry.entry_id)
    .bind(entry.reference)
    .bind(quantity)
    .bind(now)
    .bind(entry.device_name)
    .bind(entry.note)
    .bind(entry.actor)
    .bind(&meter.licence.licence_id)
    .bind(meter.module)
    .bind(meter.period_start)
    .expect_rows(1)
}

/// How much was used in a period.
///
/// Unscoped: the licence was found in the caller's branch, or by its activation key.
pub async fn used(db: &Db, meter: Meter<'_>) -> Result<i64, Fault> {
    let sql = "select used from license_generator_meter \
               where licence_id = ? and module = ? and period_start = ?";
    let statement = Statement::new(sql).bind(&meter.licence.licence_id).bind(meter.module);
    db.scalar(statement.bind(meter.period_start)).await
}

/// A use that was counted under a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Counted {
    /// How much.
    pub quantity: i64,
    /// What was used once it was counted.
    pub used_after: i64,
}

/// What was counted under a reference in a period.
///
/// Unscoped: the licence was found by its activation key.
pub async fn counted(db: &Db, meter: Meter<'_>, reference: &str) -> Result<Option<Counted>, Fault> {
    let sql = "select quantity, used_after from license_generator_meter_entry \
               where licence_id = ? and module = ? and period_start = ? and reference = ?";
    let statement = Statement::new(sql).bind(&meter.licence.licence_id).bind(meter.module);
    db.first(statement.bind(meter.period_start).bind(reference)).await
}

/// What was used of a module in one period.
#[derive(Debug, Clone, Deserialize)]
pub struct Used {
    /// Code of the module.
    pub module: String,
    /// The first millisecond of the period.
    pub period_start: i64,
    /// How much.
    pub used: i64,
}

/// Every period of every meter of a licence, the newest first; at most 1000.
pub async fn history(db: &Db, scope: &Scope, licence_id: &str) -> Result<Vec<Used>, Fault> {
    db.all(
        Statement::new(
            "select module, period_start, used from license_generator_meter \
             where licence_id = ? and {scope} order by period_start desc, module limit 1000",
        )
        .bind(licence_id)
        .scope(scope, "organisation_id"),
    )
    .await
}

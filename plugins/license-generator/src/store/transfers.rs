//! Exchanges of devices: one that took the place of another which gave its seat back.

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::decision::{Transfers, transfers_since};
use crate::domain::licence::Licence;

/// Label of the statement that lets no exchange too many through.
pub const TRANSFER: &str = "transfer";

const FREED: &str = "(select count(*) from license_generator_activation \
    where licence_id = ? and deactivated_at is not null)";
const RECORDED: &str = "(select count(*) from license_generator_transfer where licence_id = ?)";
const COUNTED: &str = "(select count(*) from license_generator_transfer \
    where licence_id = ? and at > ? and forgiven_at is null)";

/// How often devices of a licence were exchanged.
///
/// Unscoped: asked by who has the activation key.
pub async fn of_licence(db: &Db, licence: &Licence, now: i64) -> Result<Transfers, Fault> {
    #[derive(Deserialize)]
    struct Counts {
        freed: i64,
        recorded: i64,
        counted: i64,
    }
    let sql = format!("select {FREED} as freed, {RECORDED} as recorded, {COUNTED} as counted");
    let id = &licence.licence_id;
    let since = transfers_since(licence, now);
    let statement = Statement::new(sql).bind(id).bind(id).bind(id).bind(since);
    let counts: Option<Counts> = db.first(statement).await?;
    Ok(counts.map_or_else(Transfers::default, |counts| Transfers {
        freed: counts.freed,
        recorded: counts.recorded,
        counted: counts.counted,
    }))
}

/// A new device that may be an exchange.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The id the exchange would have.
    pub transfer_id: &'a str,
    /// The seat of the new device.
    pub activation_id: &'a str,
    /// The present, unix milliseconds.
    pub now: i64,
}

/// Adds to `batch` what notes the exchange, if it is one: some device gave its seat back whose place
/// nobody took yet. Above `most` the batch is refused. The licence must have been written before in
/// the same batch.
///
/// Unscoped: part of taking a seat.
pub fn noting(batch: Batch, licence: &Licence, exchange: Exchange<'_>, most: Option<i64>) -> Batch {
    let id = &licence.licence_id;
    let sql = format!(
        "insert into license_generator_transfer \
         (transfer_id, licence_id, organisation_id, at, activation_id) \
         select ?, licence_id, organisation_id, ?, ? from license_generator_licence \
         where licence_id = ? and {FREED} > {RECORDED}"
    );
    let insertion = Statement::new(sql)
        .bind(exchange.transfer_id)
        .bind(exchange.now)
        .bind(exchange.activation_id)
        .bind(id)
        .bind(id)
        .bind(id);
    let batch = batch.and(insertion);
    let Some(most) = most else { return batch };
    // A device that is no exchange may come however many there were before.
    let guard = format!(
        "update license_generator_licence set devices_used = devices_used where licence_id = ? \
         and (not exists (select 1 from license_generator_transfer where transfer_id = ?) \
         or {COUNTED} <= ?)"
    );
    let guard = Statement::new(guard)
        .bind(id)
        .bind(exchange.transfer_id)
        .bind(id)
        .bind(transfers_since(licence, exchange.now))
        .bind(most)
        .expect_rows(1)
        .label(TRANSFER);
    batch.and(guard)
}

/// The statement after which the exchanges of a licence so far do not count any more.
pub fn forgiving(scope: &Scope, licence_id: &str, now: i64) -> Statement {
    Statement::new(
        "update license_generator_transfer set forgiven_at = ? \
         where licence_id = ? and forgiven_at is null and {scope}",
    )
    .bind(now)
    .bind(licence_id)
    .scope(scope, "organisation_id")
}

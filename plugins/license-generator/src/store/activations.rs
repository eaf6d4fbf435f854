//! Seats: who has one, who takes one, who gives one back. No decision here is made on a value that
//! was read before; each is part of the statement that writes.

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::{Fault, Scope};

use crate::domain::device::{Activation, Device};
use crate::domain::licence::Licence;

/// Label of the statement that takes or frees a seat.
pub const SEAT: &str = "seat";
/// Label of the statement that writes the device.
pub const DEVICE: &str = "device";

/// Whether the batch met another one that changed the same licence or device: read again.
pub fn is_contested(fault: &Fault) -> bool {
    fault.is_mismatch(SEAT)
        || fault.is_mismatch(DEVICE)
        || fault.is_unique("license_generator_activation")
}

/// Gives `device` a seat, and writes the line `log`, or neither. `previous` is the seat this device
/// had and gave back: its row is used again.
///
/// Unscoped: who has the activation key may take a seat of its licence.
pub async fn take(
    db: &Db,
    licence: &Licence,
    device: &Device,
    taking: Taking<'_>,
    log: Statement,
) -> Result<(), Fault> {
    let Taking { activation_id, is_new, now } = taking;
    let seat = Statement::new(
        "update license_generator_licence set devices_used = devices_used + 1 \
         where licence_id = ? and devices_used < devices_limit and state_stored = 'active' \
         and starts_at <= ? and (expires_at is null or expires_at >= ?)",
    )
    .bind(&licence.licence_id)
    .bind(now)
    .bind(now);
    let row = if is_new {
        Statement::new(
            "insert into license_generator_activation (device_name, platform, activated_at, \
             last_seen_at, activation_id, licence_id, organisation_id, fingerprint, \
             fingerprint_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
    } else {
        Statement::new(
            "update license_generator_activation set device_name = ?, platform = ?, \
             activated_at = ?, last_seen_at = ?, deactivated_at = null \
             where activation_id = ? and deactivated_at is not null",
        )
    };
    let mut row =
        row.bind(&device.name).bind(&device.platform).bind(now).bind(now).bind(activation_id);
    if is_new {
        row = row
            .bind(&licence.licence_id)
            .bind(&licence.organisation_id)
            .bind(device.fingerprint.as_str())
            .bind(device.fingerprint.hash());
    }
    let batch = Batch::new()
        .and(seat.expect_rows(1).label(SEAT))
        .and(row.expect_rows(1).label(DEVICE))
        .and(log);
    db.batch(batch).await.map(drop)
}

/// How a seat is taken.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// The id the seat has or will have.
    pub activation_id: &'a str,
    /// Whether this device never had a seat before.
    pub is_new: bool,
    /// The present, unix milliseconds.
    pub now: i64,
}

/// Notes that a device with a seat asked again, as it calls itself now.
///
/// Unscoped: who has the activation key speaks for its devices.
pub async fn renew(
    db: &Db,
    activation: &Activation,
    device: &Device,
    now: i64,
    log: Statement,
) -> Result<(), Fault> {
    let row = Statement::new(
        "update license_generator_activation set device_name = ?, platform = ?, last_seen_at = ? \
         where activation_id = ? and deactivated_at is null",
    )
    .bind(&device.name)
    .bind(&device.platform)
    .bind(now)
    .bind(&activation.activation_id);
    let batch = Batch::new().and(row.expect_rows(1).label(DEVICE)).and(log);
    db.batch(batch).await.map(drop)
}

/// Frees the seat with this id together with what `with` brings. A mismatch of [`DEVICE`] says that
/// it was free already.
///
/// The licence is written before the device, as when a seat is taken, so that the two never wait for
/// each other.
pub async fn free(
    db: &Db,
    scope: &Scope,
    seat: Seat<'_>,
    now: i64,
    with: Batch,
) -> Result<(), Fault> {
    let licence = Statement::new(
        "update license_generator_licence set devices_used = devices_used - 1 \
         where licence_id = ? and devices_used > 0 and {scope}",
    )
    .bind(seat.licence_id)
    .scope(scope, "organisation_id");
    let device = Statement::new(
        "update license_generator_activation set deactivated_at = ? \
         where licence_id = ? and activation_id = ? and deactivated_at is null",
    )
    .bind(now)
    .bind(seat.licence_id)
    .bind(seat.activation_id);
    let batch =
        with.and(licence.expect_rows(1).label(SEAT)).and(device.expect_rows(1).label(DEVICE));
    db.batch(batch).await.map(drop)
}

/// Names a seat.
#[derive(Debug, Clone, Copy)]
pub struct Seat<'a> {
    /// Of which licence.
    pub licence_id: &'a str,
    /// Its id.
    pub activation_id: &'a str,
}

/// The statement that notes when a device was last heard of, to be written behind.
pub fn seen(activation_id: &str, now: i64) -> Statement {
    Statement::new(
        "update license_generator_activation set last_seen_at = ? \
         where activation_id = ? and last_seen_at < ?",
    )
    .bind(now)
    .bind(activation_id)
    .bind(now)
}

/// Every device that has or had a seat of a licence, the present ones first.
pub async fn of_licence(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
) -> Result<Vec<Activation>, Fault> {
    db.all(
        Statement::new(
            "select activation_id, fingerprint, device_name, platform, activated_at, \
             last_seen_at, deactivated_at from license_generator_activation \
             where licence_id = ? and {scope} \
             order by case when deactivated_at is null then 0 else 1 end, activated_at desc, \
             activation_id limit 1000",
        )
        .bind(licence_id)
        .scope(scope, "organisation_id"),
    )
    .await
}

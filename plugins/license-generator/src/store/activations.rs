//! Seats: who has one, who takes one, who gives one back. No decision here is made on a value that
//! was read before; each is part of the statement that writes.

mod take;

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::{Fault, Scope};

use crate::domain::device::Activation;
use crate::store::{tokens, transfers, users};

pub use take::{Renewing, Taking, changing, renew, seat_hash, take};

/// Label of the statement that takes or frees a seat.
pub const SEAT: &str = "seat";
/// Label of the statement that writes the device.
pub const DEVICE: &str = "device";

/// Whether the batch met another one that changed the same licence or device: read again.
pub fn is_contested(fault: &Fault) -> bool {
    fault.is_mismatch(SEAT)
        || fault.is_mismatch(DEVICE)
        || fault.is_mismatch(users::PERSON)
        || fault.is_mismatch(transfers::TRANSFER)
        || fault.is_mismatch(tokens::TOKEN)
        || fault.is_unique("license_generator_activation")
        || fault.is_unique("license_generator_named_user")
        || fault.is_unique("license_generator_token")
        // MariaDB names a primary key without its table.
        || fault.is_unique("PRIMARY")
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
             last_seen_at, deactivated_at, user_id, user_name from license_generator_activation \
             where licence_id = ? and {scope} \
             order by case when deactivated_at is null then 0 else 1 end, activated_at desc, \
             activation_id limit 1000",
        )
        .bind(licence_id)
        .scope(scope, "organisation_id"),
    )
    .await
}

/// The seat that a device of a licence has or had, found as a client's request finds it.
pub async fn of_device(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
    seat_hash: &str,
) -> Result<Option<Activation>, Fault> {
    db.first(
        Statement::new(
            "select activation_id, fingerprint, device_name, platform, activated_at, \
             last_seen_at, deactivated_at, user_id, user_name from license_generator_activation \
             where licence_id = ? and fingerprint_hash = ? and {scope}",
        )
        .bind(licence_id)
        .bind(seat_hash)
        .scope(scope, "organisation_id"),
    )
    .await
}

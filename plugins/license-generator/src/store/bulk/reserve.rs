//! The seat of the one device a licence is made for.

use plugin_api::db::{Batch, Statement};

use crate::domain::device::Fingerprint;
use crate::store::components;
use crate::store::licences::NewLicence;

/// Adds to `batch` what takes the seat of a new licence for a device that has not come yet: until it
/// does, it was last seen before it was activated.
///
/// Unscoped: part of writing the licence.
pub fn reserving(
    batch: Batch,
    new: &NewLicence,
    activation_id: &str,
    fingerprint: &Fingerprint,
    device_name: &str,
) -> Batch {
    let seat = Statement::new(
        "insert into license_generator_activation (activation_id, licence_id, organisation_id, \
         fingerprint, fingerprint_hash, device_name, platform, activated_at, last_seen_at) \
         values (?, ?, ?, ?, ?, ?, '', ?, ?)",
    )
    .bind(activation_id)
    .bind(&new.licence_id)
    .bind(&new.organisation_id)
    .bind(fingerprint.as_str())
    .bind(fingerprint.hash())
    .bind(device_name)
    .bind(new.created_at)
    .bind(new.created_at - 1);
    let licence = Statement::new(
        "update license_generator_licence set devices_used = 1 where licence_id = ?",
    )
    .bind(&new.licence_id)
    .expect_rows(1);
    let batch = batch.and(seat).and(licence);
    let parts = fingerprint.components();
    if parts.is_empty() {
        return batch;
    }
    // By its components it is known again when one of them was exchanged before it came.
    components::replacing(batch, &new.licence_id, activation_id, &parts)
}

//! Rolling tokens of devices, as hashes.

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::token::Kept;

/// Label of the statement that rolls a token: a mismatch says that somebody else did.
pub const TOKEN: &str = "token";

/// Whose token it is.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    /// The device's seat.
    pub activation_id: &'a str,
    /// The licence.
    pub licence_id: &'a str,
    /// Whose licence it is.
    pub organisation_id: &'a str,
}

/// A token given to a device.
#[derive(Debug, Clone)]
pub struct Given {
    /// Hash of the token.
    pub hash: String,
    /// Hash of the one that was shown for it; empty if none was.
    pub shown_hash: String,
    /// When, unix milliseconds.
    pub at: i64,
    /// To which address.
    pub address: String,
}

/// What is kept of a device's tokens.
///
/// Unscoped: asked by who has a key of the licence.
pub async fn kept(db: &Db, activation_id: &str) -> Result<Option<Kept>, Fault> {
    let sql = "select current_hash, previous_hash, rolled_at, address, suspected_at \
         from license_generator_token where activation_id = ?";
    db.first(Statement::new(sql).bind(activation_id)).await
}

/// The statement that gives a device its next token, if nobody did since `kept` was read.
///
/// Unscoped: part of a validation.
pub fn rolling(holder: Holder<'_>, kept: &Kept, given: &Given) -> Statement {
    Statement::new(
        "update license_generator_token set current_hash = ?, previous_hash = ?, rolled_at = ?, \
         address = ? where activation_id = ? and current_hash = ?",
    )
    .bind(&given.hash)
    .bind(&given.shown_hash)
    .bind(given.at)
    .bind(&given.address)
    .bind(holder.activation_id)
    .bind(&kept.current_hash)
    .expect_rows(1)
    .label(TOKEN)
}

/// The statement that gives a device its first token; another first one violates the primary key.
///
/// Unscoped: part of an activation.
pub fn first(holder: Holder<'_>, given: &Given) -> Statement {
    Statement::new(
        "insert into license_generator_token (activation_id, licence_id, organisation_id, \
         current_hash, previous_hash, rolled_at, address) values (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(holder.activation_id)
    .bind(holder.licence_id)
    .bind(holder.organisation_id)
    .bind(&given.hash)
    .bind(&given.shown_hash)
    .bind(given.at)
    .bind(&given.address)
}

/// Adds to `batch` what gives a device a token whatever it had before.
///
/// Unscoped: part of an activation.
pub fn anew(batch: Batch, holder: Holder<'_>, given: &Given) -> Batch {
    let deletion = Statement::new("delete from license_generator_token where activation_id = ?")
        .bind(holder.activation_id);
    batch.and(deletion).and(first(holder, given))
}

/// The statement that notes that somebody showed a stale token as this device.
///
/// Unscoped: part of a request of a client.
pub fn suspecting(activation_id: &str, at: i64, address: &str, name: &str) -> Statement {
    Statement::new(
        "update license_generator_token set suspected_at = ?, suspect_address = ?, \
         suspect_name = ?, sightings = sightings + 1 where activation_id = ?",
    )
    .bind(at)
    .bind(address)
    .bind(name)
    .bind(activation_id)
}

/// A device that is suspected to have a clone.
#[derive(Debug, Clone, Deserialize)]
pub struct Suspect {
    /// Its seat.
    pub activation_id: String,
    /// What the device is called.
    pub device: String,
    /// When its last token was given, unix milliseconds.
    pub rolled_at: i64,
    /// To which address.
    pub address: String,
    /// When a stale one was shown last, unix milliseconds.
    pub suspected_at: i64,
    /// From which address.
    pub suspect_address: String,
    /// What that device called itself.
    pub suspect_name: String,
    /// How often.
    pub sightings: i64,
}

/// The devices of a licence that are suspected to have a clone.
pub async fn suspects(db: &Db, scope: &Scope, licence_id: &str) -> Result<Vec<Suspect>, Fault> {
    let statement = Statement::new(
        "select t.activation_id, case when a.device_name = '' then a.fingerprint \
         else a.device_name end as device, t.rolled_at, t.address, t.suspected_at, \
         t.suspect_address, t.suspect_name, t.sightings \
         from license_generator_token t \
         join license_generator_activation a on a.activation_id = t.activation_id \
         where t.licence_id = ? and t.suspected_at is not null and {scope} \
         order by t.suspected_at desc, t.activation_id limit 100",
    );
    db.all(statement.bind(licence_id).scope(scope, "t.organisation_id")).await
}

/// The statement that believes the device again: the next token it shows, or none, is right.
pub fn clearing(scope: &Scope, activation_id: &str) -> Statement {
    Statement::new(
        "update license_generator_token set suspected_at = null, suspect_address = '', \
         suspect_name = '', sightings = 0, current_hash = '', previous_hash = '' \
         where activation_id = ? and suspected_at is not null and {scope}",
    )
    .bind(activation_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(TOKEN)
}

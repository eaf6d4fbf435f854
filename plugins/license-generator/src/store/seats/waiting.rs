//! Devices that asked for a seat in vain.

use plugin_api::Fault;
use plugin_api::db::{Db, Sql, Statement};

/// The statement that notes that a device waits.
///
/// Unscoped: written for who has the activation key.
pub fn wait(licence_id: &str, fingerprint_hash: &str, now: i64) -> Statement {
    let insert = "insert into license_generator_seat_waiting (licence_id, fingerprint_hash, at) \
                  values (?, ?, ?)";
    let sql = Sql::per(
        format!(
            "{insert} on conflict (licence_id, fingerprint_hash) do update set at = excluded.at"
        ),
        format!("{insert} on duplicate key update at = values(at)"),
    );
    Statement::new(sql).bind(licence_id).bind(fingerprint_hash).bind(now)
}

/// The statement that notes that it has its seat.
///
/// Unscoped: part of taking a seat.
pub(super) fn served(licence_id: &str, fingerprint_hash: &str) -> Statement {
    let sql = "delete from license_generator_seat_waiting \
               where licence_id = ? and fingerprint_hash = ?";
    Statement::new(sql).bind(licence_id).bind(fingerprint_hash)
}

/// How many other devices asked in vain since an instant.
///
/// Unscoped: asked by who has the activation key.
pub async fn others_waiting(
    db: &Db,
    licence_id: &str,
    fingerprint_hash: &str,
    since: i64,
) -> Result<i64, Fault> {
    let sql = "select count(*) from license_generator_seat_waiting \
               where licence_id = ? and at >= ? and fingerprint_hash <> ?";
    db.scalar(Statement::new(sql).bind(licence_id).bind(since).bind(fingerprint_hash)).await
}

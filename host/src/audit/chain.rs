//! What is hashed, and how the rows are linked.
//!
//! `digest` = SHA-256(salt ‖ what may be erased); `chain_hash` of row n = SHA-256(`chain_hash` of row
//! n−1 ‖ n ‖ what may never change ‖ `digest`). Erasing a person blanks the salt and what it salted:
//! the digest stays, so the chain still holds, and without the salt nobody can guess what was there.
//! Every text is preceded by its length, so that no two rows hash alike.

use sha2::{Digest as _, Sha256};

use crate::store::audit::AuditRow;

/// The digest of what may be erased, hexadecimal; none once it was.
pub(super) fn digest(row: &AuditRow) -> Option<String> {
    let salt = row.salt.as_deref()?;
    let mut hash = Sha256::new();
    for text in [salt, &row.actor_name, &row.address, &row.object_name, &row.content] {
        feed(&mut hash, text);
    }
    Some(plugin_api::hex(&hash.finalize()))
}

/// The hash that links `row` as number `chain_no` to the row whose hash is `previous`.
pub(super) fn link(previous: &str, chain_no: i64, row: &AuditRow) -> String {
    let mut hash = Sha256::new();
    feed(&mut hash, previous);
    hash.update(chain_no.to_le_bytes());
    hash.update(row.at.to_le_bytes());
    let fixed = [
        &row.audit_id,
        &row.organisation_id,
        &row.actor_kind,
        &row.actor_id,
        &row.plugin,
        &row.action,
        &row.object_id,
        &row.request_id,
        &row.digest,
    ];
    for text in fixed {
        feed(&mut hash, text);
    }
    plugin_api::hex(&hash.finalize())
}

fn feed(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_le_bytes());
    hash.update(text.as_bytes());
}

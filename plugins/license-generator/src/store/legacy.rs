//! Keys of the system used before, and which licence was imported for what.

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// Label of the statement that revokes a key: a mismatch says that it is revoked already.
pub const REVOCATION: &str = "legacy-revocation";

/// A key of the system used before, as a device that shows it finds it.
#[derive(Debug, Clone, Deserialize)]
pub struct Shown {
    /// Its id.
    pub legacy_id: String,
    /// The activation key of its licence, sealed.
    #[serde(deserialize_with = "super::licences::bytes")]
    pub key_sealed: Vec<u8>,
    /// When a device first showed it, unix milliseconds.
    pub exchanged_at: Option<i64>,
    /// When it was revoked, unix milliseconds.
    pub revoked_at: Option<i64>,
}

/// The key with this hash.
///
/// Unscoped: the key is the credential, and it names its row by itself.
pub async fn shown(db: &Db, key_hash: &str) -> Result<Option<Shown>, Fault> {
    let select = Statement::new(
        "select k.legacy_id, l.key_sealed, k.exchanged_at, k.revoked_at \
         from license_generator_legacy_key k \
         join license_generator_licence l on l.licence_id = k.licence_id where k.key_hash = ?",
    );
    db.first(select.bind(key_hash)).await
}

/// The statement that notes which device exchanged a key; the first one stays.
///
/// Unscoped: the key is the credential.
pub fn exchanging(legacy_id: &str, device_hash: &str, now: i64) -> Statement {
    Statement::new(
        "update license_generator_legacy_key set exchanged_at = ?, device_hash = ? \
         where legacy_id = ? and exchanged_at is null",
    )
    .bind(now)
    .bind(device_hash)
    .bind(legacy_id)
}

/// A key to be written.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// Its id.
    pub legacy_id: String,
    /// Keyed hash it is found by, hexadecimal.
    pub key_hash: String,
    /// The key, sealed.
    pub key_sealed: Vec<u8>,
    /// Its beginning.
    pub hint: String,
}

/// The statement that writes a key of a licence.
///
/// Unscoped: the licence is new, or was found in the caller's branch.
pub fn insertion(key: &NewKey, licence_id: &str, now: i64, by: &str) -> Statement {
    Statement::new(
        "insert into license_generator_legacy_key (legacy_id, licence_id, key_hash, key_sealed, \
         hint, imported_at, imported_by) values (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&key.legacy_id)
    .bind(licence_id)
    .bind(&key.key_hash)
    .bind(key.key_sealed.clone())
    .bind(&key.hint)
    .bind(now)
    .bind(by)
}

/// The licence a key with this hash belongs to, be it of this system or of the one before.
///
/// Unscoped: nobody is told whose it is, only that it is taken.
pub async fn holder(db: &Db, key_hash: &str, legacy_hash: &str) -> Result<Option<String>, Fault> {
    let select = Statement::new(
        "select licence_id from license_generator_licence where key_hash = ? union \
         select licence_id from license_generator_legacy_key where key_hash = ? limit 1",
    );
    let found: Option<Id> = db.first(select.bind(key_hash).bind(legacy_hash)).await?;
    Ok(found.map(|found| found.licence_id))
}

#[derive(Deserialize)]
struct Id {
    licence_id: String,
}

/// A key as its page shows it. Instants are unix milliseconds.
#[derive(Debug, Clone, Deserialize)]
pub struct Kept {
    /// Its licence.
    pub licence_id: String,
    /// The key, sealed.
    #[serde(deserialize_with = "super::licences::bytes")]
    pub key_sealed: Vec<u8>,
    /// Its beginning.
    pub hint: String,
    /// When it was imported.
    pub imported_at: i64,
    /// By whom.
    pub imported_by: String,
    /// When a device first showed it.
    pub exchanged_at: Option<i64>,
    /// What that device is called, while it is known.
    pub device: Option<String>,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
}

/// One key of a licence in the branch.
pub async fn get(db: &Db, scope: &Scope, legacy_id: &str) -> Result<Option<Kept>, Fault> {
    let select = Statement::new(
        "select k.licence_id, k.key_sealed, k.hint, k.imported_at, k.imported_by, \
         k.exchanged_at, a.device_name as device, k.revoked_at \
         from license_generator_legacy_key k \
         join license_generator_licence l on l.licence_id = k.licence_id \
         left join license_generator_activation a on a.licence_id = k.licence_id \
         and a.fingerprint_hash = k.device_hash where k.legacy_id = ? and {scope}",
    );
    db.first(select.bind(legacy_id).scope(scope, "l.organisation_id")).await
}

/// The key of a licence, sealed.
///
/// Unscoped: only the sample job asks.
pub async fn sealed_of(db: &Db, licence_id: &str) -> Result<Option<Vec<u8>>, Fault> {
    #[derive(Deserialize)]
    struct Sealed {
        #[serde(deserialize_with = "super::licences::bytes")]
        key_sealed: Vec<u8>,
    }
    let select = "select key_sealed from license_generator_legacy_key where licence_id = ?";
    let sealed: Option<Sealed> = db.first(Statement::new(select).bind(licence_id)).await?;
    Ok(sealed.map(|sealed| sealed.key_sealed))
}

/// The statement that revokes a key of a licence in the branch; a mismatch of [`REVOCATION`] if it
/// is revoked already.
pub fn revoking(scope: &Scope, legacy_id: &str, now: i64) -> Statement {
    Statement::new(
        "update license_generator_legacy_key set revoked_at = ? \
         where legacy_id = ? and revoked_at is null and licence_id in \
         (select licence_id from license_generator_licence where {scope})",
    )
    .bind(now)
    .bind(legacy_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(REVOCATION)
}

/// What was imported under an identity before.
#[derive(Debug, Clone, Deserialize)]
pub struct Imported {
    /// The licence.
    pub licence_id: String,
    /// Keyed hash of what the row said.
    pub content_hash: String,
}

/// What the system of `owner` calls so.
///
/// Unscoped: the owner is the caller's own organisation.
pub async fn imported(
    db: &Db,
    (owner, identity_hash): (&str, &str),
) -> Result<Option<Imported>, Fault> {
    let select = Statement::new(
        "select licence_id, content_hash from license_generator_imported \
         where owner_id = ? and identity_hash = ?",
    );
    db.first(select.bind(owner).bind(identity_hash)).await
}

/// Adds to `batch` that a row with this content was written for a licence; a first one that another
/// import just wrote fails as not unique.
///
/// Unscoped: the owner is the caller's own organisation.
pub fn noting(
    batch: Batch,
    (owner, identity_hash): (&str, &str),
    now: i64,
    (imported, is_new): (&Imported, bool),
) -> Batch {
    let sql = if is_new {
        "insert into license_generator_imported (licence_id, content_hash, imported_at, owner_id, \
         identity_hash) values (?, ?, ?, ?, ?)"
    } else {
        "update license_generator_imported set licence_id = ?, content_hash = ?, imported_at = ? \
         where owner_id = ? and identity_hash = ?"
    };
    batch.and(
        Statement::new(sql)
            .bind(&imported.licence_id)
            .bind(&imported.content_hash)
            .bind(now)
            .bind(owner)
            .bind(identity_hash),
    )
}

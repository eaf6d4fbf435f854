//! Signed documents, byte for byte. Rows are written once; what nobody can ask for any more goes.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

use crate::domain::tuf::document::Document;
use crate::domain::tuf::series::Kept;

/// A signed document without its bytes.
#[derive(Debug, Clone, Deserialize)]
pub struct Head {
    /// Its role.
    pub role: String,
    /// Its version.
    pub version: i64,
    /// What it says, as a hash.
    pub content: String,
    /// Bytes.
    pub length: i64,
    /// Hex, of the bytes.
    pub sha256: String,
    /// When it ends, unix milliseconds.
    pub expires_at: i64,
    /// When it was signed, unix milliseconds.
    pub created_at: i64,
}

impl Head {
    /// As the planner looks at it.
    pub fn kept(&self) -> Kept {
        Kept {
            version: self.version,
            content: self.content.clone(),
            length: self.length,
            sha256: self.sha256.clone(),
            expires_at: self.expires_at,
        }
    }
}

/// Every signed document of a product, by role, rising by version. Unscoped: clients have no branch;
/// what they may have is decided by their entitlement.
pub async fn heads(db: &Db, product: &str) -> Result<Vec<Head>, Fault> {
    let sql = "select role, version, content, length, sha256, expires_at, created_at \
               from update_server_metadata where product_code = ? order by role, version";
    db.all(Statement::new(sql).bind(product)).await
}

#[derive(Deserialize)]
struct Bytes {
    #[serde(deserialize_with = "bytes")]
    document: Vec<u8>,
}

/// A column of bytes.
pub(super) fn bytes<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    struct Raw;
    impl serde::de::Visitor<'_> for Raw {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("bytes")
        }

        fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(bytes)
        }

        fn visit_str<E>(self, text: &str) -> Result<Vec<u8>, E> {
            Ok(text.as_bytes().to_vec())
        }
    }
    from.deserialize_any(Raw)
}

/// The bytes of one document. Unscoped: see [`heads`].
pub async fn get(
    db: &Db,
    product: &str,
    role: &str,
    version: i64,
) -> Result<Option<Vec<u8>>, Fault> {
    let sql = "select document from update_server_metadata \
               where product_code = ? and role = ? and version = ?";
    let found = db.first::<Bytes>(Statement::new(sql).bind(product).bind(role).bind(version));
    Ok(found.await?.map(|row| row.document))
}

/// The newest document of a role with its version. Unscoped: see [`heads`].
pub async fn newest(db: &Db, product: &str, role: &str) -> Result<Option<Vec<u8>>, Fault> {
    let sql = "select document from update_server_metadata \
               where product_code = ? and role = ? order by version desc limit 1";
    let found = db.first::<Bytes>(Statement::new(sql).bind(product).bind(role));
    Ok(found.await?.map(|row| row.document))
}

/// Keeps a signed document. Unscoped: see [`heads`].
pub fn insertion(product: &str, document: &Document, now: i64) -> Statement {
    let kept = Kept::of(document);
    Statement::new(
        "insert into update_server_metadata (product_code, role, version, document, length, sha256, \
         content, expires_at, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(product)
    .bind(&document.role)
    .bind(document.version)
    .bind(document.bytes())
    .bind(kept.length)
    .bind(kept.sha256)
    .bind(&document.content)
    .bind(document.expires_at)
    .bind(now)
}

/// Forgets a document that no view uses. Unscoped: see [`heads`].
pub fn deletion(product: &str, head: &Head) -> Statement {
    let sql = "delete from update_server_metadata \
               where product_code = ? and role = ? and version = ? and role <> 'root'";
    Statement::new(sql).bind(product).bind(&head.role).bind(head.version)
}

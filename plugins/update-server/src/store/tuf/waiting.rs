//! Documents that wait for a signature made elsewhere.

use std::collections::BTreeMap;

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

use crate::domain::tuf::document::{Document, end_of};

/// A document that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What waits, with the signatures it has.
    pub document: Document,
    /// What is published once all of a change are signed.
    pub change_id: String,
    /// Since when, unix milliseconds.
    pub created_at: i64,
}

#[derive(Deserialize)]
struct Row {
    role: String,
    version: i64,
    #[serde(deserialize_with = "super::documents::bytes")]
    document: Vec<u8>,
    content: String,
    #[serde(with = "plugin_api::db::json")]
    signatures: BTreeMap<String, String>,
    change_id: String,
    created_at: i64,
}

/// What waits in a product, by role. Unscoped: see [`heads`](super::documents::heads).
pub async fn of_product(db: &Db, product: &str) -> Result<Vec<Waiting>, Fault> {
    let sql = "select role, version, document, content, signatures, change_id, created_at \
               from update_server_unsigned where product_code = ? order by role, version";
    let rows: Vec<Row> = db.all(Statement::new(sql).bind(product)).await?;
    let waiting = |row: Row| Waiting {
        document: Document {
            role: row.role,
            version: row.version,
            expires_at: end_of(&row.document),
            content: row.content,
            signed: row.document,
            signatures: row.signatures,
        },
        change_id: row.change_id,
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Lets a document wait. Unscoped: see [`of_product`].
pub fn insertion(product: &str, waiting: &Waiting) -> Result<Statement, Fault> {
    let document = &waiting.document;
    let statement = Statement::new(
        "insert into update_server_unsigned (product_code, role, version, document, content, \
         signatures, change_id, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
    );
    Ok(statement
        .bind(product)
        .bind(&document.role)
        .bind(document.version)
        .bind(document.signed.clone())
        .bind(&document.content)
        .bind(serde_json::to_string(&document.signatures)?)
        .bind(&waiting.change_id)
        .bind(waiting.created_at))
}

/// Nothing waits any more. Unscoped: see [`of_product`].
pub fn clearing(product: &str) -> Statement {
    Statement::new("delete from update_server_unsigned where product_code = ?").bind(product)
}

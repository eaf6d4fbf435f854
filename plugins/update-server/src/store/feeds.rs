//! Feeds the vendor signed himself.

use plugin_api::db::{Db, Sql, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

use super::OF_VENDOR;

/// A feed that is handed out byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// The channel it is of.
    pub channel: String,
    /// `appcast`, `electron`.
    pub kind: String,
    /// Its content, as the host keeps it.
    pub blob_id: String,
    /// The versions it offers, separated by spaces.
    pub versions: String,
    /// When it came, unix milliseconds.
    pub uploaded_at: i64,
    /// Who sent it.
    pub uploaded_by: String,
}

/// The feeds of a product.
pub async fn of_product(db: &Db, scope: &Scope, product: &str) -> Result<Vec<Feed>, Fault> {
    let statement = Statement::new(
        "select channel, kind, blob_id, versions, uploaded_at, uploaded_by from update_server_feed \
         where product_code = ? and {scope} order by channel, kind",
    );
    db.all(statement.bind(product).scope(scope, OF_VENDOR)).await
}

/// The feed of a channel, if the vendor signed one. Unscoped: see [`out`](super::releases::out).
pub async fn find(
    db: &Db,
    product: &str,
    channel: &str,
    kind: &str,
) -> Result<Option<Feed>, Fault> {
    let statement = Statement::new(
        "select channel, kind, blob_id, versions, uploaded_at, uploaded_by from update_server_feed \
         where product_code = ? and channel = ? and kind = ?",
    );
    db.first(statement.bind(product).bind(channel).bind(kind)).await
}

/// Writes the feed of a channel in place of the one there was. Unscoped: its product was read in
/// scope.
pub fn writing(product: &str, feed: &Feed) -> Statement {
    Statement::new(Sql::per(
        "insert into update_server_feed \
         (product_code, channel, kind, blob_id, versions, uploaded_at, uploaded_by) \
         values (?, ?, ?, ?, ?, ?, ?) \
         on conflict (product_code, channel, kind) do update set blob_id = excluded.blob_id, \
         versions = excluded.versions, \
         uploaded_at = excluded.uploaded_at, uploaded_by = excluded.uploaded_by",
        "insert into update_server_feed \
         (product_code, channel, kind, blob_id, versions, uploaded_at, uploaded_by) \
         values (?, ?, ?, ?, ?, ?, ?) \
         on duplicate key update blob_id = values(blob_id), versions = values(versions), \
         uploaded_at = values(uploaded_at), uploaded_by = values(uploaded_by)",
    ))
    .bind(product)
    .bind(&feed.channel)
    .bind(&feed.kind)
    .bind(&feed.blob_id)
    .bind(&feed.versions)
    .bind(feed.uploaded_at)
    .bind(&feed.uploaded_by)
}

/// Takes a feed away. Unscoped: its product was read in scope.
pub fn deletion(product: &str, channel: &str, kind: &str) -> Statement {
    Statement::new(
        "delete from update_server_feed where product_code = ? and channel = ? and kind = ?",
    )
    .bind(product)
    .bind(channel)
    .bind(kind)
}

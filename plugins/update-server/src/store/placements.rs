//! Which releases are in which channels.

use plugin_api::db::{Db, Sql, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::OF_VENDOR;

/// A release in a channel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Placement {
    /// The release.
    pub release_id: String,
    /// The channel.
    pub channel: String,
    /// Since when, unix milliseconds.
    pub placed_at: i64,
    /// Who placed it.
    pub placed_by: String,
}

/// The channels of a release, by name.
pub async fn of_release(db: &Db, scope: &Scope, release_id: &str) -> Result<Vec<Placement>, Fault> {
    let statement = Statement::new(
        "select release_id, channel, placed_at, placed_by from update_server_placement \
         where release_id = ? and {scope} order by channel",
    );
    db.all(statement.bind(release_id).scope(scope, OF_VENDOR)).await
}

/// Every placement of a product. Unscoped: see [`out`](super::releases::out).
pub async fn of_product(db: &Db, product: &str) -> Result<Vec<Placement>, Fault> {
    let statement = Statement::new(
        "select release_id, channel, placed_at, placed_by from update_server_placement \
         where product_code = ? order by release_id, channel",
    );
    db.all(statement.bind(product)).await
}

/// Places a release in a channel, or dates the place it has already. Unscoped: it was read in scope.
pub fn placing(
    (product, release_id, channel): (&str, &str, &str),
    (now, by): (i64, &str),
) -> Statement {
    Statement::new(Sql::per(
        "insert into update_server_placement (product_code, channel, release_id, placed_at, placed_by) \
         values (?, ?, ?, ?, ?) on conflict (product_code, channel, release_id) do update set \
         placed_at = excluded.placed_at, placed_by = excluded.placed_by",
        "insert into update_server_placement (product_code, channel, release_id, placed_at, placed_by) \
         values (?, ?, ?, ?, ?) on duplicate key update \
         placed_at = values(placed_at), placed_by = values(placed_by)",
    ))
    .bind(product)
    .bind(channel)
    .bind(release_id)
    .bind(now)
    .bind(by)
}

/// Takes a draft out of every channel, to be placed anew. Unscoped: it was read in scope.
pub fn removal(release_id: &str) -> Statement {
    Statement::new("delete from update_server_placement where release_id = ?").bind(release_id)
}

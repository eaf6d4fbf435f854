//! Channels: the streams a product's releases come in.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

use super::OF_VENDOR;

/// Names the statement that takes a channel away.
pub const LABEL: &str = "channel";

/// A stream of releases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// What clients ask for.
    pub channel: String,
    /// For people.
    pub description: String,
    /// Its place among the others.
    pub position: i64,
}

/// The channels of a product, in their order.
pub async fn of_product(db: &Db, scope: &Scope, product: &str) -> Result<Vec<Channel>, Fault> {
    let statement = Statement::new(
        "select channel, description, position from update_server_channel \
         where product_code = ? and {scope} order by position, channel",
    );
    db.all(statement.bind(product).scope(scope, OF_VENDOR)).await
}

/// The names of all channels. Unscoped: names of channels, which clients know.
pub async fn names(db: &Db) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Name {
        channel: String,
    }
    let sql = "select distinct channel from update_server_channel order by channel limit 200";
    let rows: Vec<Name> = db.all(Statement::new(sql)).await?;
    Ok(rows.into_iter().map(|row| row.channel).collect())
}

/// Writes a channel, or another description of the one there is. Unscoped: its product was read in
/// scope.
pub fn writing(product: &str, channel: &Channel, now: i64) -> Statement {
    Statement::new(plugin_api::db::Sql::per(
        "insert into update_server_channel (product_code, channel, description, position, created_at) \
         values (?, ?, ?, ?, ?) on conflict (product_code, channel) do update set \
         description = excluded.description, position = excluded.position",
        "insert into update_server_channel (product_code, channel, description, position, created_at) \
         values (?, ?, ?, ?, ?) on duplicate key update \
         description = values(description), position = values(position)",
    ))
    .bind(product)
    .bind(&channel.channel)
    .bind(&channel.description)
    .bind(channel.position)
    .bind(now)
}

/// Takes a channel away that no release was ever placed in. Unscoped: its product was read in scope.
pub fn deletion(product: &str, channel: &str) -> Statement {
    Statement::new(
        "delete from update_server_channel where product_code = ? and channel = ? \
         and not exists (select 1 from update_server_placement p \
         where p.product_code = ? and p.channel = ?)",
    )
    .bind(product)
    .bind(channel)
    .bind(product)
    .bind(channel)
    .label(LABEL)
    .expect_rows(1)
}

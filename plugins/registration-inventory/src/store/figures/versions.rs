//! How many installations run which version of a product.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// Installations that are looked at, those heard of last first.
pub const COUNTED: i64 = 100_000;

/// Installations of one product and version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Runs {
    /// Code of the product.
    pub product_code: String,
    /// The version; empty for not said.
    pub version: String,
    /// How many.
    pub installations: i64,
}

/// The installations of the branch heard of since `since` whose product is known, by product and
/// version; those that are ignored are left out.
pub async fn running(db: &Db, scope: &Scope, since: i64) -> Result<Vec<Runs>, Fault> {
    let sql = "select coalesce(i.product_code, s.product_code) as product_code, i.version, \
        count(*) as installations from ( \
        select software_id, product_code, version from registration_inventory_installation \
        where last_seen_at >= ? and state <> 'ignored' and {scope} \
        order by last_seen_at desc limit ?) i \
        join registration_inventory_software s on s.software_id = i.software_id \
        where coalesce(i.product_code, s.product_code) is not null \
        group by coalesce(i.product_code, s.product_code), i.version order by 1, 2";
    let statement = Statement::new(sql).bind(since).scope_of_many(scope, "organisation_id");
    db.all(statement.bind(COUNTED)).await
}

/// How many of the branch were heard of since `since`, counted to one more than [`COUNTED`].
pub async fn heard(db: &Db, scope: &Scope, since: i64) -> Result<i64, Fault> {
    let sql = "select count(*) from (select 1 as one from registration_inventory_installation \
        where last_seen_at >= ? and state <> 'ignored' and {scope} limit ?) heard";
    let statement = Statement::new(sql).bind(since).scope_of_many(scope, "organisation_id");
    db.scalar(statement.bind(COUNTED + 1)).await
}

//! Views: which version of each role those see who may see the same.

use std::collections::BTreeMap;

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Statement};
use serde::Deserialize;

use crate::domain::tuf::view::View;

/// Names the statement that guards the metadata of a product.
pub const GUARD: &str = "metadata";

/// The views of a product, and the rollouts their bits stand for.
#[derive(Debug, Clone, Default)]
pub struct Views {
    /// In order.
    pub views: Vec<View>,
    /// Ids of rollouts, bit 0 first.
    pub rollout_ids: Vec<String>,
}

#[derive(Deserialize)]
struct Row {
    until: i64,
    rollouts: i64,
    #[serde(with = "plugin_api::db::json")]
    rollout_ids: Vec<String>,
    timestamp_version: i64,
    snapshot_version: i64,
    #[serde(with = "plugin_api::db::json")]
    roles: BTreeMap<String, i64>,
}

/// The views of a product. Unscoped: clients have no branch.
pub async fn of_product(db: &Db, product: &str) -> Result<Views, Fault> {
    let sql = "select until, rollouts, rollout_ids, timestamp_version, snapshot_version, roles \
               from update_server_view where product_code = ? order by until, rollouts";
    let rows: Vec<Row> = db.all(Statement::new(sql).bind(product)).await?;
    let rollout_ids = rows.first().map(|row| row.rollout_ids.clone()).unwrap_or_default();
    let view = |row: Row| View {
        until: row.until,
        rollouts: row.rollouts,
        timestamp: row.timestamp_version,
        snapshot: row.snapshot_version,
        roles: row.roles,
    };
    Ok(Views { views: rows.into_iter().map(view).collect(), rollout_ids })
}

/// Puts new views in the place of the old ones. Unscoped: see [`of_product`].
pub fn replacing(
    batch: Batch,
    product: &str,
    views: &[View],
    rollout_ids: &[&str],
) -> Result<Batch, Fault> {
    let old = Statement::new("delete from update_server_view where product_code = ?").bind(product);
    let ids = serde_json::to_string(rollout_ids)?;
    views.iter().try_fold(batch.and(old), |batch, view| {
        let insertion = Statement::new(
            "insert into update_server_view (product_code, until, rollouts, rollout_ids, \
             timestamp_version, snapshot_version, roles) values (?, ?, ?, ?, ?, ?, ?)",
        );
        let insertion = insertion
            .bind(product)
            .bind(view.until)
            .bind(view.rollouts)
            .bind(&ids)
            .bind(view.timestamp)
            .bind(view.snapshot)
            .bind(serde_json::to_string(&view.roles)?);
        Ok(batch.and(insertion))
    })
}

/// Counts a change of the metadata of a product that is still of the version it was read with, so
/// that of two at once one begins anew. Unscoped: see [`of_product`].
pub fn guard(product: &str, metadata_version: i64) -> Statement {
    Statement::new(
        "update update_server_product set metadata_version = metadata_version + 1 \
         where product_code = ? and metadata_version = ?",
    )
    .bind(product)
    .bind(metadata_version)
    .label(GUARD)
    .expect_rows(1)
}

/// Codes of the products that have signed metadata. Unscoped: for the job that signs anew.
pub async fn products(db: &Db) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Product {
        product_code: String,
    }
    let sql = "select distinct product_code from update_server_view order by product_code";
    let rows: Vec<Product> = db.all(Statement::new(sql)).await?;
    Ok(rows.into_iter().map(|row| row.product_code).collect())
}

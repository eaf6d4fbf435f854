//! What the sample asks and writes beside what everybody does.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};

/// How many reports `cockpit demo --scale` has entered.
///
/// Unscoped: only the sample asks.
pub async fn entered(db: &Db) -> Result<i64, Fault> {
    let sql = "select cast(coalesce(sum(reports), 0) as signed) \
        from registration_inventory_installation \
        where external_id >= 'scale-' and external_id < 'scale.'";
    db.scalar(Statement::new(sql)).await
}

/// Says which product a software is.
///
/// Unscoped: only the sample writes so.
pub fn mapped(software_id: &str, product_code: &str, at: i64) -> Statement {
    let sql = "update registration_inventory_software \
        set product_code = ?, decided_at = ?, decided_by = 'demo' where software_id = ?";
    Statement::new(sql).bind(product_code).bind(at).bind(software_id)
}

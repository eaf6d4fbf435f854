//! Reports in quarantine, each with its payload.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::OF_VENDOR;

/// A report in quarantine.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Held {
    pub(crate) report_id: String,
    pub(crate) received_at: i64,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) reason: String,
    pub(crate) content_type: String,
    pub(crate) payload: String,
}

/// The reports of these ids that are still held; at most 500 ids. They are nobody's
/// yet: who sees the vendor's node sees all of them.
pub(crate) async fn held(db: &Db, scope: &Scope, ids: &[String]) -> Result<Vec<Held>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["?"; ids.len()].join(", ");
    let sql = format!(
        "select q.report_id, q.received_at, q.name, q.address, q.reason, r.content_type, r.payload \
         from registration_inventory_quarantine q \
         join registration_inventory_report r on r.report_id = q.report_id \
         where q.report_id in ({marks}) and {{scope}} order by q.report_id"
    );
    let statement = Statement::new(sql).bind_all(ids.iter().map(|id| id.as_str().into()));
    db.all(statement.scope(scope, OF_VENDOR)).await
}

/// Deletes reports that are held, and only those. Unscoped: they are nobody's yet.
pub(crate) fn deleted(ids: &[String]) -> [Statement; 2] {
    let marks = vec!["?"; ids.len().max(1)].join(", ");
    let values = || {
        let given = ids.iter().map(|id| id.as_str().into());
        if ids.is_empty() { vec!["".into()] } else { given.collect() }
    };
    let reports = format!(
        "delete from registration_inventory_report where report_id in ({marks}) \
         and installation_id is null"
    );
    let held =
        format!("delete from registration_inventory_quarantine where report_id in ({marks})");
    [Statement::new(reports).bind_all(values()), Statement::new(held).bind_all(values())]
}

/// How many are held, at most 999. Unscoped: see [`held`].
pub(crate) async fn count(db: &Db) -> Result<i64, Fault> {
    let sql = "select count(*) from (select report_id from registration_inventory_quarantine \
        limit 999) q";
    db.scalar(Statement::new(sql)).await
}

//! The one row that names this installation.

use plugin_api::db::{Db, Sql, Statement, Value};
use plugin_api::{Fault, FaultKind};

/// The id of this installation: the one that is kept or, when there is none yet, `fresh`.
///
/// Unscoped: it belongs to nobody's branch.
pub(crate) async fn keep(db: &Db, fresh: &str, now: i64) -> Result<String, Fault> {
    // Two hosts may start at once on one database: the first row wins.
    let insert = Statement::new(Sql::per(
        "insert into host_installation (slot, installation_id, created_at) values (1, ?, ?) \
         on conflict (slot) do nothing",
        "insert ignore into host_installation (slot, installation_id, created_at) values (1, ?, ?)",
    ));
    db.execute(insert.bind(fresh).bind(now)).await?;
    let rows = db.rows(Statement::new("select installation_id from host_installation")).await?;
    match rows.cells.into_iter().next() {
        Some(Value::Text(id)) => Ok(id),
        _ => Err(Fault::new(FaultKind::Database, "the installation has no id")),
    }
}

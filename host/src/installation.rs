//! The id of this installation, made once and kept in the database: unlock keys name it.

use plugin_api::db::{Sql, Statement};
use plugin_api::{Cx, Fault, FaultKind};

/// Reads the id, or makes it on the first start.
pub(crate) async fn id(cx: &Cx) -> Result<String, Fault> {
    // Two hosts may start at once on one database: the first row wins.
    let insert = Statement::new(Sql::per(
        "insert into host_installation (slot, installation_id, created_at) values (1, ?, ?) \
         on conflict (slot) do nothing",
        "insert ignore into host_installation (slot, installation_id, created_at) values (1, ?, ?)",
    ))
    .bind(cx.fresh_id())
    .bind(cx.now());
    cx.db().execute(insert).await?;
    let rows =
        cx.db().rows(Statement::new("select installation_id from host_installation")).await?;
    match rows.cells.first() {
        Some(plugin_api::db::Value::Text(id)) => Ok(id.clone()),
        _ => Err(Fault::new(FaultKind::Database, "the installation has no id")),
    }
}

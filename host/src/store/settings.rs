//! What administrators set: `host_setting`.
//!
//! Unscoped: settings belong to the installation.

use plugin_api::Fault;
use plugin_api::db::{Db, Sql, Statement};
use serde::Deserialize;
use serde_json::Value as Json;

#[derive(Deserialize)]
struct Row {
    #[serde(with = "plugin_api::db::json")]
    value: Json,
}

/// What was set; none while the default holds.
pub(crate) async fn find(db: &Db, owner: &str, key: &str) -> Result<Option<Json>, Fault> {
    let select = "select value from host_setting where owner = ? and setting_key = ?";
    let row: Option<Row> = db.first(Statement::new(select).bind(owner).bind(key)).await?;
    Ok(row.map(|row| row.value))
}

/// Sets a value.
pub(crate) fn set(owner: &str, key: &str, value: &Json, by: &str, now: i64) -> Statement {
    const INSERT: &str = "insert into host_setting \
         (owner, setting_key, value, updated_at, updated_by) values (?, ?, ?, ?, ?)";
    Statement::new(Sql::per(
        format!(
            "{INSERT} on conflict (owner, setting_key) do update set value = excluded.value, \
             updated_at = excluded.updated_at, updated_by = excluded.updated_by"
        ),
        format!(
            "{INSERT} on duplicate key update value = values(value), \
             updated_at = values(updated_at), updated_by = values(updated_by)"
        ),
    ))
    .bind(owner)
    .bind(key)
    .bind(value.to_string())
    .bind(now)
    .bind(by)
}

/// Goes back to the default, also to a later version's.
pub(crate) fn reset(owner: &str, key: &str) -> Statement {
    Statement::new("delete from host_setting where owner = ? and setting_key = ?")
        .bind(owner)
        .bind(key)
}

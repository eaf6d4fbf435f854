//! Entered unlock keys, and which plugins are switched on.

use std::collections::BTreeMap;

use plugin_api::db::{Audit, Batch, Db, Sql, Statement};
use plugin_api::{Cx, Fault};
use serde::Deserialize;

use crate::vendor::unlock::UnlockKey;

/// Which plugins somebody switched off; all others are on as soon as they are unlocked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Switches(BTreeMap<String, bool>);

impl Switches {
    pub(crate) fn is_on(&self, id: &str) -> bool {
        self.0.get(id).copied().unwrap_or(true)
    }
}

/// The unlock keys that were entered, oldest first.
///
/// Unscoped: plugins belong to the installation, not to a branch.
pub(crate) async fn unlock_tokens(db: &Db) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        token: String,
    }
    let statement = Statement::new("select token from host_unlock order by entered_at, unlock_id");
    Ok(db.all::<Row>(statement).await?.into_iter().map(|row| row.token).collect())
}

/// Which plugins somebody switched on or off.
///
/// Unscoped: plugins belong to the installation, not to a branch.
pub(crate) async fn switches(db: &Db) -> Result<Switches, Fault> {
    #[derive(Deserialize)]
    struct Row {
        plugin_id: String,
        switched_on: bool,
    }
    let statement = Statement::new("select plugin_id, switched_on from host_module");
    let rows = db.all::<Row>(statement).await?;
    Ok(Switches(rows.into_iter().map(|row| (row.plugin_id, row.switched_on)).collect()))
}

/// Keeps an unlock key; the same key again changes nothing.
///
/// Unscoped: plugins belong to the installation, not to a branch.
pub(crate) async fn enter_unlock(
    cx: &Cx,
    key: &UnlockKey,
    token: &str,
    opened: &[String],
) -> Result<(), Fault> {
    let modules = serde_json::to_string(&key.modules)?;
    let insert = Statement::new(Sql::per(
        "insert into host_unlock (unlock_id, token, modules, not_before, expires_at, entered_at) \
         values (?, ?, ?, ?, ?, ?) on conflict (unlock_id) do nothing",
        "insert ignore into host_unlock \
         (unlock_id, token, modules, not_before, expires_at, entered_at) values (?, ?, ?, ?, ?, ?)",
    ))
    .bind(&key.jti)
    .bind(token)
    .bind(modules)
    .bind(key.not_before)
    .bind(key.expires)
    .bind(cx.now());
    let audit = Audit::of("module.unlocked", &key.jti)
        .named(opened.join(", "))
        .after(serde_json::json!({ "modules": key.modules, "expires": key.expires }));
    cx.db().batch(Batch::new().and(insert).audit(audit)).await.map(drop)
}

/// Switches a plugin on or off.
///
/// Unscoped: plugins belong to the installation, not to a branch.
pub(crate) async fn switch(cx: &Cx, id: &str, on: bool) -> Result<(), Fault> {
    let upsert = Statement::new(Sql::per(
        "insert into host_module (plugin_id, switched_on, updated_at) values (?, ?, ?) \
         on conflict (plugin_id) do update set switched_on = excluded.switched_on, \
         updated_at = excluded.updated_at",
        "insert into host_module (plugin_id, switched_on, updated_at) values (?, ?, ?) \
         on duplicate key update switched_on = values(switched_on), updated_at = values(updated_at)",
    ))
    .bind(id)
    .bind(on)
    .bind(cx.now());
    let action = if on { "module.switched_on" } else { "module.switched_off" };
    let audit = Audit::of(action, id).named(id);
    cx.db().batch(Batch::new().and(upsert).audit(audit)).await.map(drop)
}

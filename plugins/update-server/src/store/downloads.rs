//! How much of which file went to whom, per day.

use plugin_api::db::{Db, Sql, Statement};
use plugin_api::time::DAY;
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// The licence of who has none.
pub const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// What was downloaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Amount {
    /// Files that were begun.
    pub downloads: i64,
    /// Bytes that were asked for.
    pub bytes: i64,
}

/// The day of an instant, days since 1970-01-01 UTC.
pub fn day(now: i64) -> i64 {
    now.div_euclid(DAY)
}

/// What a licence downloaded on the day of `now`. Unscoped: who shows its credential asks.
pub async fn of_licence(db: &Db, licence_id: &str, now: i64) -> Result<Amount, Fault> {
    let sql = "select cast(coalesce(sum(downloads), 0) as signed) as downloads, \
         cast(coalesce(sum(bytes), 0) as signed) as bytes \
         from update_server_download where licence_id = ? and day = ?";
    let found = db.first(Statement::new(sql).bind(licence_id).bind(day(now))).await?;
    Ok(found.unwrap_or_default())
}

/// What a licence downloaded from the day of `since` on, within the branch.
pub async fn since(db: &Db, scope: &Scope, licence_id: &str, since: i64) -> Result<Amount, Fault> {
    let sql = "select cast(coalesce(sum(downloads), 0) as signed) as downloads, \
         cast(coalesce(sum(bytes), 0) as signed) as bytes \
         from update_server_download where licence_id = ? and day >= ? and {scope}";
    let statement = Statement::new(sql).bind(licence_id).bind(day(since));
    Ok(db.first(statement.scope(scope, "organisation_id")).await?.unwrap_or_default())
}

/// Adds to what was downloaded of a file. Unscoped: part of a request of a client.
pub fn adding(
    artifact_id: &str,
    (licence_id, organisation_id): (&str, &str),
    amount: Amount,
    now: i64,
) -> Statement {
    let insert = "insert into update_server_download \
         (day, artifact_id, licence_id, organisation_id, downloads, bytes) values (?, ?, ?, ?, ?, ?)";
    let set = |new: fn(&str) -> String| {
        ["downloads", "bytes"].map(|name| format!("{name} = {name} + {}", new(name))).join(", ")
    };
    let sqlite = set(|name| format!("excluded.{name}"));
    let maria = set(|name| format!("values({name})"));
    Statement::new(Sql::per(
        format!("{insert} on conflict (day, artifact_id, licence_id) do update set {sqlite}"),
        format!("{insert} on duplicate key update {maria}"),
    ))
    .bind(day(now))
    .bind(artifact_id)
    .bind(licence_id)
    .bind(organisation_id)
    .bind(amount.downloads)
    .bind(amount.bytes)
}

/// Forgets days before `now` less `keep` days. Unscoped: a job asks.
pub fn forgetting(now: i64, keep: i64) -> Statement {
    Statement::new("delete from update_server_download where day < ?").bind(day(now) - keep)
}

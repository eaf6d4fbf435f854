//! Licences and devices whose computer keys are out and do not count any more.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use plugin_api::time::DAY;
use serde::Deserialize;

/// Most ids a list holds of each kind.
const MOST: i64 = 20_000;

#[derive(Deserialize)]
struct Row {
    id: String,
}

/// Ids of revoked licences a device of which may still trust its computer key at `now`, rising.
///
/// Unscoped: the list is public, and ids tell nothing.
pub async fn licences(db: &Db, now: i64) -> Result<Vec<String>, Fault> {
    let sql = "select l.licence_id as id from license_generator_licence l \
               where l.state_stored = 'revoked' and (l.expires_at is null or l.expires_at > ?) \
               and (exists (select 1 from license_generator_activation a \
               where a.licence_id = l.licence_id \
               and a.last_seen_at + (l.offline_days + 1) * ? > ?) \
               or exists (select 1 from license_generator_seat s \
               where s.licence_id = l.licence_id and s.lease_until >= ?)) \
               order by l.licence_id limit ?";
    ids(db, Statement::new(sql).bind(now).bind(DAY).bind(now).bind(now).bind(MOST)).await
}

/// Ids of activations that were given back and whose computer keys may still be trusted at `now`,
/// rising. An index finds those that were given back: most were not.
///
/// Unscoped: the list is public, and ids tell nothing.
pub async fn activations(db: &Db, now: i64) -> Result<Vec<String>, Fault> {
    let sql = "select a.activation_id as id from license_generator_activation a \
               join license_generator_licence l on l.licence_id = a.licence_id \
               where a.deactivated_at > 0 and a.deactivated_at > ? - (l.offline_days + 1) * ? \
               and (l.expires_at is null or l.expires_at > ?) and l.state_stored <> 'revoked' \
               order by a.activation_id limit ?";
    ids(db, Statement::new(sql).bind(now).bind(DAY).bind(now).bind(MOST)).await
}

async fn ids(db: &Db, statement: Statement) -> Result<Vec<String>, Fault> {
    let rows: Vec<Row> = db.all(statement).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

//! Licences that could not renew themselves, and those whose turn it is.

use plugin_api::db::{Db, Sql, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// How often a renewal is tried by itself.
pub const MOST_ATTEMPTS: i64 = 3;

/// Licences handled in one step of a job.
pub const STEP: u32 = 100;

/// A licence that could not renew itself.
#[derive(Debug, Clone, Deserialize)]
pub struct Failure {
    /// The end it was to be renewed at, unix milliseconds.
    pub ends_at: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// The code of what went wrong.
    pub reason: String,
    /// When, unix milliseconds.
    pub failed_at: i64,
    /// When it is tried again; none when given up.
    pub next_at: Option<i64>,
}

#[derive(Deserialize)]
struct Id {
    licence_id: String,
}

/// Ids of licences, after `after`, that renew themselves and end between `from` and `until`, without
/// those that failed and whose next attempt has not come.
pub async fn turn(
    db: &Db,
    scope: &Scope,
    (from, until, now): (i64, i64, i64),
    after: &str,
) -> Result<Vec<String>, Fault> {
    let sql = "select l.licence_id from license_generator_licence l \
        left join license_generator_renewal_failure f \
          on f.licence_id = l.licence_id and f.ends_at = l.expires_at \
        where l.expires_at between ? and ? and l.renewal = 'automatic' \
        and l.type = 'subscription' and l.state_stored = 'active' and l.licence_id > ? \
        and (f.licence_id is null or f.next_at <= ?) and {scope} order by l.licence_id limit ?";
    let statement = Statement::new(sql).bind(from).bind(until).bind(after).bind(now).bind(STEP);
    ids(db, statement.scope(scope, "l.organisation_id")).await
}

/// Ids of licences, after `after`, whose payment is late, or that are suspended for one.
pub async fn late(db: &Db, scope: &Scope, now: i64, after: &str) -> Result<Vec<String>, Fault> {
    let sql = "select l.licence_id from license_generator_licence l \
        where ((l.due_at < ? and l.paid_at is null and l.state_stored = 'active') \
          or (l.state_stored = 'suspended' and l.suspended_for = 'payment')) \
        and l.licence_id > ? and {scope} order by l.licence_id limit ?";
    let statement = Statement::new(sql).bind(now).bind(after).bind(STEP);
    ids(db, statement.scope(scope, "l.organisation_id")).await
}

/// Ids of the licences of an account, after `after`.
pub async fn of_account(
    db: &Db,
    scope: &Scope,
    account_id: &str,
    after: &str,
) -> Result<Vec<String>, Fault> {
    let sql = "select l.licence_id from license_generator_licence l where l.account_id = ? \
        and l.state_stored <> 'revoked' and l.licence_id > ? and {scope} \
        order by l.licence_id limit ?";
    let statement = Statement::new(sql).bind(account_id).bind(after).bind(STEP);
    ids(db, statement.scope(scope, "l.organisation_id")).await
}

async fn ids(db: &Db, statement: Statement) -> Result<Vec<String>, Fault> {
    let found: Vec<Id> = db.all(statement).await?;
    Ok(found.into_iter().map(|id| id.licence_id).collect())
}

/// What went wrong with the licence, if it is about the end it has.
pub async fn of_licence(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
) -> Result<Option<Failure>, Fault> {
    let sql = "select f.ends_at, f.attempts, f.reason, f.failed_at, f.next_at \
        from license_generator_renewal_failure f \
        join license_generator_licence l on l.licence_id = f.licence_id \
          and l.expires_at = f.ends_at where f.licence_id = ? and {scope}";
    db.first(Statement::new(sql).bind(licence_id).scope(scope, "l.organisation_id")).await
}

/// The statement that notes a failure.
///
/// Unscoped: only the job writes it, about a licence it read.
pub fn noting(licence_id: &str, organisation_id: &str, failure: &Failure) -> Statement {
    let insert = "insert into license_generator_renewal_failure \
        (licence_id, organisation_id, ends_at, attempts, reason, failed_at, next_at) \
        values (?, ?, ?, ?, ?, ?, ?)";
    let columns = ["organisation_id", "ends_at", "attempts", "reason", "failed_at", "next_at"];
    let set = |new: fn(&str) -> String| columns.map(|name| format!("{name} = {}", new(name)));
    let sqlite = set(|name| format!("excluded.{name}")).join(", ");
    let maria = set(|name| format!("values({name})")).join(", ");
    Statement::new(Sql::per(
        format!("{insert} on conflict (licence_id) do update set {sqlite}"),
        format!("{insert} on duplicate key update {maria}"),
    ))
    .bind(licence_id)
    .bind(organisation_id)
    .bind(failure.ends_at)
    .bind(failure.attempts)
    .bind(&failure.reason)
    .bind(failure.failed_at)
    .bind(failure.next_at)
}

/// The statement that forgets a failure.
pub fn forgetting(scope: &Scope, licence_id: &str) -> Statement {
    Statement::new("delete from license_generator_renewal_failure where licence_id = ? and {scope}")
        .bind(licence_id)
        .scope(scope, "organisation_id")
}

//! Rules on who may issue what, and how many each has issued.

use plugin_api::Fault;
use plugin_api::db::{Db, Sql, Statement};
use plugin_api::table::fold;
use serde::Deserialize;

use crate::domain::right::Right;

/// The label of a changed rule: a mismatch means that somebody else changed it.
pub const LABEL: &str = "right";

const SELECT: &str = "select right_id, name, role, branch_id, limits, enabled, version \
    from license_generator_right";

/// The rules that count, in no order.
///
/// Unscoped: the vendor's rules bind whoever is asking.
pub async fn enabled(db: &Db) -> Result<Vec<Right>, Fault> {
    db.all(Statement::new(format!("{SELECT} where enabled = 1"))).await
}

/// A rule.
///
/// Unscoped: rules are the vendor's, and kept by who has the permission.
pub async fn find(db: &Db, right_id: &str) -> Result<Option<Right>, Fault> {
    db.first(Statement::new(format!("{SELECT} where right_id = ?")).bind(right_id)).await
}

/// The node with this id and all above it.
///
/// Unscoped: rules above the caller bind him as well; nothing of them is shown.
pub async fn ancestors(db: &Db, organisation_id: &str) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Node {
        organisation_id: String,
    }
    let sql = "with recursive license_generator_above (organisation_id, parent_id) as ( \
        select organisation_id, parent_id from host_organisations_v1 where organisation_id = ? \
        union all select o.organisation_id, o.parent_id from host_organisations_v1 o \
        join license_generator_above a on a.parent_id = o.organisation_id) \
        select organisation_id from license_generator_above";
    let nodes: Vec<Node> = db.all(Statement::new(sql).bind(organisation_id)).await?;
    Ok(nodes.into_iter().map(|node| node.organisation_id).collect())
}

/// Adds a rule.
///
/// Unscoped: rules are the vendor's.
pub fn insertion(right: &Right, now: i64) -> Result<Statement, Fault> {
    let statement = Statement::new(
        "insert into license_generator_right (right_id, name, name_folded, role, branch_id, \
         limits, enabled, version, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
    );
    Ok(statement
        .bind(&right.right_id)
        .bind(&right.name)
        .bind(fold(&right.name))
        .bind(&right.role)
        .bind(right.branch_id.clone())
        .bind(serde_json::to_string(&right.limits)?)
        .bind(right.enabled)
        .bind(now)
        .bind(now))
}

/// Writes a rule in place of the version it was read as.
///
/// Unscoped: rules are the vendor's.
pub fn replacement(right: &Right, now: i64) -> Result<Statement, Fault> {
    let statement = Statement::new(
        "update license_generator_right set name = ?, name_folded = ?, role = ?, branch_id = ?, \
         limits = ?, enabled = ?, updated_at = ?, version = version + 1 \
         where right_id = ? and version = ?",
    );
    Ok(statement
        .bind(&right.name)
        .bind(fold(&right.name))
        .bind(&right.role)
        .bind(right.branch_id.clone())
        .bind(serde_json::to_string(&right.limits)?)
        .bind(right.enabled)
        .bind(now)
        .bind(&right.right_id)
        .bind(right.version)
        .expect_rows(1)
        .label(LABEL))
}

/// Deletes a rule as it was read, and then what was counted under it.
///
/// Unscoped: rules are the vendor's.
pub fn removal(right: &Right) -> [Statement; 2] {
    [
        Statement::new("delete from license_generator_right where right_id = ? and version = ?")
            .bind(&right.right_id)
            .bind(right.version)
            .expect_rows(1)
            .label(LABEL),
        Statement::new("delete from license_generator_quota where right_id = ?")
            .bind(&right.right_id),
    ]
}

/// What counts the licences of one person or organisation in one period under one rule.
#[derive(Debug, Clone)]
pub struct Counter {
    /// The rule.
    pub right_id: String,
    /// Who is counted.
    pub subject: String,
    /// The period, as [`Within::period`](crate::domain::right::Within::period) names it.
    pub period: String,
}

impl Counter {
    fn name(&self, sql: &'static str) -> Statement {
        self.key(Statement::new(sql))
    }

    fn key(&self, statement: Statement) -> Statement {
        statement.bind(&self.right_id).bind(&self.subject).bind(&self.period)
    }
}

/// How many it counts.
///
/// Unscoped: names its row by itself.
pub async fn counted(db: &Db, counter: &Counter) -> Result<i64, Fault> {
    let sql = "select coalesce(max(issued), 0) from license_generator_quota \
        where right_id = ? and subject = ? and period = ?";
    db.scalar(counter.name(sql)).await
}

/// Counts `n` more unless they would be more than `most`; answers whether they were counted. One
/// conditional statement decides, so that two at once never go over it.
///
/// Unscoped: names its row by itself.
pub async fn claim(db: &Db, counter: &Counter, n: i64, most: i64) -> Result<bool, Fault> {
    let sql = "update license_generator_quota set issued = issued + ? \
        where right_id = ? and subject = ? and period = ? and issued + ? <= ?";
    let more = || counter.key(Statement::new(sql).bind(n)).bind(n).bind(most);
    if db.execute(more()).await? == 1 {
        return Ok(true);
    }
    if n > most {
        return Ok(false);
    }
    let first = "into license_generator_quota (right_id, subject, period, issued) \
        values (?, ?, ?, 0)";
    let first = Sql::per(format!("insert or ignore {first}"), format!("insert ignore {first}"));
    if db.execute(counter.key(Statement::new(first))).await? == 1 {
        db.execute(bygone(counter)).await?;
    }
    Ok(db.execute(more()).await? == 1)
}

/// Takes back what [`claim`] counted.
///
/// Unscoped: names its row by itself.
pub async fn release(db: &Db, counter: &Counter, n: i64) -> Result<(), Fault> {
    let sql = "update license_generator_quota set issued = issued - ? \
        where right_id = ? and subject = ? and period = ?";
    db.execute(counter.key(Statement::new(sql).bind(n))).await.map(drop)
}

/// Forgets the days or months before this one: nobody asks for them.
fn bygone(counter: &Counter) -> Statement {
    let kind = counter.period.get(..1).unwrap_or_default();
    Statement::new(
        "delete from license_generator_quota where right_id = ? and subject = ? \
         and period >= ? and period < ?",
    )
    .bind(&counter.right_id)
    .bind(&counter.subject)
    .bind(kind)
    .bind(&counter.period)
}

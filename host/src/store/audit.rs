//! The audit log, and the chain that shows when a row of it was changed.

use plugin_api::Fault;
use plugin_api::Scope;
use plugin_api::db::{Db, Statement};
use plugin_api::table::fold;
use serde::{Deserialize, Serialize};

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct AuditRow {
    /// Its id, a `UUIDv7`.
    pub audit_id: String,
    /// The branch its object belongs to.
    pub organisation_id: String,
    /// When, unix milliseconds.
    pub at: i64,
    /// `user`, `token`, `job` or `anonymous`.
    pub actor_kind: String,
    /// Who: an id, or the name of a job.
    pub actor_id: String,
    /// What he is called; empty once erased.
    pub actor_name: String,
    /// From where; empty once erased.
    pub address: String,
    /// Which plugin, or `host`.
    pub plugin: String,
    /// What: `noun.past_participle`.
    pub action: String,
    /// To what.
    pub object_id: String,
    /// What people call that; empty once erased.
    pub object_name: String,
    /// The request that did it.
    pub request_id: String,
    /// Before and after, as JSON; empty once erased.
    pub content: String,
    /// 128 random bits, hexadecimal; none once erased.
    pub salt: Option<String>,
    /// SHA-256 of salt and content, hexadecimal.
    pub digest: String,
    /// Its place in the chain, from 1; none until sealed.
    pub chain_no: Option<i64>,
    /// Links it to the row before, hexadecimal.
    pub chain_hash: Option<String>,
}

/// Every column, in the order of [`AuditRow`].
const COLUMNS: &str = "audit_id, organisation_id, at, actor_kind, actor_id, actor_name, address, \
     plugin, action, object_id, object_name, request_id, content, salt, digest, chain_no, \
     chain_hash";

/// Adds an unsealed row.
pub fn insertion(row: &AuditRow) -> Statement {
    // What searches compare stands beside the row and is no part of the chain.
    let sql = format!(
        "insert into host_audit ({COLUMNS}, actor_folded, object_folded) \
         values ({}, null, null, ?, ?)",
        ["?"; 15].join(", ")
    );
    Statement::new(sql)
        .bind(&row.audit_id)
        .bind(&row.organisation_id)
        .bind(row.at)
        .bind(&row.actor_kind)
        .bind(&row.actor_id)
        .bind(&row.actor_name)
        .bind(&row.address)
        .bind(&row.plugin)
        .bind(&row.action)
        .bind(&row.object_id)
        .bind(&row.object_name)
        .bind(&row.request_id)
        .bind(&row.content)
        .bind(row.salt.clone())
        .bind(&row.digest)
        .bind(fold(&row.actor_name))
        .bind(fold(&row.object_name))
        .label("audit")
}

/// The row `id`.
pub async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<AuditRow>, Fault> {
    let sql = format!("select {COLUMNS} from host_audit where audit_id = ? and {{scope}}");
    db.first(Statement::new(sql).bind(id).scope(scope, "organisation_id")).await
}

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Head {
    /// How many rows are sealed.
    pub chain_no: i64,
    /// The hash of the last of them, hexadecimal.
    pub chain_hash: String,
    /// When that was, unix milliseconds.
    pub sealed_at: i64,
}

/// The end of the chain. Unscoped: the chain runs through all branches.
pub async fn head(db: &Db) -> Result<Head, Fault> {
    let sql = "select chain_no, chain_hash, sealed_at from host_audit_head where head_id = 1";
    let head = db.first(Statement::new(sql)).await?;
    head.ok_or_else(|| Fault::internal("the audit chain has no head"))
}

/// The oldest rows that are not sealed yet. Unscoped: the chain runs through all branches.
pub async fn unsealed(db: &Db, limit: u32) -> Result<Vec<AuditRow>, Fault> {
    let sql = format!(
        "select {COLUMNS} from host_audit where chain_no is null order by at, audit_id limit {limit}"
    );
    db.all(Statement::new(sql)).await
}

/// Moves the end of the chain, unless somebody else has.
pub fn advance(from: &Head, to: &Head) -> Statement {
    Statement::new(
        "update host_audit_head set chain_no = ?, chain_hash = ?, sealed_at = ? \
         where head_id = 1 and chain_no = ? and chain_hash = ?",
    )
    .bind(to.chain_no)
    .bind(&to.chain_hash)
    .bind(to.sealed_at)
    .bind(from.chain_no)
    .bind(&from.chain_hash)
    .expect_rows(1)
    .label("head")
}

/// Gives an unsealed row its place in the chain.
pub fn seal(audit_id: &str, chain_no: i64, chain_hash: &str) -> Statement {
    Statement::new(
        "update host_audit set chain_no = ?, chain_hash = ? \
         where audit_id = ? and chain_no is null",
    )
    .bind(chain_no)
    .bind(chain_hash)
    .bind(audit_id)
    .expect_rows(1)
    .label("seal")
}

/// Calls `each` for every sealed row in the order of the chain. Unscoped: as [`head`].
pub async fn sealed(
    db: &Db,
    each: impl FnMut(AuditRow) -> Result<(), Fault> + Send,
) -> Result<(), Fault> {
    let sql =
        format!("select {COLUMNS} from host_audit where chain_no is not null order by chain_no");
    db.for_each(Statement::new(sql), each).await
}

/// How many rows there are. Unscoped: as [`head`].
pub async fn count(db: &Db) -> Result<i64, Fault> {
    db.scalar(Statement::new("select count(*) from host_audit")).await
}

/// Blanks what the rows of one node say of people.
pub fn erasure_of(scope: &Scope, organisation_id: &str) -> Statement {
    Statement::new(
        "update host_audit set actor_name = '', actor_folded = '', address = '', \
           object_name = '', object_folded = '', content = '', salt = null \
         where organisation_id = ? and {scope}",
    )
    .bind(organisation_id)
    .scope(scope, "organisation_id")
}

/// The rows of one node, oldest first, some thousands when there are more.
pub async fn of_organisation(
    db: &Db,
    scope: &Scope,
    organisation_id: &str,
) -> Result<Vec<AuditRow>, Fault> {
    let sql = format!(
        "select {COLUMNS} from host_audit where organisation_id = ? and {{scope}} \
         order by at, audit_id limit 10000"
    );
    let statement = Statement::new(sql).bind(organisation_id);
    db.all(statement.scope(scope, "organisation_id")).await
}

/// Calls `each` for every row, oldest first. Unscoped: as [`head`].
pub async fn every(
    db: &Db,
    each: impl FnMut(AuditRow) -> Result<(), Fault> + Send,
) -> Result<(), Fault> {
    let sql = format!("select {COLUMNS} from host_audit order by at, audit_id");
    db.for_each(Statement::new(sql), each).await
}

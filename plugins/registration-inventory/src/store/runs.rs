//! Runs that give licences to many installations: the run, its installations, and how far it is.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// Label of the statement that moves a run on; a mismatch says that somebody else did.
pub(crate) const RUN: &str = "run";
/// Rows written with one statement.
const TOGETHER: usize = 50;

/// A run.
#[derive(Debug, Clone, Default, Deserialize)]
#[expect(clippy::struct_field_names, reason = "as its column is called")]
pub(crate) struct Run {
    pub(crate) run_id: String,
    pub(crate) organisation_id: String,
    /// Unix milliseconds.
    pub(crate) created_at: i64,
    pub(crate) created_by: String,
    /// `preview`, `running`, `done`, `stopped`.
    pub(crate) state: String,
    /// JSON.
    pub(crate) terms: String,
    /// Licences it is about, done or failed in the end.
    pub(crate) total: i64,
    pub(crate) done: i64,
    pub(crate) failed: i64,
    /// Unix milliseconds.
    pub(crate) ended_at: Option<i64>,
    pub(crate) job_id: String,
    /// Who confirmed it, kept.
    pub(crate) caller: String,
}

/// An installation of a run.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Item {
    pub(crate) installation_id: String,
    /// Empty when it belongs to nobody.
    pub(crate) account_id: String,
    /// Empty when nobody said.
    pub(crate) product_code: String,
    /// Why it is left out; empty for none.
    pub(crate) problem: String,
}

/// Installations of one customer and product that wait for a licence.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Group {
    pub(crate) account_id: String,
    /// What the customer is called.
    pub(crate) customer: String,
    pub(crate) product_code: String,
    /// How many installations.
    pub(crate) n: i64,
}

/// The statement that writes a new run. Unscoped: it belongs to the organisation of who writes it.
pub(crate) fn inserted(run: &Run) -> Statement {
    Statement::new(
        "insert into registration_inventory_run (run_id, organisation_id, created_at, created_by, \
         state, terms, total, job_id, caller) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&run.run_id)
    .bind(&run.organisation_id)
    .bind(run.created_at)
    .bind(&run.created_by)
    .bind(&run.state)
    .bind(&run.terms)
    .bind(run.total)
    .bind(&run.job_id)
    .bind(&run.caller)
}

/// The statements that write its installations; those with a problem are over already. Unscoped: they
/// were found in the caller's branch before.
pub(crate) fn items(run_id: &str, items: &[Item], now: i64) -> Vec<Statement> {
    let rows = |items: &[Item]| {
        let marks = vec!["(?, ?, ?, ?, ?, '', ?)"; items.len()].join(", ");
        let sql = format!(
            "insert into registration_inventory_run_item (run_id, installation_id, account_id, \
             product_code, problem, detail, done_at) values {marks}"
        );
        items.iter().fold(Statement::new(sql), |statement, item| {
            statement
                .bind(run_id)
                .bind(&item.installation_id)
                .bind(&item.account_id)
                .bind(&item.product_code)
                .bind(&item.problem)
                .bind((!item.problem.is_empty()).then_some(now))
        })
    };
    items.chunks(TOGETHER).map(rows).collect()
}

/// A run by id.
pub(crate) async fn get(db: &Db, scope: &Scope, run_id: &str) -> Result<Option<Run>, Fault> {
    let sql = "select run_id, organisation_id, created_at, created_by, state, terms, total, done, \
        failed, ended_at, job_id, caller from registration_inventory_run \
        where run_id = ? and {scope}";
    db.first(Statement::new(sql).bind(run_id).scope(scope, "organisation_id")).await
}

/// What waits in a run, by customer and product. Unscoped: the run was found in the caller's branch
/// before.
pub(crate) async fn groups(db: &Db, run_id: &str) -> Result<Vec<Group>, Fault> {
    let sql = "select r.account_id, max(coalesce(c.name, '')) as customer, r.product_code, \
        count(*) as n from registration_inventory_run_item r \
        left join customer_accounts_v1 c on c.account_id = r.account_id \
        where r.run_id = ? and r.done_at is null \
        group by r.account_id, r.product_code order by customer, r.account_id, r.product_code";
    db.all(Statement::new(sql).bind(run_id)).await
}

/// The first installations that wait in a run, of one customer and product. Unscoped: the run was
/// found in the caller's branch before.
pub(crate) async fn next(db: &Db, run_id: &str, most: i64) -> Result<Vec<Item>, Fault> {
    let sql = "select installation_id, account_id, product_code, problem \
        from registration_inventory_run_item where run_id = ? and done_at is null \
        order by account_id, product_code, installation_id limit ?";
    let items: Vec<Item> = db.all(Statement::new(sql).bind(run_id).bind(most)).await?;
    let first = items.first().cloned().unwrap_or_default();
    let alike = |item: &Item| {
        item.account_id == first.account_id && item.product_code == first.product_code
    };
    Ok(items.into_iter().take_while(alike).collect())
}

/// The statement that leaves out what waits of a customer and product. Unscoped: as [`next`].
pub(crate) fn refused(run_id: &str, group: &Group, why: &str, now: i64) -> Statement {
    Statement::new(
        "update registration_inventory_run_item set problem = 'refused', detail = ?, done_at = ? \
         where run_id = ? and account_id = ? and product_code = ? and done_at is null",
    )
    .bind(why)
    .bind(now)
    .bind(run_id)
    .bind(&group.account_id)
    .bind(&group.product_code)
}

/// What became of installations of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome<'a> {
    /// The licence they got; none when there is none.
    pub(crate) licence_id: Option<&'a str>,
    /// Why there is none.
    pub(crate) problem: &'a str,
    /// What was said then.
    pub(crate) detail: &'a str,
}

/// The statements that note it; a mismatch of [`RUN`] says that another job did. Unscoped: as
/// [`next`].
pub(crate) fn noted(run_id: &str, ids: &[&str], of: Outcome<'_>, now: i64) -> Vec<Statement> {
    let one = |ids: &[&str]| {
        let marks = vec!["?"; ids.len()].join(", ");
        let sql = format!(
            "update registration_inventory_run_item set licence_id = ?, problem = ?, detail = ?, \
             done_at = ? where run_id = ? and installation_id in ({marks}) and done_at is null"
        );
        Statement::new(sql)
            .bind(of.licence_id)
            .bind(of.problem)
            .bind(of.detail)
            .bind(now)
            .bind(run_id)
            .bind_all(ids.iter().map(|id| (*id).into()))
            .expect_rows(ids.len() as u64)
            .label(RUN)
    };
    ids.chunks(TOGETHER).map(one).collect()
}

/// The statement that counts a licence that was issued, or was not, for the job `job_id`. Unscoped:
/// only the job of the run writes it.
pub(crate) fn advanced(run: &Run, is_done: bool) -> Statement {
    Statement::new(
        "update registration_inventory_run set done = done + ?, failed = failed + ? \
         where run_id = ? and state = 'running' and job_id = ?",
    )
    .bind(i64::from(is_done))
    .bind(i64::from(!is_done))
    .bind(&run.run_id)
    .bind(&run.job_id)
    .expect_rows(1)
    .label(RUN)
}

/// The statement that puts `to` in the place of `run`, unless somebody was faster.
pub(crate) fn moved(scope: &Scope, run: &Run, to: &Run) -> Statement {
    Statement::new(
        "update registration_inventory_run set state = ?, terms = ?, total = ?, ended_at = ?, \
         job_id = ?, caller = ? where run_id = ? and state = ? and job_id = ? and {scope}",
    )
    .bind(&to.state)
    .bind(&to.terms)
    .bind(to.total)
    .bind(to.ended_at)
    .bind(&to.job_id)
    .bind(&to.caller)
    .bind(&run.run_id)
    .bind(&run.state)
    .bind(&run.job_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(RUN)
}

/// Runs nobody confirmed since `before`. Unscoped: the job that tidies up asks.
pub(crate) async fn forgotten(db: &Db, before: i64) -> Result<Vec<Run>, Fault> {
    let sql = "select run_id, organisation_id, created_at, created_by, state, terms, total, done, \
        failed, ended_at, job_id, caller from registration_inventory_run \
        where state = 'preview' and created_at < ? limit 100";
    db.all(Statement::new(sql).bind(before)).await
}

/// The statements that forget a run nobody confirmed. Unscoped: as [`forgotten`].
pub(crate) fn forget(run: &Run) -> [Statement; 2] {
    let sql = "delete from registration_inventory_run where run_id = ? and state = 'preview'";
    let items = "delete from registration_inventory_run_item where run_id = ?";
    [
        Statement::new(sql).bind(&run.run_id).expect_rows(1).label(RUN),
        Statement::new(items).bind(&run.run_id),
    ]
}

/// The node above that of a customer, if a reseller's or an agent's; with its name.
///
/// Unscoped: who is told is asked as the caller.
pub(crate) async fn seller(db: &Db, organisation_id: &str) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        parent_id: Option<String>,
    }
    let sql = "select parent_id from host_organisations_v1 \
        where organisation_id = ? and parent_kind <> 'vendor'";
    let row: Option<Row> = db.first(Statement::new(sql).bind(organisation_id)).await?;
    Ok(row.and_then(|row| row.parent_id))
}

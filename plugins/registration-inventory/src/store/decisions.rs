//! What people decided about installations, as it was before and as they left it.

use plugin_api::db::{Db, Sql, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Deserializer, Serialize};

pub(crate) use crate::receive::VENDOR;

/// The label of statements that find installations no longer as they were.
pub(crate) const CHANGED: &str = "installation_changed";

/// What people decide about an installation, as it is kept for their undoing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Standing {
    /// `pending`, `assigned`, `statistics`, `ignored`.
    pub(crate) state: String,
    /// Whose rows it is among.
    pub(crate) organisation_id: String,
    /// The customer.
    pub(crate) account_id: Option<String>,
    /// A product other than that of its software.
    pub(crate) product_code: Option<String>,
    /// The licence.
    pub(crate) licence_id: Option<String>,
    /// Whether its next report is told of it.
    #[serde(deserialize_with = "truth")]
    pub(crate) licence_offered: bool,
}

/// Reads what JSON writes as a truth value and a database, when read into a part, as a number.
fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Truth {
        Said(bool),
        Stored(i64),
    }
    Ok(match Truth::deserialize(deserializer)? {
        Truth::Said(is) => is,
        Truth::Stored(n) => n != 0,
    })
}

/// An installation and where it stands.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Found {
    /// Its id.
    pub(crate) installation_id: String,
    #[serde(flatten)]
    pub(crate) standing: Standing,
}

/// A decision.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Row {
    pub(crate) decision_id: String,
    pub(crate) organisation_id: String,
    pub(crate) kind: String,
    pub(crate) summary: String,
    pub(crate) undone_at: Option<i64>,
    /// Who decided, by name.
    pub(crate) actor: String,
    /// When.
    pub(crate) at: i64,
    /// Who took it back, by name; empty for nobody.
    pub(crate) undone_by: String,
}

/// An installation of a decision, before and after.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Decided {
    pub(crate) installation_id: String,
    pub(crate) before_state: String,
    pub(crate) after_state: String,
}

/// A decision with who made it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Told {
    pub(crate) decision_id: String,
    pub(crate) at: i64,
    pub(crate) actor: String,
    pub(crate) kind: String,
    pub(crate) summary: String,
    pub(crate) undone_at: Option<i64>,
}

/// Where these installations of the caller's branch stand; at most 500 ids.
pub(crate) async fn standing(db: &Db, scope: &Scope, ids: &[&str]) -> Result<Vec<Found>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["?"; ids.len()].join(", ");
    let sql = format!(
        "select installation_id, state, organisation_id, account_id, product_code, licence_id, \
         licence_offered = 1 as licence_offered from registration_inventory_installation \
         where installation_id in ({marks}) and {{scope}} order by installation_id"
    );
    let ids = ids.iter().map(|id| (*id).into());
    db.all(Statement::new(sql).bind_all(ids).scope(scope, "organisation_id")).await
}

/// Moves these installations from `before` to `after`; fails unless all of them stand so.
pub(crate) fn moved(scope: &Scope, ids: &[&str], before: &Standing, after: &Standing) -> Statement {
    let marks = vec!["?"; ids.len()].join(", ");
    let sql = format!(
        "update registration_inventory_installation set state = ?, organisation_id = ?, \
         account_id = ?, product_code = ?, licence_id = ?, licence_offered = ? \
         where installation_id in ({marks}) and state = ? and organisation_id = ? \
         and coalesce(account_id, '') = ? and coalesce(product_code, '') = ? \
         and coalesce(licence_id, '') = ? and licence_offered = ? and {{scope}}"
    );
    Statement::new(sql)
        .bind(&after.state)
        .bind(&after.organisation_id)
        .bind(after.account_id.clone())
        .bind(after.product_code.clone())
        .bind(after.licence_id.clone())
        .bind(i64::from(after.licence_offered))
        .bind_all(ids.iter().map(|id| (*id).into()))
        .bind(&before.state)
        .bind(&before.organisation_id)
        .bind(before.account_id.as_deref().unwrap_or_default())
        .bind(before.product_code.as_deref().unwrap_or_default())
        .bind(before.licence_id.as_deref().unwrap_or_default())
        .bind(i64::from(before.licence_offered))
        .scope(scope, "organisation_id")
        .label(CHANGED)
        .expect_rows(u64::try_from(ids.len()).unwrap_or_default())
}

/// Enters a decision, or counts more installations to one that is there. Unscoped: its own row.
pub(crate) fn entered(
    (decision_id, organisation_id): (&str, &str),
    (at, actor): (i64, &str),
    (kind, summary): (&str, &str),
    installations: usize,
) -> Statement {
    let insert = "insert into registration_inventory_decision (decision_id, organisation_id, at, \
        actor, kind, summary, installations) values (?, ?, ?, ?, ?, ?, ?) ";
    let sqlite = format!(
        "{insert} on conflict (decision_id) do update set \
         installations = installations + excluded.installations"
    );
    let mariadb = format!(
        "{insert} on duplicate key update installations = installations + values(installations)"
    );
    Statement::new(Sql::per(sqlite, mariadb))
        .bind(decision_id)
        .bind(organisation_id)
        .bind(at)
        .bind(actor)
        .bind(kind)
        .bind(summary)
        .bind(i64::try_from(installations).unwrap_or_default())
}

/// Keeps what an installation was and became. Unscoped: of a decision that is being written.
pub(crate) fn kept(decision_id: &str, id: &str, before: &str, after: &str) -> Statement {
    Statement::new(
        "insert into registration_inventory_decided (decision_id, installation_id, before_state, \
         after_state) values (?, ?, ?, ?)",
    )
    .bind(decision_id)
    .bind(id)
    .bind(before)
    .bind(after)
}

/// A decision of the caller's branch.
pub(crate) async fn by_id(db: &Db, scope: &Scope, id: &str) -> Result<Option<Row>, Fault> {
    let sql = "select decision_id, organisation_id, kind, summary, actor, at, undone_at, undone_by \
        from registration_inventory_decision where decision_id = ? and {scope}";
    db.first(Statement::new(sql).bind(id).scope(scope, "organisation_id")).await
}

/// Installations of a decision behind `after`, at most `limit`. Unscoped: whoever found the decision
/// in his branch made it.
pub(crate) async fn decided(
    db: &Db,
    decision_id: &str,
    after: &str,
    limit: usize,
) -> Result<Vec<Decided>, Fault> {
    let sql = "select installation_id, before_state, after_state \
        from registration_inventory_decided where decision_id = ? and installation_id > ? \
        order by installation_id limit ?";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.all(Statement::new(sql).bind(decision_id).bind(after).bind(limit)).await
}

/// Marks a decision as undone; changes no row when it is already.
pub(crate) fn undone(scope: &Scope, id: &str, at: i64, by: &str) -> Statement {
    Statement::new(
        "update registration_inventory_decision set undone_at = ?, undone_by = ? \
         where decision_id = ? and undone_at is null and {scope}",
    )
    .bind(at)
    .bind(by)
    .bind(id)
    .scope(scope, "organisation_id")
}

/// The decisions about an installation that the caller may see, newest first, at most 50.
pub(crate) async fn of_installation(
    db: &Db,
    scope: &Scope,
    installation_id: &str,
) -> Result<Vec<Told>, Fault> {
    let sql = "select d.decision_id, d.at, d.actor, d.kind, d.summary, d.undone_at \
        from registration_inventory_decided e \
        join registration_inventory_decision d on d.decision_id = e.decision_id \
        where e.installation_id = ? and {scope} order by d.at desc, d.decision_id desc limit 50";
    db.all(Statement::new(sql).bind(installation_id).scope(scope, "d.organisation_id")).await
}

/// How many installations of the caller's branch wait for a decision, at most `cap`.
pub(crate) async fn waiting(db: &Db, scope: &Scope, cap: i64) -> Result<i64, Fault> {
    let sql = "select count(*) from (select installation_id \
        from registration_inventory_installation where state = 'pending' and {scope} limit ?) i";
    db.scalar(Statement::new(sql).bind(cap).scope(scope, "organisation_id")).await
}

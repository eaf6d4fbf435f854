//! Assignment rules, in the order in which each organisation asks them.

use plugin_api::db::{Db, Statement, Value};
use plugin_api::{Fault, Scope};

use crate::domain::is_id;
use crate::rules::{Place, Rule};

/// The label of the statements: a mismatch means that somebody else changed the rule.
pub const LABEL: &str = "rule";

const SELECT: &str = "select u.rule_id, u.organisation_id, u.position, u.name, u.reseller_code, \
    u.provinces, u.country, u.products, u.receiver_id, u.enabled, u.version, \
    coalesce(o.name, '') as organisation, coalesce(v.name, '') as receiver \
    from customer_accounts_rule u \
    left join host_organisations_v1 o on o.organisation_id = u.organisation_id \
    left join host_organisations_v1 v on v.organisation_id = u.receiver_id";

/// The rules of the branch, those of each organisation together and in their order, at most `limit`.
pub async fn all(db: &Db, scope: &Scope, limit: u32) -> Result<Vec<Rule>, Fault> {
    let select = format!(
        "{SELECT} where {{scope}} order by o.name_folded, u.organisation_id, u.position, u.rule_id \
         limit ?"
    );
    db.all(Statement::new(select).bind(limit).scope(scope, "u.organisation_id")).await
}

/// The rule with this id, when it lies in the branch.
pub async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<Rule>, Fault> {
    if !is_id(id) {
        return Ok(None);
    }
    let select = format!("{SELECT} where u.rule_id = ? and {{scope}}");
    db.first(Statement::new(select).bind(id).scope(scope, "u.organisation_id")).await
}

/// Adds a rule after the others of its organisation.
///
/// Unscoped: the organisation is the caller's own.
pub fn insertion(rule: &Rule, now: i64) -> Statement {
    let columns = columns(rule);
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    Statement::new(format!(
        "insert into customer_accounts_rule \
         (rule_id, organisation_id, position, version, created_at, updated_at, {}) \
         select ?, ?, coalesce(max(position), 0) + 1, 1, ?, ?{} \
         from customer_accounts_rule where organisation_id = ?",
        names.join(", "),
        ", ?".repeat(columns.len()),
    ))
    .bind(&rule.rule_id)
    .bind(&rule.organisation_id)
    .bind(now)
    .bind(now)
    .bind_all(columns.into_iter().map(|(_, value)| value))
    .bind(&rule.organisation_id)
}

/// Writes a rule in place of the version it was read as.
pub fn replacement(scope: &Scope, rule: &Rule, now: i64) -> Statement {
    let columns = columns(rule);
    let set: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    Statement::new(format!(
        "update customer_accounts_rule set {} = ?, position = ?, updated_at = ?, \
         version = version + 1 where rule_id = ? and version = ? and {{scope}}",
        set.join(" = ?, ")
    ))
    .bind_all(columns.into_iter().map(|(_, value)| value))
    .bind(rule.position)
    .bind(now)
    .bind(&rule.rule_id)
    .bind(rule.version)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(LABEL)
}

/// Deletes a rule as it was read.
pub fn removal(scope: &Scope, rule: &Rule) -> Statement {
    Statement::new(
        "delete from customer_accounts_rule where rule_id = ? and version = ? and {scope}",
    )
    .bind(&rule.rule_id)
    .bind(rule.version)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(LABEL)
}

fn columns(rule: &Rule) -> [(&'static str, Value); 7] {
    [
        ("name", (&rule.name).into()),
        ("reseller_code", (&rule.reseller_code).into()),
        ("provinces", (&rule.provinces).into()),
        ("country", (&rule.country).into()),
        ("products", (&rule.products).into()),
        ("receiver_id", (&rule.receiver_id).into()),
        ("enabled", rule.is_enabled().into()),
    ]
}

/// Every node that may receive.
///
/// Unscoped: the rules above the caller decide as well; what he is shown lies in his branch.
pub async fn places(db: &Db) -> Result<Vec<Place>, Fault> {
    db.all(Statement::new(
        "select organisation_id, parent_id, name from host_organisations_v1 \
         where kind <> 'customer' order by organisation_id",
    ))
    .await
}

//! Software by the names it reports itself with, and the rules of its versions.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::OF_VENDOR;

/// A name of software.
#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::struct_field_names, reason = "as its column is called")]
pub(crate) struct Software {
    pub(crate) software_id: String,
    pub(crate) name: String,
    pub(crate) product_code: Option<String>,
    pub(crate) note: String,
    pub(crate) first_seen_at: i64,
}

/// Versions of a name that are another product.
#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::struct_field_names, reason = "as its column is called")]
pub(crate) struct Rule {
    pub(crate) rule_id: String,
    pub(crate) from_version: String,
    pub(crate) from_order: String,
    pub(crate) to_version: String,
    pub(crate) to_order: String,
    pub(crate) product_code: String,
}

impl Rule {
    /// Whether it says something of a version with this order.
    pub(crate) fn holds(&self, order: &str) -> bool {
        (self.from_version.is_empty() || self.from_order.as_str() <= order)
            && (self.to_version.is_empty() || order <= self.to_order.as_str())
    }

    /// Whether some version lies in both.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let before = |to: &Self, from: &Self| {
            !to.to_version.is_empty()
                && !from.from_version.is_empty()
                && to.to_order < from.from_order
        };
        !before(self, other) && !before(other, self)
    }
}

/// An installation and its version.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Versioned {
    pub(crate) installation_id: String,
    pub(crate) version_order: String,
    pub(crate) product_code: Option<String>,
}

/// A name by id. They are nobody's: who sees the vendor's node sees all of them.
pub(crate) async fn by_id(db: &Db, scope: &Scope, id: &str) -> Result<Option<Software>, Fault> {
    let sql = "select software_id, name, product_code, note, first_seen_at \
        from registration_inventory_software where software_id = ? and {scope}";
    db.first(Statement::new(sql).bind(id).scope(scope, OF_VENDOR)).await
}

/// The rules of a name, by version. Unscoped: see [`by_id`].
pub(crate) async fn rules(db: &Db, software_id: &str) -> Result<Vec<Rule>, Fault> {
    let sql = "select rule_id, from_version, from_order, to_version, to_order, product_code \
        from registration_inventory_version_rule where software_id = ? \
        order by from_order, rule_id";
    db.all(Statement::new(sql).bind(software_id)).await
}

/// Says what product a name is, if it is still said to be `now`. Unscoped: see [`by_id`].
pub(crate) fn product_if(
    id: &str,
    now: Option<&str>,
    product: Option<&str>,
    (at, by): (i64, &str),
) -> Statement {
    Statement::new(
        "update registration_inventory_software set product_code = ?, decided_at = ?, \
         decided_by = ? where software_id = ? and coalesce(product_code, '') = ?",
    )
    .bind(product.map(str::to_owned))
    .bind(at)
    .bind(by)
    .bind(id)
    .bind(now.unwrap_or_default())
}

/// Keeps a note about a name. Unscoped: see [`by_id`].
pub(crate) fn noted(id: &str, note: &str) -> Statement {
    Statement::new("update registration_inventory_software set note = ? where software_id = ?")
        .bind(note)
        .bind(id)
}

/// Adds a rule. Unscoped: see [`by_id`].
pub(crate) fn ruled(software_id: &str, rule: &Rule, at: i64) -> Statement {
    Statement::new(
        "insert into registration_inventory_version_rule (rule_id, software_id, from_version, \
         from_order, to_version, to_order, product_code, created_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&rule.rule_id)
    .bind(software_id)
    .bind(&rule.from_version)
    .bind(&rule.from_order)
    .bind(&rule.to_version)
    .bind(&rule.to_order)
    .bind(&rule.product_code)
    .bind(at)
}

/// Removes a rule. Unscoped: see [`by_id`].
pub(crate) fn unruled(software_id: &str, rule_id: &str) -> Statement {
    Statement::new(
        "delete from registration_inventory_version_rule where rule_id = ? and software_id = ?",
    )
    .bind(rule_id)
    .bind(software_id)
}

/// Installations of a name behind `after`. Unscoped: a rule is applied to all of a name.
pub(crate) async fn installations(
    db: &Db,
    software_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<Versioned>, Fault> {
    let sql = "select installation_id, version_order, product_code from registration_inventory_installation \
        where software_id = ? and installation_id > ? order by installation_id limit ?";
    db.all(Statement::new(sql).bind(software_id).bind(after).bind(limit)).await
}

/// How many installations a name has. Unscoped: see [`by_id`].
pub(crate) fn counted(software_id: &str) -> Statement {
    Statement::new("select count(*) from registration_inventory_installation where software_id = ?")
        .bind(software_id)
}

//! What figures are asked for by name: nodes of the organisation tree, software and its products.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// How many nodes, and names of software, a chooser offers.
const OFFERED: u32 = 500;

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Node {
    /// Its id.
    pub organisation_id: String,
    /// What people call it.
    pub name: String,
}

const SELECT: &str = "select organisation_id, name from host_organisations_v1 where {scope}";

/// The nodes of the branch that are no customers, by name.
pub async fn offered(db: &Db, scope: &Scope) -> Result<Vec<Node>, Fault> {
    let sql =
        format!("{SELECT} and kind <> 'customer' order by name_folded, organisation_id limit ?");
    db.all(Statement::new(sql).bind(OFFERED).scope(scope, "organisation_id")).await
}

/// A node of the branch, a customer too.
pub async fn node(db: &Db, scope: &Scope, id: &str) -> Result<Option<Node>, Fault> {
    // Other letters are none of an id's, and MariaDB does not compare them with one.
    if !id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') {
        return Ok(None);
    }
    let sql = format!("{SELECT} and organisation_id = ?");
    db.first(Statement::new(sql).bind(id).scope(scope, "organisation_id")).await
}

/// Software by the name it reports itself with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Software {
    /// Its id.
    pub software_id: String,
    /// Its name.
    pub name: String,
}

/// The software that most installations of the branch are of.
pub async fn most(db: &Db, scope: &Scope) -> Result<Vec<Software>, Fault> {
    let sql = "select t.software_id, s.name from registration_inventory_tally t \
        join registration_inventory_software s on s.software_id = t.software_id \
        where t.state <> 'ignored' and {scope} group by t.software_id, s.name \
        having sum(t.installations) > 0 \
        order by sum(t.installations) desc, t.software_id limit ?";
    db.all(Statement::new(sql).bind(OFFERED).scope_of_many(scope, "t.organisation_id")).await
}

/// Software of which there are installations in the branch.
pub async fn software(db: &Db, scope: &Scope, id: &str) -> Result<Option<Software>, Fault> {
    if !id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') {
        return Ok(None);
    }
    let sql = "select s.software_id, s.name from registration_inventory_software s \
        where s.software_id = ? and exists (select 1 from registration_inventory_tally t \
        where t.software_id = s.software_id and {scope})";
    db.first(Statement::new(sql).bind(id).scope(scope, "t.organisation_id")).await
}

/// Versions of software from one on up to another that are a product of their own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rule {
    /// The software.
    pub software_id: String,
    /// The first version, to compare; empty for open.
    pub from_order: String,
    /// The last, to compare; empty for open.
    pub to_order: String,
    /// The product.
    pub product_code: String,
}

/// What people said versions are, newest rule first.
///
/// Unscoped: names are the same for everybody.
pub async fn rules(db: &Db) -> Result<Vec<Rule>, Fault> {
    let sql = "select software_id, from_order, to_order, product_code \
        from registration_inventory_version_rule order by rule_id desc";
    db.all(Statement::new(sql)).await
}

//! Nodes of the organisation tree that figures are asked for or told of.

use std::collections::BTreeMap;

use plugin_api::db::{Db, Statement, Value};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// How many nodes a chooser offers.
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

/// What the nodes of these ids are called, as far as they lie in the branch.
pub async fn names(
    db: &Db,
    scope: &Scope,
    ids: &[&str],
) -> Result<BTreeMap<String, String>, Fault> {
    let mut names = BTreeMap::new();
    for ids in ids.chunks(200) {
        let sql = format!("{SELECT} and organisation_id in ({})", vec!["?"; ids.len()].join(", "));
        let statement = Statement::new(sql).bind_all(ids.iter().map(|id| Value::from(*id)));
        let found: Vec<Node> = db.all(statement.scope(scope, "organisation_id")).await?;
        names.extend(found.into_iter().map(|node| (node.organisation_id, node.name)));
    }
    Ok(names)
}

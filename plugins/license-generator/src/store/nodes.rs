//! Nodes of the organisation tree that sell: whom a licence can be sold by and credited to.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// Nodes a chooser offers at most.
pub const OFFERED: u32 = 500;

/// A node that is no customer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Node {
    /// Its id.
    pub organisation_id: String,
    /// What it is called.
    pub name: String,
    /// `vendor`, `reseller`, `sub-company` or `agent`.
    pub kind: String,
}

const SELECT: &str = "select n.organisation_id, n.name, n.kind from host_organisations_v1 n \
    where n.kind <> 'customer'";

/// The nodes of the branch, by name.
pub async fn all(db: &Db, scope: &Scope) -> Result<Vec<Node>, Fault> {
    let sql = format!("{SELECT} and {{scope}} order by n.name_folded, n.organisation_id limit ?");
    db.all(Statement::new(sql).bind(OFFERED).scope(scope, "n.organisation_id")).await
}

/// A node of the branch.
pub async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<Node>, Fault> {
    let sql = format!("{SELECT} and n.organisation_id = ? and {{scope}}");
    db.first(Statement::new(sql).bind(id).scope(scope, "n.organisation_id")).await
}

//! Nodes of the organisation tree a customer may be assigned to, as the host publishes them.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::is_id;

/// How many nodes a chooser offers.
const OFFERED: u32 = 500;

const SELECT: &str = "select organisation_id, kind, name, coalesce(parent_name, '') as parent_name \
    from host_organisations_v1 where kind <> 'customer'";

/// A node that is no customer: the vendor, a reseller, a sub-company, an agent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Node {
    /// Its id.
    pub organisation_id: String,
    /// `vendor`, `reseller`, `sub_company` or `agent`.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// What the node above it is called; empty for the root.
    pub parent_name: String,
}

/// The nodes of the branch, by name.
pub async fn nodes(db: &Db, scope: &Scope) -> Result<Vec<Node>, Fault> {
    let select = format!("{SELECT} and {{scope}} order by name_folded, organisation_id limit ?");
    db.all(Statement::new(select).bind(OFFERED).scope(scope, "organisation_id")).await
}

/// The node with this id, when it lies in the branch and is no customer.
pub async fn node(db: &Db, scope: &Scope, id: &str) -> Result<Option<Node>, Fault> {
    if !is_id(id) {
        return Ok(None);
    }
    let select = format!("{SELECT} and organisation_id = ? and {{scope}}");
    db.first(Statement::new(select).bind(id).scope(scope, "organisation_id")).await
}

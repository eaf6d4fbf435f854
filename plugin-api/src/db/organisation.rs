//! Nodes of the organisation tree that plugins make: what each is, and the statement it becomes in
//! the host and in the test harness alike.

use serde::{Deserialize, Serialize};

use super::Statement;
use crate::Scope;
use crate::table::fold;

/// The label of the statements: a mismatch means that the node lies outside the caller's branch.
const LABEL: &str = "organisation";

/// How long a path may be, bytes: what `MariaDB`'s column holds. It has room for 31 nodes, so below
/// the deepest of 30 organisations a customer still fits.
const LONGEST_PATH: i64 = 1024;

/// How much a node adds to a path: the digits of its id and a slash, bytes.
const STEP: i64 = 33;

/// A node below an existing one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOrganisation {
    /// Id of the new node, UUIDv7.
    pub organisation_id: String,
    /// The node above it, which must lie in the caller's branch.
    pub parent_id: String,
    /// `customer`: the only kind plugins make.
    pub kind: String,
    /// What people call it.
    pub name: String,
}

impl NewOrganisation {
    /// The insertion: its path is made of the parent's as it is stored, so a branch that moves
    /// meanwhile takes the new node along.
    pub fn statement(&self, scope: &Scope, now: i64) -> Statement {
        Statement::new(
            "insert into host_organisation \
             (organisation_id, parent_id, path, kind, name, name_folded, created_at, changed_at) \
             select ?, organisation_id, path || ? || '/', ?, ?, ?, ?, ? from host_organisation \
             where organisation_id = ? and length(path) <= ? and {scope}",
        )
        .bind(&self.organisation_id)
        .bind(self.organisation_id.replace('-', ""))
        .bind(&self.kind)
        .bind(&self.name)
        .bind(fold(&self.name))
        .bind(now)
        .bind(now)
        .bind(&self.parent_id)
        .bind(LONGEST_PATH - STEP)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label(LABEL)
    }
}

/// Another name for a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameOrganisation {
    /// The node, which must lie in the caller's branch.
    pub organisation_id: String,
    /// What people call it from now on.
    pub name: String,
}

impl RenameOrganisation {
    /// The change.
    pub fn statement(&self, scope: &Scope) -> Statement {
        Statement::new(
            "update host_organisation set name = ?, name_folded = ? \
             where organisation_id = ? and {scope}",
        )
        .bind(&self.name)
        .bind(fold(&self.name))
        .bind(&self.organisation_id)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label(LABEL)
    }
}

/// Another place for a node: what lies below it comes along, and its people see from there at their
/// next request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveOrganisation {
    /// The node, which must lie in the caller's branch.
    pub organisation_id: String,
    /// The node above it from now on, which must lie in the caller's branch and not below the node.
    pub parent_id: String,
}

impl MoveOrganisation {
    /// The changes, to be made in this order in one transaction: the node's parent, which is where
    /// a move that must not be is refused, then the paths of the whole branch.
    pub fn statements(&self, scope: &Scope) -> [Statement; 3] {
        // Two statements because a text has one place for a scope.
        let target = Statement::new(
            "update host_organisation set parent_id = parent_id \
             where organisation_id = ? and {scope}",
        )
        .bind(&self.parent_id)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label(LABEL);
        // The inner selects are named so that MariaDB reads them before it writes.
        let old = "(select old.path from (select path from host_organisation \
                     where organisation_id = ?) old)";
        let above = "(select above.path from (select path from host_organisation \
                       where organisation_id = ?) above)";
        // A range, not LIKE: both databases use the index. '0' follows '/' in ASCII.
        let branch = format!("path >= {old} and path < substr({old}, 1, length({old}) - 1) || '0'");
        let node = &self.organisation_id;
        let parent = Statement::new(format!(
            "update host_organisation set parent_id = ? \
             where organisation_id = ? and parent_id is not null and {{scope}} \
               and substr({above}, 1, length(path)) <> path \
               and length({above}) + ? - length(path) + (select deepest.length from \
                 (select max(length(path)) as length from host_organisation where {branch}) \
                 deepest) <= ?"
        ))
        .bind(&self.parent_id)
        .bind(node)
        .bind(&self.parent_id)
        .bind(&self.parent_id)
        .bind(STEP)
        .bind_all([node, node, node].map(|id| id.as_str().into()))
        .bind(LONGEST_PATH)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label(LABEL);
        let step = format!("{}/", node.replace('-', ""));
        let paths = Statement::new(format!(
            "update host_organisation set path = {above} || ? || substr(path, length({old}) + 1) \
             where {branch}"
        ))
        .bind(&self.parent_id)
        .bind(step)
        .bind_all([node, node, node, node].map(|id| id.as_str().into()));
        [target, parent, paths]
    }
}

//! The organisation tree: whose rows are whose.

mod changes;
pub(crate) mod listed;
mod tree;

pub use changes::{deletion, naming, standing, touching};
pub use tree::{Counts, TreeRow, below, counts, tree};

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// The root of the tree: the vendor. The first migration makes it.
pub const ROOT: &str = "00000000-0000-7000-8000-000000000001";

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Organisation {
    /// Its id.
    pub organisation_id: String,
    /// The node above it; none for the root.
    pub parent_id: Option<String>,
    /// Materialised path, `/…/…/`.
    pub path: String,
    /// `vendor`, `reseller`, `sub_company`, `agent` or `customer`.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// Since when it is suspended itself, unix milliseconds.
    pub suspended_at: Option<i64>,
    /// When it was made, unix milliseconds.
    pub created_at: i64,
    /// When it was last changed, unix milliseconds.
    pub changed_at: i64,
    /// How often it was changed: a change names the version it was made from.
    pub version: i64,
}

impl Organisation {
    /// How many nodes its path has, itself included; 1 for the root.
    pub fn depth(&self) -> usize {
        self.path.matches('/').count().saturating_sub(1)
    }
}

const COLUMNS: &str = "select organisation_id, parent_id, path, kind, name, suspended_at, \
     created_at, changed_at, version from host_organisation";

/// The condition that the node whose path is in the column `path`, or one above it, is suspended.
/// Its cost is the number of suspended nodes, which an index finds: mostly none.
pub(crate) fn suspended(path: &str) -> String {
    format!(
        "exists (select 1 from host_organisation barring where barring.suspended_at > 0 \
         and substr({path}, 1, length(barring.path)) = barring.path)"
    )
}

/// Whether the node `id` or one above it is suspended: then nobody of it may sign in.
pub async fn is_suspended(db: &Db, scope: &Scope, id: &str) -> Result<bool, Fault> {
    let sql = format!(
        "select 1 from host_organisation o where o.organisation_id = ? and {{scope}} and {}",
        suspended("o.path")
    );
    let statement = Statement::new(sql).bind(id).scope(scope, "o.organisation_id");
    Ok(!db.rows(statement).await?.is_empty())
}

/// The node `id`.
pub async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<Organisation>, Fault> {
    let sql = format!("{COLUMNS} where organisation_id = ? and {{scope}}");
    db.first(Statement::new(sql).bind(id).scope(scope, "organisation_id")).await
}

/// The nodes people can belong to, tops first; customers come from the plugin that keeps them and
/// may be many, so only `kept`, the one already chosen, is among them.
pub async fn choices(db: &Db, scope: &Scope, kept: &str) -> Result<Vec<Organisation>, Fault> {
    let sql = format!(
        "{COLUMNS} where (kind <> 'customer' or organisation_id = ?) and {{scope}} \
         order by length(path), name_folded, organisation_id limit 2000"
    );
    db.all(Statement::new(sql).bind(kept).scope(scope, "organisation_id")).await
}

/// Whether there is a customer.
pub async fn has_customer(db: &Db, scope: &Scope) -> Result<bool, Fault> {
    let statement = Statement::new(
        "select 1 from host_organisation where kind = 'customer' and {scope} limit 1",
    );
    Ok(!db.rows(statement.scope(scope, "organisation_id")).await?.is_empty())
}

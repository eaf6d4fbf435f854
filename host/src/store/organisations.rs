//! The organisation tree: whose rows are whose.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// The root of the tree: the vendor. The first migration makes it.
pub const ROOT: &str = "00000000-0000-7000-8000-000000000001";

/// A node of the tree.
#[derive(Debug, Clone, Deserialize)]
pub struct Organisation {
    /// Its id.
    pub organisation_id: String,
    /// Materialised path, `/…/…/`.
    pub path: String,
    /// `vendor`, `reseller`, `sub_company` or `customer`.
    pub kind: String,
    /// What people call it.
    pub name: String,
}

const COLUMNS: &str = "select organisation_id, path, kind, name from host_organisation";

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
         order by length(path), name_folded limit 500"
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

//! Which versions of a software are another product.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

/// A version rule; both ends are included, empty for open.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Rule {
    pub(crate) software_id: String,
    pub(crate) from_order: String,
    pub(crate) to_order: String,
    pub(crate) product_code: String,
}

/// Every rule, the oldest first: there are few.
///
/// Unscoped: rules are the vendor's and hold for the reports of everybody.
pub(crate) async fn all(db: &Db) -> Result<Vec<Rule>, Fault> {
    db.all(Statement::new(
        "select software_id, from_order, to_order, product_code \
         from registration_inventory_version_rule order by created_at, rule_id",
    ))
    .await
}

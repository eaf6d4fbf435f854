//! How far roles may go with prices.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::{Deserialize, Serialize};

/// How far a role may go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleLimit {
    /// The role.
    pub role_id: String,
    /// What it may take off at most, hundredths of a percent.
    pub discount_max: i64,
    /// Whether it may say a price of its own.
    pub may_override: bool,
}

/// The limits of all roles that have one.
///
/// Unscoped: roles are the same for every branch.
pub async fn all(db: &Db) -> Result<Vec<RoleLimit>, Fault> {
    db.all(Statement::new(
        "select role_id, discount_max, may_override from license_generator_role_limit \
         order by role_id",
    ))
    .await
}

/// The statements that write the limit of a role in place of what there was.
///
/// Unscoped: as [`all`].
pub fn replacement(limit: &RoleLimit) -> [Statement; 2] {
    let row = Statement::new(
        "insert into license_generator_role_limit (role_id, discount_max, may_override) \
         values (?, ?, ?)",
    )
    .bind(&limit.role_id)
    .bind(limit.discount_max)
    .bind(limit.may_override);
    [removal(&limit.role_id), row]
}

/// The statement that takes the limit of a role away: the setting counts again.
///
/// Unscoped: as [`all`].
pub fn removal(role_id: &str) -> Statement {
    Statement::new("delete from license_generator_role_limit where role_id = ?").bind(role_id)
}

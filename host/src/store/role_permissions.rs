//! What differs from the defaults of roles: which permission a role has, or has not.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// The SQL of the number that grows with every edit; read along with who is asking, so that an edit
/// made by any host counts from the next request on.
pub(super) const REVISION: &str =
    "(select e.revision from host_role_revision e where e.slot = 1) as role_revision";

/// One difference from a default, or none at all.
#[derive(Debug, Clone, Deserialize)]
pub struct EditRow {
    /// The number of the last edit.
    pub revision: i64,
    /// The role.
    pub role_id: Option<String>,
    /// The permission.
    pub permission: Option<String>,
    /// Whether the role has it.
    pub granted: Option<bool>,
}

/// Every difference, at least one row, which tells the revision.
///
/// Unscoped: roles are the same wherever their holder stands.
pub async fn all(db: &Db) -> Result<Vec<EditRow>, Fault> {
    let statement = Statement::new(
        "select e.revision, p.role_id, p.permission, p.granted from host_role_revision e \
         left join host_role_permission p on 1 = 1 where e.slot = 1",
    );
    db.all(statement).await
}

/// Tells every host that roles were edited.
///
/// Unscoped: the number is one for all.
pub fn edited() -> Statement {
    Statement::new("update host_role_revision set revision = revision + 1 where slot = 1")
        .expect_rows(1)
}

/// Puts one permission of a role back to its default.
pub fn resetting(scope: &Scope, role_id: &str, permission: &str) -> Statement {
    Statement::new(
        "delete from host_role_permission where role_id = ? and permission = ? and {scope}",
    )
    .bind(role_id)
    .bind(permission)
    .scope(scope, "organisation_id")
}

/// Grants a permission to a role, or takes it away; after [`resetting`].
pub fn setting(scope: &Scope, role_id: &str, permission: &str, granted: bool) -> Statement {
    Statement::new(
        "insert into host_role_permission (role_id, permission, granted, organisation_id) \
         select role_id, ?, ?, organisation_id from host_role where role_id = ? and {scope}",
    )
    .bind(permission)
    .bind(i64::from(granted))
    .bind(role_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("role")
}

/// Puts every permission of a role back to its default.
pub fn clearing(scope: &Scope, role_id: &str) -> Statement {
    Statement::new("delete from host_role_permission where role_id = ? and {scope}")
        .bind(role_id)
        .scope(scope, "organisation_id")
}

//! Which roles there are, and who has which.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// The ids of the roles that can be given in `scope`: the built-in ones and its own.
pub async fn all(db: &Db, scope: &Scope) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        role_id: String,
    }
    let statement = Statement::new(
        "select role_id from host_role where built_in = 1 or {scope} order by position, role_id",
    )
    .scope(scope, "organisation_id");
    Ok(db.all::<Row>(statement).await?.into_iter().map(|row| row.role_id).collect())
}

/// Takes every role from the user `id`.
pub fn clearing(scope: &Scope, id: &str) -> Statement {
    Statement::new("delete from host_user_role where user_id = ? and {scope}")
        .bind(id)
        .scope(scope, "organisation_id")
}

/// Gives the user `id`, already written, a role.
pub fn giving(scope: &Scope, id: &str, role: &str) -> Statement {
    Statement::new(
        "insert into host_user_role (user_id, role_id, organisation_id) \
         select u.user_id, r.role_id, u.organisation_id from host_user u, host_role r \
         where u.user_id = ? and r.role_id = ? and {scope}",
    )
    .bind(id)
    .bind(role)
    .scope(scope, "u.organisation_id")
    .expect_rows(1)
    .label("role")
}

/// The roles in the answer of `group_concat`.
pub(crate) fn list(joined: Option<&str>) -> Vec<String> {
    let mut roles: Vec<String> = joined
        .unwrap_or_default()
        .split(',')
        .filter(|role| !role.is_empty())
        .map(str::to_owned)
        .collect();
    roles.sort();
    roles
}

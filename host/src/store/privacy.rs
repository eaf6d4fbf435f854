//! Everything that is kept of the people of one node: to be handed out, and to be erased.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde_json::{Map, Value as Json};

/// The people of the node.
const USERS: &str = "select user_id from host_user where organisation_id = ?";

/// What is handed out: name and select; every `?` is the node, and secrets are left out.
const KEPT: [(&str, &str); 8] = [
    (
        "users",
        "select user_id, email, name, language, created_at, changed_at, signed_in_at, disabled_at, \
           (select group_concat(r.role_id) from host_user_role r \
            where r.user_id = host_user.user_id) as roles \
         from host_user where organisation_id = ? and {scope} order by user_id",
    ),
    (
        "sessions",
        "select user_id, created_at, seen_at, expires_at, address, agent from host_session \
         where user_id in ({users}) and {scope} order by created_at",
    ),
    (
        "tokens",
        "select user_id, name, prefix, created_at, expires_at, used_at, used_address, revoked_at \
         from host_api_token where user_id in ({users}) and {scope} order by created_at",
    ),
    (
        "links",
        "select kind, email, name, invited_by, created_at, expires_at, used_at, withdrawn_at \
         from host_link where organisation_id = ? and {scope} order by created_at",
    ),
    (
        "views",
        "select user_id, path, name, query, created_at from host_saved_view \
         where user_id in ({users}) and {scope} order by created_at",
    ),
    (
        "accesses",
        "select at, kind, user_id, name, address, browser, detail from host_access \
         where (organisation_id = ? or user_id in ({users})) and {scope} order by at",
    ),
    (
        "mails",
        "select kind, recipient, subject, state, created_at, sent_at, \
           case when secret = 1 then '' else content end as content from host_mail \
         where (organisation_id = ? or lower(recipient) in \
             (select email_folded from host_user where organisation_id = ?)) \
           and {scope} order by created_at",
    ),
    (
        "audit",
        "select at, actor_kind, actor_name, address, plugin, action, object_id, object_name, \
           content from host_audit where organisation_id = ? and {scope} order by at, audit_id",
    ),
];

/// What is erased, in this order, before the people themselves.
const ERASED: [&str; 11] = [
    "delete from host_session where user_id in ({users}) and {scope}",
    "delete from host_api_token where user_id in ({users}) and {scope}",
    "delete from host_user_role where user_id in ({users}) and {scope}",
    "delete from host_saved_view where user_id in ({users}) and {scope}",
    "delete from host_challenge where user_id in ({users} and {scope})",
    "delete from host_recovery_code where user_id in ({users} and {scope})",
    "delete from host_totp where user_id in ({users} and {scope})",
    "delete from host_sso_identity where user_id in ({users} and {scope})",
    "delete from host_link where (organisation_id = ? or user_id in ({users})) and {scope}",
    "delete from host_mail where (organisation_id = ? or lower(recipient) in \
       (select email_folded from host_user where organisation_id = ?)) and {scope}",
    "update host_access set name = '', name_folded = '', address = '', browser = '', detail = '' \
     where (organisation_id = ? or user_id in ({users}) or name_folded in \
       (select email_folded from host_user where organisation_id = ?)) and {scope}",
];

/// `sql` with the node for every `?`.
fn of_node(scope: &Scope, sql: &str, node: &str) -> Statement {
    let sql = sql.replace("{users}", USERS);
    let places = sql.matches('?').count();
    Statement::new(sql)
        .bind_all(std::iter::repeat_n(node.into(), places))
        .scope(scope, "organisation_id")
}

/// Everything that is kept, by kind.
pub async fn of_organisation(db: &Db, scope: &Scope, node: &str) -> Result<Json, Fault> {
    let mut kept = Map::new();
    for (name, sql) in KEPT {
        let rows: Vec<Map<String, Json>> = db.all(of_node(scope, sql, node)).await?;
        kept.insert(name.to_owned(), Json::from(rows));
    }
    Ok(Json::Object(kept))
}

/// Erases it; the rows of the audit log are erased by [`crate::audit::erase`].
pub fn erasures(scope: &Scope, node: &str) -> Vec<Statement> {
    let people = "delete from host_user where organisation_id = ? and {scope}";
    ERASED.into_iter().chain([people]).map(|sql| of_node(scope, sql, node)).collect()
}

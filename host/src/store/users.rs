//! Who may sign in.

use std::sync::LazyLock;

use plugin_api::db::{Db, Statement};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::roles::of_user;
use crate::people::same_address;

/// A user; every field but the password's hash may be shown, so there is no `Debug`.
#[derive(Clone, Deserialize)]
pub struct UserRow {
    /// His id.
    pub user_id: String,
    /// The node he belongs to.
    pub organisation_id: String,
    /// What that node is called.
    pub organisation_name: String,
    /// His e-mail address, as he wrote it.
    pub email: String,
    /// His name.
    pub name: String,
    /// argon2id, PHC string format.
    pub password_hash: String,
    /// `en`, `it`, or empty for what his browser says.
    pub language: String,
    /// `light`, `dark`, `auto`, or empty.
    pub theme: String,
    /// Since when he may not sign in, unix milliseconds.
    pub disabled_at: Option<i64>,
    /// When he last signed in, unix milliseconds.
    pub signed_in_at: Option<i64>,
    /// His roles, separated by commas.
    pub roles: Option<String>,
}

impl UserRow {
    /// His roles.
    pub fn roles(&self) -> Vec<String> {
        super::roles::list(self.roles.as_deref())
    }
}

/// The select of users.
static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select u.user_id, u.organisation_id, o.name as organisation_name, u.email, u.name, \
           u.password_hash, u.language, u.theme, u.disabled_at, u.signed_in_at, {} \
         from host_user u join host_organisation o on o.organisation_id = u.organisation_id",
        of_user()
    )
});

/// The select of what is signed in with, a row `s` of `table`, together with its owner. Whoever is
/// barred, or whose organisation or one above it is suspended, has none: sessions and tokens end by
/// the same rule.
pub(super) fn bearing(columns: &str, table: &str, condition: &str) -> String {
    format!(
        "select {columns}, u.user_id, u.language, u.organisation_id, o.path, \
           {roles} \
         from {table} s join host_user u on u.user_id = s.user_id \
         join host_organisation o on o.organisation_id = u.organisation_id \
         where {condition} \
           and u.disabled_at is null and not {suspended} and {{scope}}",
        roles = of_user(),
        suspended = super::organisations::suspended("o.path")
    )
}

/// The user `id`.
pub async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<UserRow>, Fault> {
    let sql = format!("{} where u.user_id = ? and {{scope}}", *SELECT);
    db.first(Statement::new(sql).bind(id).scope(scope, "u.organisation_id")).await
}

/// The user with this e-mail address, however it is capitalised.
pub async fn by_email(db: &Db, scope: &Scope, email: &str) -> Result<Option<UserRow>, Fault> {
    let sql = format!("{} where u.email_folded = ? and {{scope}}", *SELECT);
    db.first(Statement::new(sql).bind(same_address(email)).scope(scope, "u.organisation_id")).await
}

/// The users of one node by name, at most `limit`.
pub async fn of_organisation(
    db: &Db,
    scope: &Scope,
    node: &str,
    limit: i64,
) -> Result<Vec<UserRow>, Fault> {
    let sql = format!(
        "{} where u.organisation_id = ? and {{scope}} order by u.name_folded, u.user_id limit ?",
        *SELECT
    );
    let statement = Statement::new(sql).bind(node).bind(limit);
    db.all(statement.scope(scope, "u.organisation_id")).await
}

/// How many users there are.
pub async fn count(db: &Db, scope: &Scope) -> Result<i64, Fault> {
    let sql = "select count(*) from host_user where {scope}";
    db.scalar(Statement::new(sql).scope(scope, "organisation_id")).await
}

/// How many superadmins may sign in besides the user `id`.
pub async fn other_superadmins(db: &Db, scope: &Scope, id: &str) -> Result<i64, Fault> {
    let statement = Statement::new(
        "select count(*) from host_user u join host_user_role r on r.user_id = u.user_id \
         where r.role_id = 'superadmin' and u.disabled_at is null and u.user_id <> ? and {scope}",
    );
    db.scalar(statement.bind(id).scope(scope, "u.organisation_id")).await
}

/// What is written of a new user.
pub struct Insertion<'a> {
    /// His id.
    pub user_id: &'a str,
    /// The node he belongs to; a row is added only when it exists.
    pub organisation_id: &'a str,
    /// His e-mail address.
    pub email: &'a str,
    /// His name.
    pub name: &'a str,
    /// argon2id, PHC string format.
    pub password_hash: &'a str,
    /// Unix milliseconds.
    pub now: i64,
}

/// Adds a user to a node in `scope`; with `only_first`, only when there is none yet.
pub fn insertion(scope: &Scope, user: &Insertion<'_>, only_first: OnlyFirst) -> Statement {
    let condition = match only_first {
        OnlyFirst::Yes => "and not exists (select 1 from host_user)",
        OnlyFirst::No => "",
    };
    let sql = format!(
        "insert into host_user (user_id, organisation_id, email, email_folded, name, \
           name_folded, password_hash, created_at, changed_at) \
         select ?, organisation_id, ?, ?, ?, ?, ?, ?, ? from host_organisation \
         where organisation_id = ? and {{scope}} {condition}"
    );
    Statement::new(sql)
        .bind(user.user_id)
        .bind(user.email)
        .bind(same_address(user.email))
        .bind(user.name)
        .bind(fold(user.name))
        .bind(user.password_hash)
        .bind(user.now)
        .bind(user.now)
        .bind(user.organisation_id)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label("user")
}

/// Whether a user is added only as the very first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnlyFirst {
    /// The first run.
    Yes,
    /// Any other time.
    No,
}

fn update(scope: &Scope, id: &str, set: &str, values: Vec<plugin_api::db::Value>) -> Statement {
    Statement::new(format!("update host_user set {set} where user_id = ? and {{scope}}"))
        .bind_all(values)
        .bind(id)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label("user")
}

/// Changes name, address and node of a user.
pub fn change(scope: &Scope, user: &Insertion<'_>) -> Statement {
    let values = vec![
        user.organisation_id.into(),
        user.email.into(),
        same_address(user.email).into(),
        user.name.into(),
        fold(user.name).into(),
        user.now.into(),
    ];
    let set = "organisation_id = ?, email = ?, email_folded = ?, name = ?, name_folded = ?, \
               changed_at = ?";
    update(scope, user.user_id, set, values)
}

/// Changes the password of a user.
pub fn password(scope: &Scope, id: &str, hash: &str, now: i64) -> Statement {
    update(scope, id, "password_hash = ?, changed_at = ?", vec![hash.into(), now.into()])
}

/// Bars a user since an instant, or lets him in again.
pub fn disabling(scope: &Scope, id: &str, since: Option<i64>, now: i64) -> Statement {
    update(scope, id, "disabled_at = ?, changed_at = ?", vec![since.into(), now.into()])
}

/// Keeps a preference of a user: `language` or `theme`.
pub fn preference(scope: &Scope, id: &str, of: Preference, value: &str) -> Statement {
    let set = match of {
        Preference::Language => "language = ?",
        Preference::Theme => "theme = ?",
    };
    update(scope, id, set, vec![value.into()])
}

/// What a user prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// `en` or `it`.
    Language,
    /// `light`, `dark` or `auto`.
    Theme,
}

/// Notes that a user signed in.
pub fn signed_in(scope: &Scope, id: &str, now: i64) -> Statement {
    update(scope, id, "signed_in_at = ?", vec![now.into()])
}

/// Takes the sessions and tokens of the user `id`, already written, along to his node.
pub fn following(scope: &Scope, id: &str) -> [Statement; 2] {
    ["host_session", "host_api_token"].map(|table| {
        Statement::new(format!(
            "update {table} set organisation_id = \
               (select u.organisation_id from host_user u where u.user_id = ?) \
             where user_id = ? and {{scope}}"
        ))
        .bind(id)
        .bind(id)
        .scope(scope, "organisation_id")
    })
}

/// Moves the users of a node to another, with what is theirs and the invitations to it.
pub fn moving(scope: &Scope, from: &str, into: &str, now: i64) -> Vec<Statement> {
    let followers = ["user_role", "session", "api_token", "saved_view", "link"].map(|table| {
        Statement::new(format!(
            "update host_{table} set organisation_id = ? where organisation_id = ? and {{scope}}"
        ))
        .bind(into)
    });
    let users = Statement::new(
        "update host_user set organisation_id = ?, changed_at = ? \
         where organisation_id = ? and {scope}",
    )
    .bind(into)
    .bind(now);
    let all = followers.into_iter().chain([users]);
    all.map(|statement| statement.bind(from).scope(scope, "organisation_id")).collect()
}

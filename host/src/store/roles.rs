//! Which roles there are, and who has which.

use plugin_api::db::{Db, Statement};
use plugin_api::table::fold;
use plugin_api::{Fault, Lang, Scope};
use serde::Deserialize;

/// A role.
#[derive(Debug, Clone, Deserialize)]
pub struct RoleRow {
    /// Its id: a word for the built-in ones, a `UUIDv7` for others.
    pub role_id: String,
    /// The node whose branch it can be given in.
    pub organisation_id: String,
    /// What that node is called.
    pub organisation_name: String,
    /// Whether every cockpit has it.
    pub built_in: bool,
    /// What people call it; empty for a built-in one.
    pub name: String,
    /// What it is for; empty for a built-in one.
    pub description: String,
    /// Whether who has it needs a second factor.
    pub totp_required: bool,
}

impl RoleRow {
    /// What a reader calls it.
    pub fn title(&self, lang: &Lang) -> String {
        let key = format!("role-{}", self.role_id);
        if self.name.is_empty() && lang.has(&key) {
            return lang.t(&key);
        }
        if self.name.is_empty() { self.role_id.clone() } else { self.name.clone() }
    }

    /// What it is for.
    pub fn purpose(&self, lang: &Lang) -> String {
        let key = format!("role-{}-hint", self.role_id);
        if self.description.is_empty() && lang.has(&key) {
            return lang.t(&key);
        }
        self.description.clone()
    }
}

const COLUMNS: &str = "select h.role_id, h.organisation_id, o.name as organisation_name, \
     h.built_in, h.name, h.description, h.totp_required \
     from host_role h join host_organisation o on o.organisation_id = h.organisation_id";

/// Holds for a role `h` that counts where the node with the path `path` stands: a built-in one, or
/// one of a node that has it in its branch. Whoever is moved away keeps the row of such a role and
/// nothing else of it.
pub(crate) fn reaching(path: &str) -> String {
    format!(
        "(h.built_in = 1 or exists (select 1 from host_organisation maker \
         where maker.organisation_id = h.organisation_id \
           and substr({path}, 1, length(maker.path)) = maker.path))"
    )
}

/// The column of the roles that count for the user `u` of a select, whose node is `o`.
pub(super) fn of_user() -> String {
    format!(
        "(select group_concat(h.role_id) from host_user_role r \
         join host_role h on h.role_id = r.role_id \
         where r.user_id = u.user_id and {}) as roles",
        reaching("o.path")
    )
}

/// Holds for a role `h` that can be given to somebody of the node bound to it.
fn reaches() -> String {
    format!(
        "exists (select 1 from host_organisation n where n.organisation_id = ? and {})",
        reaching("n.path")
    )
}

/// The roles that can be given to somebody of the node `organisation_id` in `scope`.
pub async fn of_node(db: &Db, scope: &Scope, organisation_id: &str) -> Result<Vec<RoleRow>, Fault> {
    let sql = format!(
        "{COLUMNS} where {} and exists (select 1 from host_organisation a \
           where a.organisation_id = ? and {{scope}}) \
         order by h.position, h.name, h.role_id limit 500",
        reaches()
    );
    let statement = Statement::new(sql).bind(organisation_id).bind(organisation_id);
    db.all(statement.scope(scope, "a.organisation_id")).await
}

/// What a reader calls the roles `ids` of somebody of the node `organisation_id`.
pub async fn titles(
    db: &Db,
    scope: &Scope,
    organisation_id: &str,
    ids: &[String],
    lang: &Lang,
) -> Result<Vec<String>, Fault> {
    let known = of_node(db, scope, organisation_id).await?;
    let given = known.iter().filter(|role| ids.contains(&role.role_id));
    Ok(given.map(|role| role.title(lang)).collect())
}

/// The roles somebody of the node `own` sees: those that can be given there and those of `scope`.
pub async fn visible(db: &Db, scope: &Scope, own: &str) -> Result<Vec<RoleRow>, Fault> {
    let sql = format!(
        "{COLUMNS} where {} or {{scope}} order by h.position, h.name, h.role_id limit 500",
        reaches()
    );
    db.all(Statement::new(sql).bind(own).scope(scope, "h.organisation_id")).await
}

/// The role `id`, if somebody of the node `own` sees it.
pub async fn find(db: &Db, scope: &Scope, own: &str, id: &str) -> Result<Option<RoleRow>, Fault> {
    let sql = format!("{COLUMNS} where h.role_id = ? and ({} or {{scope}})", reaches());
    db.first(Statement::new(sql).bind(id).bind(own).scope(scope, "h.organisation_id")).await
}

/// Whether the role `id` is one of `scope`'s own, to be changed there.
pub async fn belongs(db: &Db, scope: &Scope, id: &str) -> Result<bool, Fault> {
    let statement =
        Statement::new("select count(*) from host_role where role_id = ? and {scope}").bind(id);
    Ok(db.scalar(statement.scope(scope, "organisation_id")).await? > 0)
}

/// What is written of a role.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'a> {
    /// Its id.
    pub role_id: &'a str,
    /// The node it belongs to.
    pub organisation_id: &'a str,
    /// What people call it.
    pub name: &'a str,
    /// What it is for.
    pub description: &'a str,
    /// Whether who has it needs a second factor.
    pub totp_required: bool,
}

/// Adds a role to a node in `scope`.
pub fn insertion(scope: &Scope, role: &Writing<'_>) -> Statement {
    Statement::new(
        "insert into host_role (role_id, organisation_id, built_in, position, name, name_folded, \
           description, totp_required) select ?, organisation_id, 0, 100, ?, ?, ?, ? from host_organisation \
         where organisation_id = ? and {scope}",
    )
    .bind(role.role_id)
    .bind(role.name)
    .bind(fold(role.name))
    .bind(role.description)
    .bind(i64::from(role.totp_required))
    .bind(role.organisation_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("role")
}

/// Changes what a role is called and whether it wants a second factor.
pub fn change(scope: &Scope, role: &Writing<'_>) -> Statement {
    Statement::new(
        "update host_role set name = ?, name_folded = ?, description = ?, totp_required = ? \
         where role_id = ? and {scope}",
    )
    .bind(role.name)
    .bind(fold(role.name))
    .bind(role.description)
    .bind(i64::from(role.totp_required))
    .bind(role.role_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("role")
}

/// Takes the role `id` from everybody for whom it counts no longer.
///
/// Unscoped: whom a move took out of the branch of the role stands in another one.
pub fn lapsing(id: &str) -> Statement {
    Statement::new(format!(
        "delete from host_user_role where role_id = ? and not exists (select 1 from host_role h \
           join host_user u on u.user_id = host_user_role.user_id \
           join host_organisation o on o.organisation_id = u.organisation_id \
         where h.role_id = host_user_role.role_id and {})",
        reaching("o.path")
    ))
    .bind(id)
}

/// Deletes a role of one's own that nobody has and nobody is invited to; after [`lapsing`].
pub fn deletion(scope: &Scope, id: &str) -> Statement {
    Statement::new(
        "delete from host_role where role_id = ? and built_in = 0 \
         and not exists (select 1 from host_user_role r where r.role_id = host_role.role_id) \
         and not exists (select 1 from host_link l where l.kind = 'invitation' \
           and l.used_at is null and l.withdrawn_at is null \
           and l.roles like '%\"' || host_role.role_id || '\"%') \
         and {scope}",
    )
    .bind(id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("role")
}

/// The roles `h` a user `u` was given, and his node `o`.
const HOLDING: &str = "join host_user_role r on r.user_id = u.user_id \
     join host_role h on h.role_id = r.role_id \
     join host_organisation o on o.organisation_id = u.organisation_id";

/// Somebody who has a role.
#[derive(Debug, Clone, Deserialize)]
pub struct Holder {
    /// The user.
    pub user_id: String,
    /// His name.
    pub name: String,
}

/// Who in `scope` has the role `id`, by name, some of them when they are many.
pub async fn holders(db: &Db, scope: &Scope, id: &str) -> Result<Vec<Holder>, Fault> {
    let statement = Statement::new(format!(
        "select u.user_id, u.name from host_user u {HOLDING} \
         where h.role_id = ? and {} and {{scope}} order by u.name_folded, u.user_id limit 20",
        reaching("o.path")
    ));
    db.all(statement.bind(id).scope(scope, "u.organisation_id")).await
}

/// How many in `scope` have each role.
pub async fn counts(db: &Db, scope: &Scope) -> Result<Vec<(String, i64)>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        role_id: String,
        holders: i64,
    }
    let statement = Statement::new(format!(
        "select h.role_id, count(*) as holders from host_user u {HOLDING} \
         where {} and {{scope}} group by h.role_id",
        reaching("o.path")
    ));
    let rows: Vec<Row> = db.all(statement.scope(scope, "u.organisation_id")).await?;
    Ok(rows.into_iter().map(|row| (row.role_id, row.holders)).collect())
}

/// Takes every role from the user `id`.
pub fn clearing(scope: &Scope, id: &str) -> Statement {
    Statement::new("delete from host_user_role where user_id = ? and {scope}")
        .bind(id)
        .scope(scope, "organisation_id")
}

/// Gives the user `id`, already written, a role that reaches his node.
pub fn giving(scope: &Scope, id: &str, role: &str) -> Statement {
    Statement::new(format!(
        "insert into host_user_role (user_id, role_id, organisation_id) \
         select u.user_id, h.role_id, u.organisation_id \
         from host_user u join host_organisation o on o.organisation_id = u.organisation_id \
           join host_role h on h.role_id = ? \
         where u.user_id = ? and {} and {{scope}}",
        reaching("o.path")
    ))
    .bind(role)
    .bind(id)
    .scope(scope, "u.organisation_id")
    .expect_rows(1)
    .label("role")
}

/// Whether a role of the user `user_id` wants a second factor of him.
pub async fn totp_required(db: &Db, scope: &Scope, user_id: &str) -> Result<bool, Fault> {
    let statement = Statement::new(format!(
        "select count(*) from host_user u {HOLDING} \
         where u.user_id = ? and h.totp_required = 1 and {} and {{scope}}",
        reaching("o.path")
    ));
    let wanting = db.scalar(statement.bind(user_id).scope(scope, "u.organisation_id")).await?;
    Ok(wanting > 0)
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

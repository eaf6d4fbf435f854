//! Links sent by mail that let somebody in once: invitations, and new passwords.

use plugin_api::db::{Db, Statement};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::people::same_address;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Somebody becomes a user.
    Invitation,
    /// A user chooses another password.
    Reset,
}

impl Kind {
    fn text(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    /// What only one open link can have: one invitation per address, one reset per user.
    fn open_key(self, email: &str, user_id: Option<&str>) -> String {
        match self {
            Self::Invitation => format!("invitation:{}", same_address(email)),
            Self::Reset => format!("reset:{}", user_id.unwrap_or_default()),
        }
    }
}

/// A link; its token is known to the mail alone.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct LinkRow {
    /// Its id.
    pub(crate) link_id: String,
    /// The node of who uses it.
    pub(crate) organisation_id: String,
    /// What that node is called.
    pub(crate) organisation_name: String,
    /// Whose password it changes; none for an invitation.
    pub(crate) user_id: Option<String>,
    /// Where it was sent.
    pub(crate) email: String,
    /// Whom it was sent to.
    pub(crate) name: String,
    /// The roles an invited person gets, a JSON array.
    pub(crate) roles: String,
    /// `en` or `it`.
    pub(crate) language: String,
    /// Who sent the invitation.
    pub(crate) invited_by: String,
    /// When it was sent first, unix milliseconds.
    pub(crate) created_at: i64,
    /// Until when it works, unix milliseconds.
    pub(crate) expires_at: i64,
    /// When it was used, unix milliseconds.
    pub(crate) used_at: Option<i64>,
    /// When it was withdrawn, unix milliseconds.
    pub(crate) withdrawn_at: Option<i64>,
}

impl LinkRow {
    /// The roles an invited person gets.
    pub(crate) fn roles(&self) -> Vec<String> {
        serde_json::from_str(&self.roles).unwrap_or_default()
    }
}

const COLUMNS: &str = "select l.link_id, l.organisation_id, o.name as organisation_name, \
     l.user_id, l.email, l.name, l.roles, l.language, l.invited_by, l.created_at, l.expires_at, \
     l.used_at, l.withdrawn_at \
     from host_link l join host_organisation o on o.organisation_id = l.organisation_id";

/// A link to be kept.
pub(crate) struct Insertion<'a> {
    /// Its id.
    pub(crate) link_id: &'a str,
    /// What it is for.
    pub(crate) kind: Kind,
    /// The node of who uses it.
    pub(crate) organisation_id: &'a str,
    /// Whose password it changes.
    pub(crate) user_id: Option<&'a str>,
    /// Where it is sent.
    pub(crate) email: &'a str,
    /// Whom it is sent to.
    pub(crate) name: &'a str,
    /// The roles an invited person gets.
    pub(crate) roles: &'a [String],
    /// `en` or `it`.
    pub(crate) language: &'a str,
    /// Who sends it.
    pub(crate) invited_by: &'a str,
    /// SHA-256 of its token, hexadecimal.
    pub(crate) token_hash: &'a str,
    /// Unix milliseconds.
    pub(crate) now: i64,
    /// Until when it works, unix milliseconds.
    pub(crate) expires_at: i64,
}

/// Keeps a link of a node in `scope`. A second open one for the same address or user is a `Unique`
/// fault of `open_key`.
pub(crate) fn insertion(scope: &Scope, link: &Insertion<'_>) -> Statement {
    Statement::new(
        "insert into host_link (link_id, kind, organisation_id, user_id, email, email_folded, \
           name, name_folded, roles, language, invited_by, token_hash, open_key, created_at, \
           expires_at) \
         select ?, ?, organisation_id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from host_organisation \
         where organisation_id = ? and {scope}",
    )
    .bind(link.link_id)
    .bind(link.kind.text())
    .bind(link.user_id)
    .bind(link.email)
    .bind(fold(link.email))
    .bind(link.name)
    .bind(fold(link.name))
    .bind(serde_json::to_string(link.roles).unwrap_or_default())
    .bind(link.language)
    .bind(link.invited_by)
    .bind(link.token_hash)
    .bind(link.kind.open_key(link.email, link.user_id))
    .bind(link.now)
    .bind(link.expires_at)
    .bind(link.organisation_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("link")
}

/// Makes room for a new link of the same address or user: the old one stops working when it was
/// for a password, and counts no longer when it has expired.
///
/// Unscoped: an address is taken everywhere at once.
pub(crate) fn clearing(link: &Insertion<'_>) -> Statement {
    let until = match link.kind {
        Kind::Invitation => link.now,
        Kind::Reset => i64::MAX,
    };
    Statement::new(
        "update host_link set open_key = null, withdrawn_at = ? \
         where open_key = ? and expires_at <= ?",
    )
    .bind(link.now)
    .bind(link.kind.open_key(link.email, link.user_id))
    .bind(until)
}

/// The link whose token has this hash, used and expired ones as well.
pub(crate) async fn by_token(
    db: &Db,
    scope: &Scope,
    kind: Kind,
    token_hash: &str,
) -> Result<Option<LinkRow>, Fault> {
    let sql = format!("{COLUMNS} where l.token_hash = ? and l.kind = ? and {{scope}}");
    let statement = Statement::new(sql).bind(token_hash).bind(kind.text());
    db.first(statement.scope(scope, "l.organisation_id")).await
}

/// The invitation `id` that nobody used or withdrew.
pub(crate) async fn invitation(db: &Db, scope: &Scope, id: &str) -> Result<Option<LinkRow>, Fault> {
    let sql = format!(
        "{COLUMNS} where l.link_id = ? and l.kind = 'invitation' and l.used_at is null \
           and l.withdrawn_at is null and {{scope}}"
    );
    db.first(Statement::new(sql).bind(id).scope(scope, "l.organisation_id")).await
}

/// The invitations to a node that nobody used or withdrew, by name.
pub(crate) async fn of_organisation(
    db: &Db,
    scope: &Scope,
    node: &str,
) -> Result<Vec<LinkRow>, Fault> {
    let sql = format!(
        "{COLUMNS} where l.organisation_id = ? and l.kind = 'invitation' and l.used_at is null \
           and l.withdrawn_at is null and {{scope}} order by l.name_folded, l.link_id limit 500"
    );
    db.all(Statement::new(sql).bind(node).scope(scope, "l.organisation_id")).await
}

/// The invitations with the role `role` that nobody used or withdrew, by name, some of them when
/// they are many.
pub(crate) async fn with_role(db: &Db, scope: &Scope, role: &str) -> Result<Vec<LinkRow>, Fault> {
    let sql = format!(
        "{COLUMNS} where l.roles like '%\"' || ? || '\"%' and l.kind = 'invitation' \
           and l.used_at is null and l.withdrawn_at is null and {{scope}} \
         order by l.name_folded, l.link_id limit 20"
    );
    db.all(Statement::new(sql).bind(role).scope(scope, "l.organisation_id")).await
}

fn ending(
    scope: &Scope,
    set: &str,
    condition: &str,
    values: [plugin_api::db::Value; 3],
) -> Statement {
    Statement::new(format!(
        "update host_link set {set} where {condition} \
           and used_at is null and withdrawn_at is null and {{scope}}"
    ))
    .bind_all(values)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("link")
}

/// Uses the link whose token has this hash: once, and before it expires.
pub(crate) fn using(scope: &Scope, token_hash: &str, now: i64) -> Statement {
    let set = "open_key = null, used_at = ?";
    let values = [now.into(), token_hash.into(), now.into()];
    ending(scope, set, "token_hash = ? and expires_at > ?", values)
}

/// Withdraws the link `id`.
pub(crate) fn withdrawing(scope: &Scope, id: &str, now: i64) -> Statement {
    let values = [now.into(), id.into(), Kind::Invitation.text().into()];
    ending(scope, "open_key = null, withdrawn_at = ?", "link_id = ? and kind = ?", values)
}

/// Gives the link `id` another token and a later end; the old token works no more.
pub(crate) fn renewing(scope: &Scope, id: &str, token_hash: &str, expires_at: i64) -> Statement {
    let values = [token_hash.into(), expires_at.into(), id.into()];
    ending(scope, "token_hash = ?, expires_at = ?", "link_id = ?", values)
}

/// Forgets links that stopped working before `before`.
///
/// Unscoped: housekeeping of the whole cockpit.
pub(crate) fn forgetting(before: i64) -> Statement {
    Statement::new("delete from host_link where expires_at < ?").bind(before)
}

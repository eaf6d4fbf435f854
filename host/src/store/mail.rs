//! Mails that wait, were sent, withdrawn, or given up: `host_mail`.

use plugin_api::db::{Db, Mail, Sql, Statement};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::organisations::ROOT;

/// A mail and where it stands; no `Debug`, because its words may let whoever reads them in.
#[derive(Clone, Deserialize)]
pub(crate) struct MailRow {
    pub(crate) mail_id: String,
    pub(crate) organisation_id: String,
    pub(crate) plugin: String,
    pub(crate) kind: String,
    pub(crate) subject: String,
    /// The [`Mail`] as JSON.
    pub(crate) content: String,
    pub(crate) secret: bool,
    pub(crate) state: String,
    pub(crate) attempts: i64,
    /// When it is due, until when a worker has it, or when it was given up; also proves, as a
    /// version does, that nobody else took it.
    pub(crate) next_at: i64,
    pub(crate) error: String,
    pub(crate) created_at: i64,
    pub(crate) sent_at: Option<i64>,
}

const COLUMNS: &str = "select mail_id, organisation_id, plugin, kind, subject, content, secret, \
                       state, attempts, next_at, error, created_at, sent_at from host_mail";

impl MailRow {
    /// The words of the mail.
    pub(crate) fn mail(&self) -> Result<Mail, Fault> {
        Ok(serde_json::from_str(&self.content)?)
    }

    /// The content without what lets whoever reads it in.
    fn blanked(&self) -> String {
        let mail = Mail { paragraphs: Vec::new(), link: None, ..self.mail().unwrap_or_default() };
        serde_json::to_string(&mail).unwrap_or_default()
    }
}

/// Queues a mail, unless one with the same key is there already; one of a branch that is not there
/// belongs to the vendor, because a mail must not get lost.
///
/// Unscoped: whoever causes a mail says whose it is.
pub(crate) fn insertion(plugin: &str, mail: &Mail, id: &str, now: i64) -> Statement {
    const INSERT: &str = "insert into host_mail (mail_id, organisation_id, plugin, kind, \
         recipient, recipient_folded, subject, subject_folded, content, secret, unique_key, state, \
         attempts, next_at, error, created_at) \
         values (?, coalesce((select organisation_id from host_organisation \
           where organisation_id = ?), ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, '', ?)";
    Statement::new(Sql::per(
        format!("{INSERT} on conflict (unique_key) do nothing"),
        format!("{INSERT} on duplicate key update host_mail.mail_id = host_mail.mail_id"),
    ))
    .bind(id)
    .bind(mail.organisation_id.as_str())
    .bind(ROOT)
    .bind(plugin)
    .bind(clamped(&mail.kind, 64))
    .bind(clamped(&mail.to, 254))
    .bind(clamped(&fold(&mail.to), 254))
    .bind(clamped(&mail.subject, 1000))
    .bind(clamped(&fold(&mail.subject), 1000))
    .bind(serde_json::to_string(mail).unwrap_or_default())
    .bind(i64::from(mail.secret))
    .bind((!mail.unique_key.is_empty()).then(|| key(&mail.unique_key)))
    .bind(now)
    .bind(now)
}

/// Words as long as their column; the whole of them is in the content.
fn clamped(text: &str, longest: usize) -> String {
    text.chars().take(longest).collect()
}

/// A key that fits its column; a long one, or one in other letters, by its hash.
fn key(text: &str) -> String {
    if text.len() <= 190 && text.is_ascii() {
        return text.to_owned();
    }
    format!("sha256:{}", plugin_api::hex(&Sha256::digest(text)))
}

/// The mail `id`.
pub(crate) async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<MailRow>, Fault> {
    let select = Statement::new(format!("{COLUMNS} where mail_id = ? and {{scope}}"));
    db.first(select.bind(id).scope(scope, "organisation_id")).await
}

/// How many mails were given up since `since`.
pub(crate) async fn given_up(db: &Db, scope: &Scope, since: i64) -> Result<i64, Fault> {
    let select = "select count(*) from host_mail \
                  where state = 'dead' and next_at >= ? and {scope}";
    db.scalar(Statement::new(select).bind(since).scope(scope, "organisation_id")).await
}

/// Mails that are due, longest due first.
///
/// Unscoped: the worker sends everybody's.
pub(crate) async fn due(db: &Db, now: i64, limit: usize) -> Result<Vec<MailRow>, Fault> {
    let select = format!(
        "{COLUMNS} where state = 'waiting' and next_at <= ? order by next_at, mail_id limit {limit}"
    );
    db.all(Statement::new(select).bind(now)).await
}

/// Takes a mail until `until` unless somebody else was faster: changes one row or none.
pub(crate) fn claim(mail: &MailRow, until: i64) -> Statement {
    Statement::new(
        "update host_mail set next_at = ?, attempts = attempts + 1 \
         where mail_id = ? and state = 'waiting' and next_at = ?",
    )
    .bind(until)
    .bind(mail.mail_id.as_str())
    .bind(mail.next_at)
}

/// It was sent, even if it was withdrawn meanwhile or its lease had ended; `keep` its words or
/// blank what lets whoever reads it in.
pub(crate) fn sent(mail: &MailRow, now: i64, keep: bool) -> Statement {
    Statement::new(
        "update host_mail set state = 'sent', sent_at = ?, error = '', content = ? \
         where mail_id = ? and state <> 'sent'",
    )
    .bind(now)
    .bind(if mail.secret && !keep { mail.blanked() } else { mail.content.clone() })
    .bind(mail.mail_id.as_str())
}

/// It was not sent: again at `next_at`, or never.
pub(crate) fn failed(mail: &MailRow, error: &str, next_at: Option<i64>, now: i64) -> Statement {
    Statement::new(
        "update host_mail set state = ?, next_at = ?, error = ? \
         where mail_id = ? and state = 'waiting' and next_at = ?",
    )
    .bind(if next_at.is_some() { "waiting" } else { "dead" })
    .bind(next_at.unwrap_or(now))
    .bind(clamped(error, 1000))
    .bind(mail.mail_id.as_str())
    .bind(mail.next_at)
}

/// Sends a mail that was given up once more: changes one row or none.
pub(crate) fn resent(scope: &Scope, id: &str, now: i64) -> Statement {
    Statement::new(
        "update host_mail set state = 'waiting', attempts = 0, next_at = ?, error = '' \
         where mail_id = ? and state = 'dead' and {scope}",
    )
    .bind(now)
    .bind(id)
    .scope(scope, "organisation_id")
}

/// Takes back a mail that waits: changes one row or none.
pub(crate) fn withdrawn(scope: &Scope, mail: &MailRow, now: i64) -> Statement {
    Statement::new(
        "update host_mail set state = 'withdrawn', next_at = ?, content = ? \
         where mail_id = ? and state = 'waiting' and {scope}",
    )
    .bind(now)
    .bind(if mail.secret { mail.blanked() } else { mail.content.clone() })
    .bind(mail.mail_id.as_str())
    .scope(scope, "organisation_id")
}

/// Forgets mails written before `before` that no longer wait, some thousands at a time.
pub(crate) fn purge(before: i64) -> Statement {
    // The inner table lets MariaDB read, with a limit, the table it deletes from.
    Statement::new(
        "delete from host_mail where mail_id in (select mail_id from \
         (select mail_id from host_mail where created_at < ? and state <> 'waiting' \
          order by created_at limit 5000) as old)",
    )
    .bind(before)
}

/// Whether there still is a mail with this id.
///
/// Unscoped: files of mails are swept for everybody.
pub(crate) async fn is_kept(db: &Db, id: &str) -> Result<bool, Fault> {
    let sql = "select count(*) from host_mail where mail_id = ?";
    Ok(db.scalar(Statement::new(sql).bind(id)).await? > 0)
}

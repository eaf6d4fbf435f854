//! Mails that wait, were sent, or were given up.

use plugin_api::db::{Mail, Statement};

use super::organisations::ROOT;

/// Queues a mail, unless one with the same key is there already.
///
/// Unscoped: whoever causes a mail says whose it is.
pub(crate) fn insertion(plugin: &str, mail: &Mail, id: &str, now: i64) -> Statement {
    let node = if mail.organisation_id.is_empty() { ROOT } else { &mail.organisation_id };
    let key = (!mail.unique_key.is_empty()).then_some(mail.unique_key.as_str());
    Statement::new(
        "insert into host_mail (mail_id, organisation_id, plugin, kind, recipient, subject, \
           content, secret, unique_key, state, attempts, next_at, error, created_at) \
         select ?, organisation_id, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, '', ? \
         from host_organisation where organisation_id = ? \
           and not exists (select 1 from host_mail m where m.unique_key = ?)",
    )
    .bind(id)
    .bind(plugin)
    .bind(&mail.kind)
    .bind(&mail.to)
    .bind(&mail.subject)
    .bind(serde_json::to_string(mail).unwrap_or_default())
    .bind(i64::from(mail.secret))
    .bind(key)
    .bind(now)
    .bind(now)
    .bind(node)
    .bind(key)
}

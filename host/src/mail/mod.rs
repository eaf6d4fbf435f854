//! Mails: written in the transaction that causes them, sent by a leased worker.

use plugin_api::db::{Mail, Statement};

use crate::store;

/// The statement that queues a mail of `plugin`. Ring the bell of [`Work`](crate::work::Work) after
/// its commit.
pub(crate) fn statement(plugin: &str, mail: &Mail, id: &str, now: i64) -> Statement {
    store::mail::insertion(plugin, mail, id, now)
}

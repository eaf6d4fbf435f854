//! Mails: written in the transaction that causes them, sent by a leased worker at least once.

mod compose;
mod files;
mod letterhead;
mod smtp;
#[cfg(test)]
mod tests;
mod transport;
mod worker;

use plugin_api::Fault;
use plugin_api::db::{Mail, Statement};

use crate::config::Config;
use crate::store;

pub(crate) use compose::is_ours;
pub(crate) use files::{directory, sweep};
pub(crate) use letterhead::Letterhead;
pub(crate) use worker::run;

use transport::Transport;

/// How many days mails are kept unless the setting `mail-days` says otherwise.
pub(crate) const KEPT_DAYS: i64 = 90;

/// The statement that queues a mail of `plugin`. Ring the bell of [`Work`](crate::work::Work) after
/// its commit.
pub(crate) fn statement(plugin: &str, mail: &Mail, id: &str, now: i64) -> Statement {
    store::mail::insertion(plugin, mail, id, now)
}

/// Sends `mail` at once, past the queue: for somebody who tries his settings out.
pub(crate) async fn send_now(
    config: &Config,
    mail: &Mail,
    id: &str,
    now: i64,
) -> Result<String, Fault> {
    let letterhead = Letterhead::of(config, "");
    let transport = Transport::of(config);
    let message = compose::message(&letterhead, mail, id, now, transport.encoding())
        .map_err(|refusal| Fault::invalid(refusal.reason))?;
    transport.send(&message).await.map_err(|refusal| Fault::internal(refusal.reason))?;
    Ok(transport.told(&message))
}

//! Sends what is due, again later what was not taken, and gives up in the end.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, Scope};
use tokio::time::timeout;

use super::compose;
use super::letterhead::Letterhead;
use super::transport::{Refusal, Transport};
use crate::config::Config;
use crate::store::mail::{self as store, MailRow};
use crate::store::organisations;
use crate::work::{Source, Stop, Wake, backoff, insist, pool, take};

/// How many mails leave side by side.
const WIDTH: usize = 4;
/// How often a mail is tried; with the waits between, more than a weekend.
const ATTEMPTS: i64 = 80;
/// Seconds a mail stays ours beyond the time it may take, so that nobody else sends it meanwhile.
const MARGIN: u64 = 10;

/// Sends mails until stopped.
pub(crate) async fn run(cx: Cx, config: Config, bell: Wake, stop: Stop) {
    pool(Arc::new(Sender::of(cx, config)), WIDTH, bell, stop).await;
}

pub(super) struct Sender {
    cx: Cx,
    config: Config,
    transport: Transport,
    patience: Duration,
}

impl Sender {
    pub(super) fn of(cx: Cx, config: Config) -> Self {
        let transport = Transport::of(&config);
        let patience = Duration::from_secs(u64::from(config.mail.timeout_seconds) + MARGIN / 2);
        Self { cx, config, transport, patience }
    }

    /// How long a mail is ours, milliseconds.
    fn lease(&self) -> i64 {
        (i64::from(self.config.mail.timeout_seconds) + MARGIN.cast_signed()) * 1000
    }

    async fn send(&self, row: &MailRow) -> Result<(), Refusal> {
        let mail = row.mail().map_err(|fault| Refusal::for_good(fault.to_string()))?;
        let letterhead = self.letterhead().await.map_err(|f| Refusal::for_now(f.to_string()))?;
        let (id, at) = (&row.mail_id, row.created_at);
        let message = compose::message(&letterhead, &mail, id, at, self.transport.encoding())?;
        match timeout(self.patience, self.transport.send(&message)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Refusal::for_now("it took too long")),
        }
    }

    /// Read anew for every mail: the company's name may be changed while we run.
    async fn letterhead(&self) -> Result<Letterhead, Fault> {
        let root =
            organisations::find(&self.cx.db(), &Scope::everything(), organisations::ROOT).await?;
        let company = root.map(|root| root.name).unwrap_or_default();
        Ok(Letterhead::of(&self.config, &company))
    }
}

impl Source for Sender {
    type Item = MailRow;

    async fn claim(&self, room: usize) -> Result<Vec<MailRow>, Fault> {
        let (cx, db) = (&self.cx, self.cx.db());
        let due = store::due(&db, cx.now(), room).await?;
        let claim = |mail: &mut MailRow| {
            let until = cx.now() + self.lease();
            let statement = store::claim(mail, until);
            (mail.next_at, mail.attempts) = (until, mail.attempts + 1);
            statement
        };
        Ok(take(&db, due, claim).await)
    }

    async fn run(&self, mail: MailRow) {
        let outcome = self.send(&mail).await;
        let (cx, now, id) = (&self.cx, self.cx.now(), &mail.mail_id);
        let note = match outcome {
            Ok(()) => {
                tracing::debug!(mail = id, kind = mail.kind, "A mail was sent.");
                store::sent(&mail, now, self.transport.keeps_secrets())
            }
            Err(Refusal { reason, is_final }) => {
                let last = is_final || mail.attempts >= ATTEMPTS;
                if last {
                    tracing::error!(reason, mail = id, kind = mail.kind, "A mail was given up.");
                } else {
                    tracing::warn!(reason, mail = id, kind = mail.kind, "A mail was not taken.");
                }
                let next_at = (!last).then(|| now + backoff(cx, mail.attempts));
                store::failed(&mail, &reason, next_at, now)
            }
        };
        // If this fails the mail is sent once more when the lease ends.
        if let Err(fault) = insist(&cx.db(), Batch::new().and(note)).await {
            tracing::warn!(%fault, mail = id, "What became of a mail could not be noted.");
        }
    }

    /// Mails that were cut off come again when their lease ends.
    async fn hand_back(&self) {}
}

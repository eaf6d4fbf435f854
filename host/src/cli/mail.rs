//! `cockpit mail`: try the settings of mails out.

use clap::Subcommand;
use plugin_api::db::Mail as Words;

use super::{Failure, Place, open, say};
use crate::{lend, mail};

#[derive(Debug, Subcommand)]
pub(super) enum Mail {
    /// Send a mail at once, to see whether the settings work
    Test(Test),
}

/// Send a mail at once, to see whether the settings work
///
/// It needs no database, so the server may run meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit mail test ann@example.com
  COCKPIT_MAIL__TRANSPORT=smtp COCKPIT_MAIL__SMTP_URL_FILE=/run/secrets/smtp \\
    COCKPIT_MAIL__FROM=cockpit@example.com cockpit mail test ann@example.com")]
pub(super) struct Test {
    /// Where it goes
    address: String,
}

impl Mail {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let Self::Test(Test { address }) = self;
        let loaded = place.load(Vec::new())?;
        open::quietly(&loaded)?;
        let words = Words {
            to: address,
            subject: "A test of the cockpit's mail".to_owned(),
            paragraphs: vec!["This mail was sent to see whether mails arrive. They do.".to_owned()],
            ..Words::default()
        };
        let sent = mail::send_now(&loaded.config, &words, &lend::fresh_id(), lend::now()).await;
        say(sent.map_err(|fault| Failure::refused(fault.message))?);
        Ok(())
    }
}

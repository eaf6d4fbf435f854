//! `cockpit audit`: check the audit log.

use clap::Subcommand;

use super::{Failure, Opened, Place, say};
use crate::audit;

#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Replay the chain of the audit log and say whether it was tampered with
    #[command(after_help = "\
Ends with 0 when every row fits, with 1 at the first that does not.

Example:
  cockpit audit verify && echo intact")]
    Verify,
}

impl Audit {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let Self::Verify = self;
        let opened = Opened::at(place, "audit verify").await?;
        let report = audit::verify(&opened.cx.db()).await?;
        opened.close().await;
        say(format!(
            "{} rows: {} sealed, of which {} erased; {} wait for the server to seal them.",
            report.rows,
            report.sealed,
            report.erased,
            report.rows - report.sealed
        ));
        if let Some(broken) = report.first_broken {
            return Err(Failure::refused(format!("the audit log is broken: {broken}")));
        }
        say("The chain is intact.");
        Ok(())
    }
}

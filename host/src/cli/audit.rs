//! `cockpit audit`: check the audit log, or write it out.

use std::io::Write as _;

use clap::Subcommand;
use plugin_api::{Fault, time};

use super::{Failure, Opened, Place, say};
use crate::audit;
use crate::store::audit as store;

#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Replay the chain of the audit log and say whether it was tampered with
    #[command(after_help = "\
Ends with 0 when every row fits, with 1 at the first that does not.

Example:
  cockpit audit verify && echo intact")]
    Verify,
    /// Write every row of the audit log to standard output, one JSON object a line
    #[command(after_help = "\
Example:
  cockpit audit export > audit.jsonl")]
    Export,
}

impl Audit {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        match self {
            Self::Verify => verify(place).await,
            Self::Export => export(place).await,
        }
    }
}

async fn verify(place: &Place) -> Result<(), Failure> {
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
    if report.sealed > 0 {
        say(format!("Last sealed at {}.", time::rfc3339(report.sealed_at)));
        say(format!("The chain ends with {}.", report.head));
    }
    if let Some(broken) = report.first_broken {
        return Err(Failure::refused(format!("the audit log is broken: {broken}")));
    }
    say("The chain is intact. Note its end somewhere else: the same rows give the same end.");
    Ok(())
}

async fn export(place: &Place) -> Result<(), Failure> {
    let opened = Opened::at(place, "audit export").await?;
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let written = store::every(&opened.cx.db(), |row| {
        let line = serde_json::to_string(&row)?;
        writeln!(out, "{line}").map_err(Fault::internal)
    })
    .await;
    opened.close().await;
    out.flush().map_err(Fault::internal)?;
    Ok(written?)
}

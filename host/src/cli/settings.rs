//! `cockpit config`: the settings in force, and everything there is to set.

use super::{Failure, Place, say};
use crate::config::reference;

/// Print the settings in force and where each comes from
///
/// Secrets are hidden.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit config
  cockpit config --json
  cockpit config --reference > settings.md")]
pub(super) struct Settings {
    /// Print them as JSON
    #[arg(long, conflicts_with = "reference")]
    json: bool,
    /// Print what can be set, as a Markdown table
    #[arg(long)]
    reference: bool,
}

impl Settings {
    pub(super) fn run(self, place: &Place) -> Result<(), Failure> {
        if self.reference {
            say(reference().trim_end());
            return Ok(());
        }
        let loaded = place.load(Vec::new())?;
        if self.json {
            say(format!("{:#}", loaded.json()));
        } else {
            say(loaded.text().trim_end());
        }
        Ok(())
    }
}

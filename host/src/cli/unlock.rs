//! `cockpit unlock`: enter a key that unlocks plugins.

use std::io::Read as _;

use super::{Failure, Opened, Place, say};
use crate::plugins::Status;

/// Enter a key that unlocks plugins
///
/// The same as on the Modules page. The key is kept, checked at every start, and audited.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit unlock eyJhbGciOiJFZERTQSIs…
  cockpit unlock - < key.txt")]
pub(super) struct Unlock {
    /// The key your vendor sent you, or - to read it from standard input
    #[arg(value_name = "KEY|-")]
    key: String,
}

/// More than any key has.
const LONGEST: u64 = 1024 * 1024;

impl Unlock {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let key = if self.key == "-" { standard_input()? } else { self.key };
        let opened = Opened::at(place, "unlock").await?;
        let Opened { state, cx } = &opened;
        let unlocked = state.registry.enter_unlock_key(cx, state, &key).await?;
        let lang = cx.lang();
        let rows =
            state.registry.list(cx.now()).into_iter().filter(|row| unlocked.contains(&row.id));
        let mut failed = Vec::new();
        for row in rows {
            match row.status {
                Status::Failed(reason) => {
                    failed.push(format!("{}: {}", row.id, reason.sentence(&lang)));
                }
                _ => say(format!("Unlocked: {}", row.id)),
            }
        }
        opened.close().await;
        if failed.is_empty() { Ok(()) } else { Err(Failure::refused(failed.join("\n"))) }
    }
}

/// All of standard input, as text.
pub(super) fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .take(LONGEST)
        .read_to_string(&mut text)
        .map_err(|error| Failure::refused(format!("standard input cannot be read: {error}")))?;
    Ok(text)
}

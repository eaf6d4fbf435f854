//! `cockpit release keygen`: a key that signs update metadata where no cockpit is.

use std::path::PathBuf;

use crate::cli::{Failure, say};
use crate::vendor::pair;

/// Make a key that signs update metadata, to be kept away from the cockpit
///
/// The private key goes into FILE, which only you can read and which must not exist; the public one
/// beside it, with the ending .pub. What is printed is the public key, to be entered on the page of
/// the product's signing keys.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  cockpit release keygen --out root-1.key")]
pub(in crate::cli) struct Keygen {
    /// Where the private key goes; must not exist
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Keygen {
    pub(super) fn run(&self) -> Result<(), Failure> {
        pair::create(&self.out)?;
        let public = pair::read(&self.out)?.verifying_key();
        say(plugin_api::hex(public.as_bytes()));
        Ok(())
    }
}

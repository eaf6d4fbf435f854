//! `cockpit vendor`: what who sells the cockpit needs.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use plugin_api::time;

use super::{Failure, say};
use crate::lend::{fresh_id, now};
use crate::vendor::unlock::{self, UnlockKey};
use crate::vendor::{Purpose, pair};

#[derive(Debug, Subcommand)]
pub(super) enum Vendor {
    /// Make a key pair: one that signs unlock keys, or one that signs plugin libraries
    NewKey(NewKey),
    /// Make a key that unlocks plugins, and print it
    UnlockKey(MakeUnlockKey),
}

/// Make a key pair
///
/// The private key goes into FILE, which only you can read; the public one beside it, with the
/// ending .pub. Installations need the public one as vendor/unlock.pub or vendor/plugin.pub in
/// their data directory, or compiled in (`COCKPIT_VENDOR_KEY`, `COCKPIT_VENDOR_PLUGIN_KEY`).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit vendor new-key --purpose unlock --out unlock.key
  cockpit vendor new-key --purpose plugin --out plugin.key")]
pub(super) struct NewKey {
    /// What the key will sign; never use one key for both
    #[arg(long)]
    purpose: KeyPurpose,
    /// Where the private key goes; must not exist
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum KeyPurpose {
    Unlock,
    Plugin,
}

/// Make a key that unlocks plugins, and print it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit vendor unlock-key --key unlock.key --installation 0190c2f0-… \\
    --modules customer-accounts,license-generator --days 365
  cockpit vendor unlock-key --key unlock.key --installation '*' --modules license-generator --days 30

The installation's id stands on its Modules page; `cockpit plugin list` prints it too.")]
pub(super) struct MakeUnlockKey {
    /// The private key that `cockpit vendor new-key --purpose unlock` made
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Id of the installation it is for, or '*' for all
    #[arg(long, value_name = "ID|'*'")]
    installation: String,
    /// Ids of the plugins it unlocks, separated by commas
    #[arg(long, value_name = "IDS", value_delimiter = ',', required = true)]
    modules: Vec<String>,
    /// How many days it counts, from now
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=36500))]
    days: u32,
    /// Who makes it
    #[arg(long, value_name = "NAME", default_value = "vendor")]
    issuer: String,
}

impl Vendor {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::NewKey(new) => new.run(),
            Self::UnlockKey(new) => new.run(),
        }
    }
}

impl NewKey {
    fn run(self) -> Result<(), Failure> {
        let purpose = match self.purpose {
            KeyPurpose::Unlock => Purpose::Unlock,
            KeyPurpose::Plugin => Purpose::Plugin,
        };
        let public = pair::create(&self.out)?;
        say(format!(
            "Private key: {}  keep it secret and safe\nPublic key:  {}  goes to installations as \
             vendor/{}.pub",
            self.out.display(),
            public.display(),
            purpose.name(),
        ));
        Ok(())
    }
}

impl MakeUnlockKey {
    fn run(self) -> Result<(), Failure> {
        let private = pair::read(&self.key)?;
        let modules: Vec<_> = self.modules.iter().map(|id| id.trim().to_owned()).collect();
        if modules.iter().any(String::is_empty) || self.installation.trim().is_empty() {
            return Err(Failure::refused("neither the installation nor a module may be empty"));
        }
        let key = UnlockKey {
            jti: fresh_id(),
            issuer: self.issuer,
            subject: self.installation.trim().to_owned(),
            modules,
            issued: now(),
            not_before: now(),
            expires: now() + i64::from(self.days) * time::DAY,
        };
        say(unlock::sign(&private, &key));
        Ok(())
    }
}

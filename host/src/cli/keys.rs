//! `cockpit keys`: the signing keys and the root that vouches for them.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Subcommand;
use ed25519_dalek::SigningKey;
use plugin_api::{Lang, time};

use zeroize::Zeroizing;

use super::unlock::standard_input;
use super::{Failure, Opened, Place, say};
use crate::host_plugin::LOCALES;
use crate::store::keys::KeyState;

#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// List the signing keys
    #[command(after_help = "\
Example:
  cockpit keys list")]
    List,
    /// Put new keys in the place of those that sign; what is out stays valid
    #[command(after_help = "\
Examples:
  cockpit keys rotate
  cockpit keys rotate --plugin license-generator --typ licenza+jwt
  cockpit keys rotate --root root.json < passphrase.txt")]
    Rotate(Rotate),
    /// Take a key back: nothing it signed counts any more
    #[command(after_help = "\
Example:
  cockpit keys revoke --kid kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k --reason 'laptop stolen'")]
    Revoke(Revoke),
    /// Certify keys that were made while the root was elsewhere
    #[command(after_help = "\
Example:
  cockpit keys certify --root root.json < passphrase.txt")]
    Certify(WithRoot),
    /// Rehearse an emergency: everything is tried, nothing is changed
    #[command(after_help = "\
Examples:
  cockpit keys drill
  cockpit keys drill --root root.json < passphrase.txt")]
    Drill(WithRoot),
    /// Put the root into an encrypted file and forget it here
    ///
    /// The passphrase, at least 12 characters, is read from standard input.
    #[command(after_help = "\
Example:
  cockpit keys export-root --out root.json < passphrase.txt")]
    ExportRoot(ExportRoot),
    /// Take the root back from an exported file
    #[command(after_help = "\
Example:
  cockpit keys import-root --root root.json < passphrase.txt")]
    ImportRoot(WithRoot),
    /// Exchange the key-encryption key; no other row changes
    ///
    /// Writes a new file secret.key. Where the key stands in the settings (secrets.kek), the new one
    /// is read from standard input instead: 32 bytes in base64.
    #[command(after_help = "\
Examples:
  cockpit keys rekey
  openssl rand -base64 32 | tee new.kek | cockpit keys rekey")]
    Rekey,
}

#[derive(Debug, clap::Args)]
pub(super) struct Rotate {
    /// Only the keys of this plugin
    #[arg(long, value_name = "ID")]
    plugin: Option<String>,
    /// Only the keys of tokens of this type
    #[arg(long, value_name = "TYPE")]
    typ: Option<String>,
    #[command(flatten)]
    root: WithRoot,
}

#[derive(Debug, clap::Args)]
pub(super) struct Revoke {
    /// The name of the key, as `cockpit keys list` prints it
    // A thumbprint may begin with a dash.
    #[arg(long, allow_hyphen_values = true)]
    kid: String,
    /// Why; kept in the audit log
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    root: WithRoot,
}

#[derive(Debug, clap::Args)]
pub(super) struct WithRoot {
    /// The exported root; its passphrase is read from standard input
    #[arg(long, value_name = "FILE")]
    root: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ExportRoot {
    /// Where the encrypted root goes; must not exist
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Keys {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let opened = Opened::at(place, "keys").await?;
        let outcome = self.at(&opened).await;
        opened.close().await;
        outcome
    }

    async fn at(self, opened: &Opened) -> Result<(), Failure> {
        match self {
            Self::List => list(opened).await,
            Self::Rotate(rotate) => rotate.run(opened).await,
            Self::Revoke(revoke) => revoke.run(opened).await,
            Self::Certify(with) => certify(opened, &with).await,
            Self::Drill(with) => drill(opened, &with).await,
            Self::ExportRoot(export) => export.run(opened).await,
            Self::ImportRoot(with) => import(opened, &with).await,
            Self::Rekey => rekey(opened).await,
        }
    }
}

impl WithRoot {
    fn read(&self, opened: &Opened) -> Result<Option<SigningKey>, Failure> {
        let Some(path) = &self.root else { return Ok(None) };
        let file = fs::read_to_string(path).map_err(|error| {
            Failure::refused(format!("{} cannot be read: {error}", path.display()))
        })?;
        let passphrase = standard_input()?;
        Ok(Some(opened.state.keys.read_exported_root(&file, &passphrase)?))
    }
}

async fn list(opened: &Opened) -> Result<(), Failure> {
    let keys = &opened.state.keys;
    if let Some(root) = keys.root() {
        let place = if root.is_here { "here" } else { "kept elsewhere" };
        say(format!("root  {}  {place}", root.kid));
    }
    for key in keys.list(&opened.cx).await? {
        let state = match key.state {
            KeyState::Active => "signs",
            KeyState::Retired => "verifies",
            KeyState::Revoked => "taken back",
        };
        let certified = if key.certificate.is_some() { "certified" } else { "not certified" };
        let since = time::rfc3339(key.created_at);
        say(format!("{}  {state}  {certified}  {since}  {} {}", key.kid, key.plugin, key.typ));
    }
    Ok(())
}

impl Rotate {
    async fn run(self, opened: &Opened) -> Result<(), Failure> {
        let root = self.root.read(opened)?;
        let keys = &opened.state.keys;
        let is_meant =
            |given: &Option<String>, own: &str| given.as_ref().is_none_or(|given| given == own);
        let mut count = 0;
        for key in keys.list(&opened.cx).await? {
            let is_meant = is_meant(&self.plugin, &key.plugin) && is_meant(&self.typ, &key.typ);
            if !is_meant || key.state != KeyState::Active {
                continue;
            }
            let new = keys.rotate(&opened.cx, &key.plugin, &key.typ, root.as_ref()).await?;
            say(format!("{} {}: {} signs from now on.", key.plugin, key.typ, new.kid));
            count += 1;
        }
        if count == 0 {
            return Err(Failure::refused("there is no such key; `cockpit keys list` prints all"));
        }
        Ok(())
    }
}

impl Revoke {
    async fn run(self, opened: &Opened) -> Result<(), Failure> {
        let root = self.root.read(opened)?;
        opened.state.keys.revoke(&opened.cx, &self.kid, &self.reason, root.as_ref()).await?;
        say(format!("{} is taken back.", self.kid));
        Ok(())
    }
}

async fn certify(opened: &Opened, with: &WithRoot) -> Result<(), Failure> {
    let root = with.read(opened)?;
    let count = opened.state.keys.certify(&opened.cx, root.as_ref()).await?;
    say(format!("{count} keys were certified."));
    Ok(())
}

async fn drill(opened: &Opened, with: &WithRoot) -> Result<(), Failure> {
    let root = with.read(opened)?;
    let drill = opened.state.keys.drill(&opened.cx, root.as_ref()).await?;
    let lang: Lang = plugin_api::Catalogue::new(LOCALES).lang("en");
    for (step, worked) in &drill.steps {
        say(format!("{}  {}", if *worked { "ok    " } else { "FAILED" }, lang.t(step)));
    }
    say(format!(
        "{} keys sign, {} only verify, {} were taken back; {} µs. Nothing was changed.",
        drill.active, drill.retired, drill.revoked, drill.took
    ));
    if drill.is_ready() {
        return Ok(());
    }
    Err(Failure::refused("an emergency would not go well; see above"))
}

impl ExportRoot {
    async fn run(self, opened: &Opened) -> Result<(), Failure> {
        let passphrase = standard_input()?;
        let file = opened.state.keys.export_root(&opened.cx, &passphrase).await?;
        write(&self.out, &file)?;
        // What was written must be readable before the only other copy goes.
        let written = fs::read_to_string(&self.out).unwrap_or_default();
        opened.state.keys.read_exported_root(&written, &passphrase)?;
        opened.state.keys.forget_root(&opened.cx).await?;
        say(format!(
            "The root is in {} and nowhere else. Keep it and its passphrase apart, and two copies.",
            self.out.display()
        ));
        Ok(())
    }
}

async fn import(opened: &Opened, with: &WithRoot) -> Result<(), Failure> {
    let root = with.read(opened)?;
    let root = root.ok_or_else(|| Failure::refused("--root names the exported file"))?;
    opened.state.keys.import_root(&opened.cx, &root).await?;
    say("The root is here again.");
    Ok(())
}

async fn rekey(opened: &Opened) -> Result<(), Failure> {
    let config = &opened.state.config;
    if config.secrets.kek.is_some() {
        let new = standard_input()?;
        opened.state.keys.rekey(&opened.cx, &new).await?;
        say("From now on the installation opens with the new key: put it into secrets.kek.");
        return Ok(());
    }
    let path = config.file("secret.key");
    let waiting = config.file("secret.key.new");
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(plugin_api::Fault::internal)?;
    let text = Zeroizing::new(STANDARD.encode(bytes.as_slice()));
    // The new key is on disk before anything depends on it; a crash leaves one of the two in use.
    write(&waiting, &text)?;
    opened.state.keys.rekey(&opened.cx, &text).await?;
    fs::rename(&waiting, &path).map_err(|error| {
        Failure::refused(format!(
            "{} must take the place of {}: {error}",
            waiting.display(),
            path.display()
        ))
    })?;
    say(format!("{} holds the new key. Keep a copy apart from the database.", path.display()));
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let written = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        writeln!(file, "{text}")?;
        file.sync_all()
    };
    written()
        .map_err(|error| Failure::refused(format!("{} cannot be written: {error}", path.display())))
}

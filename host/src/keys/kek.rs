//! The key-encryption key: 32 bytes from the settings or a file, and the keys derived from it.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use plugin_api::{Fault, FaultKind};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::seal;
use crate::config::Config;

/// The key every other key of this installation depends on; wiped from memory when dropped.
///
/// It protects the master key, from which all others are derived. As long as it was never exchanged
/// the two are the same.
pub(super) struct Kek {
    key: Zeroizing<[u8; 32]>,
    master: Zeroizing<[u8; 32]>,
    origin: Origin,
}

enum Origin {
    Setting,
    File(PathBuf),
    /// Made now, not written yet.
    Fresh(PathBuf),
}

impl fmt::Debug for Kek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kek")
    }
}

impl Kek {
    fn new(key: Zeroizing<[u8; 32]>, origin: Origin) -> Self {
        Self { master: key.clone(), key, origin }
    }

    /// The same master key below another key: 32 bytes in base64.
    pub(super) fn exchanged(&self, text: &str) -> Result<Self, Fault> {
        let key = decoded(text)
            .ok_or_else(|| Fault::invalid("the new key must be 32 bytes in base64"))?;
        Ok(Self { key, master: self.master.clone(), origin: Origin::Setting })
    }

    /// The master key, sealed with this key.
    pub(super) fn sealed_master(&self) -> Result<Vec<u8>, Fault> {
        seal::seal_with(&self.protecting(), MASTER, self.master.as_slice())
    }

    /// Takes the master key out of what [`sealed_master`](Self::sealed_master) made; whether it was
    /// sealed with this key.
    pub(super) fn take_master(&mut self, sealed: &[u8]) -> bool {
        let Ok(master) = seal::open_with(&self.protecting(), MASTER, sealed) else { return false };
        let Ok(master) = <[u8; 32]>::try_from(master.as_slice()) else { return false };
        self.master = Zeroizing::new(master);
        true
    }

    /// Takes the key that an exchange left waiting beside the file, if the master key was sealed with
    /// that one: the exchange was interrupted after the database knew of it.
    pub(super) fn take_waiting(&mut self, sealed: &[u8]) -> bool {
        let Origin::File(path) = &self.origin else { return false };
        let waiting = path.with_extension("key.new");
        let Ok(text) = fs::read_to_string(&waiting).map(Zeroizing::new) else { return false };
        let Some(key) = decoded(&text) else { return false };
        let mut other = Self::new(key, Origin::File(path.clone()));
        if !other.take_master(sealed) || fs::rename(&waiting, path).is_err() {
            return false;
        }
        *self = other;
        true
    }

    fn protecting(&self) -> Zeroizing<[u8; 32]> {
        derived(&self.key, "protect", "host", MASTER)
    }

    /// The key from `secrets.kek` or from `secret.key`; a new one where neither is.
    pub(super) fn load(config: &Config) -> Result<Self, Fault> {
        if let Some(secret) = &config.secrets.kek {
            let key = decoded(secret.expose()).ok_or_else(|| {
                Fault::invalid("the setting secrets.kek must be 32 bytes in base64")
            })?;
            return Ok(Self::new(key, Origin::Setting));
        }
        let path = config.file("secret.key");
        match fs::read_to_string(&path).map(Zeroizing::new) {
            Ok(text) => {
                let key = decoded(&text).ok_or_else(|| {
                    Fault::invalid(format!("{} must hold 32 bytes in base64", path.display()))
                })?;
                Ok(Self::new(key, Origin::File(path)))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let mut key = Zeroizing::new([0; 32]);
                getrandom::fill(key.as_mut_slice()).map_err(Fault::internal)?;
                Ok(Self::new(key, Origin::Fresh(path)))
            }
            Err(error) => {
                Err(Fault::internal(format!("{} cannot be read: {error}", path.display())))
            }
        }
    }

    /// Writes a key made just now, so that nothing is ever protected by a key that is not kept.
    pub(super) fn keep(&mut self) -> Result<(), Fault> {
        let Origin::Fresh(path) = &self.origin else { return Ok(()) };
        let text = Zeroizing::new(STANDARD.encode(self.key.as_slice()));
        let write = || {
            let mut file =
                OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
            writeln!(file, "{}", text.as_str())?;
            file.sync_all()
        };
        write().map_err(|error: std::io::Error| {
            Fault::internal(format!("{} cannot be written: {error}", path.display()))
        })?;
        self.origin = Origin::File(path.clone());
        Ok(())
    }

    /// Why the database does not accept this key, and what to do.
    pub(super) fn refusal(&self) -> Fault {
        let sentence = match &self.origin {
            Origin::Setting => {
                "the key in the setting secrets.kek is not the one this database was \
                                made with; set the key it was made with"
                    .to_owned()
            }
            Origin::File(path) => format!(
                "the key in {} is not the one this database was made with; put that file back, or \
                 set secrets.kek",
                path.display()
            ),
            Origin::Fresh(path) => format!(
                "{} is missing, and without it this database cannot be read; put that file back, \
                 or set secrets.kek",
                path.display()
            ),
        };
        Fault::new(FaultKind::Refused, sentence)
    }

    /// A key for one use: HMAC-SHA-256 of the use and its names under the master key.
    pub(super) fn derive(&self, usage: &str, plugin: &str, purpose: &str) -> Zeroizing<[u8; 32]> {
        derived(&self.master, usage, plugin, purpose)
    }
}

/// Names the master key where it is sealed.
const MASTER: &str = "master";

fn derived(from: &[u8; 32], usage: &str, plugin: &str, purpose: &str) -> Zeroizing<[u8; 32]> {
    let mut mac = hmac(from);
    // Lengths, so that no two lists of names are the same bytes.
    for part in ["cockpit/v1", usage, plugin, purpose] {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part.as_bytes());
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// HMAC-SHA-256 (RFC 2104) under `key`.
pub(super) fn hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn decoded(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let bytes = Zeroizing::new(STANDARD.decode(text.trim()).ok()?);
    bytes.as_slice().try_into().ok().map(Zeroizing::new)
}

//! The vendor's public keys: compiled in by the packager, or those of the data directory.

use std::fs;
use std::io::ErrorKind;

use ed25519_dalek::VerifyingKey;
use plugin_api::Fault;

use crate::config::Config;
use crate::jose::{pem, thumbprint};

/// What a key of the vendor may sign; one key never serves both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Keys that unlock plugins.
    Unlock,
    /// Plugin libraries.
    Plugin,
}

impl Purpose {
    /// Its name in commands and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unlock => "unlock",
            Self::Plugin => "plugin",
        }
    }

    /// The key a packager compiled in, if any.
    fn compiled_in(self) -> Option<&'static str> {
        match self {
            Self::Unlock => option_env!("COCKPIT_VENDOR_KEY"),
            Self::Plugin => option_env!("COCKPIT_VENDOR_PLUGIN_KEY"),
        }
    }
}

/// The public keys that are believed, per purpose.
#[derive(Debug, Clone, Default)]
pub struct VendorKeys {
    unlock: Vec<VerifyingKey>,
    plugin: Vec<VerifyingKey>,
    is_compiled_in: bool,
}

impl VendorKeys {
    /// The keys of this build, and only they if a packager compiled one in; else those in
    /// `<data>/vendor` and, for plugins, the setting `plugins.trusted_keys`.
    pub fn load(config: &Config) -> Result<Self, Fault> {
        let compiled = [Purpose::Unlock, Purpose::Plugin].map(Purpose::compiled_in);
        if compiled.iter().any(Option::is_some) {
            let [unlock, plugin] = compiled.map(|text| {
                text.map(|text| readable("the key compiled into this program", text)).transpose()
            });
            let (unlock, plugin) = (unlock?.into_iter().collect(), plugin?.into_iter().collect());
            return Ok(Self { unlock, plugin, is_compiled_in: true });
        }
        let mut keys = Self::default();
        keys.unlock.extend(of_file(config, Purpose::Unlock)?);
        keys.plugin.extend(of_file(config, Purpose::Plugin)?);
        for text in &config.plugins.trusted_keys {
            keys.plugin.push(readable("a key of plugins.trusted_keys", text)?);
        }
        Ok(keys)
    }

    /// Exactly these keys.
    pub fn of(unlock: Vec<VerifyingKey>, plugin: Vec<VerifyingKey>) -> Self {
        Self { unlock, plugin, is_compiled_in: false }
    }

    /// Whether a packager compiled the keys in, so that those of the data directory do not count.
    pub fn is_compiled_in(&self) -> bool {
        self.is_compiled_in
    }

    /// Whether any key is believed for `purpose`.
    pub fn has(&self, purpose: Purpose) -> bool {
        !self.all(purpose).is_empty()
    }

    pub(super) fn find(&self, purpose: Purpose, kid: &str) -> Option<VerifyingKey> {
        self.all(purpose).iter().find(|key| thumbprint(key) == kid).copied()
    }

    fn all(&self, purpose: Purpose) -> &[VerifyingKey] {
        match purpose {
            Purpose::Unlock => &self.unlock,
            Purpose::Plugin => &self.plugin,
        }
    }
}

fn of_file(config: &Config, purpose: Purpose) -> Result<Option<VerifyingKey>, Fault> {
    let path = config.file("vendor").join(format!("{}.pub", purpose.name()));
    match fs::read_to_string(&path) {
        Ok(text) => readable(&path.display().to_string(), &text).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::internal(format!("{} cannot be read: {error}", path.display()))),
    }
}

fn readable(origin: &str, text: &str) -> Result<VerifyingKey, Fault> {
    pem::read_public(text)
        .ok_or_else(|| Fault::invalid(format!("{origin} is not an Ed25519 public key")))
}

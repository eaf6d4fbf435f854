//! One plugin as the host sees it, whatever its linking.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use plugin_api::Plugin;
use plugin_api::manifest::Manifest;

use super::border::Bordered;
use super::breaker::Breaker;

/// Where a plugin stands in its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Present, but no licence key that names it was entered, or it has run out.
    Locked,
    /// Unlocked, switched off.
    Disabled,
    /// At work.
    Enabled,
    /// It cannot work; the reason is one sentence, as a text key and its arguments.
    Failed(Reason),
}

/// Why a plugin cannot work: a key of the host's texts with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Text key, `module-failed-…`.
    pub key: &'static str,
    /// Named arguments of the text.
    pub arguments: Vec<(&'static str, String)>,
}

impl Reason {
    /// The reason `key` with its arguments.
    pub fn of(key: &'static str, arguments: Vec<(&'static str, String)>) -> Self {
        Self { key, arguments }
    }

    /// The reason `key` about `what`.
    #[expect(clippy::needless_pass_by_value, reason = "errors and texts are handed in as they are")]
    pub fn new(key: &'static str, what: impl ToString) -> Self {
        Self::of(key, vec![("what", what.to_string())])
    }

    /// The sentence in a language.
    pub fn sentence(&self, lang: &plugin_api::Lang) -> String {
        let arguments: Vec<(&str, &str)> =
            self.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        lang.with(self.key, &arguments)
    }
}

/// How a plugin came into the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// With the program.
    CompiledIn,
    /// From a library file.
    Library(PathBuf),
}

/// What is known of the signature of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureState {
    /// Part of the program: nothing to check.
    CompiledIn,
    /// Checked before it was loaded.
    Valid,
    /// Missing or wrong: it was never loaded.
    Refused,
}

pub(crate) enum Linked {
    Direct(Box<Plugin>),
    Border(Bordered),
    /// Refused or broken before it could be called.
    Nothing,
}

/// One plugin.
pub(crate) struct Module {
    pub(crate) id: Arc<str>,
    pub(crate) manifest: Arc<Manifest>,
    pub(crate) origin: Origin,
    pub(crate) signature: SignatureState,
    pub(crate) linked: Linked,
    pub(crate) breaker: Breaker,
    status: RwLock<Status>,
}

impl Module {
    pub(crate) fn new(
        manifest: Manifest,
        origin: Origin,
        signature: SignatureState,
        linked: Linked,
    ) -> Self {
        Self {
            id: Arc::from(manifest.id.as_str()),
            manifest: Arc::new(manifest),
            origin,
            signature,
            linked,
            breaker: Breaker::default(),
            status: RwLock::new(Status::Locked),
        }
    }

    /// A plugin that was found but cannot be used.
    pub(crate) fn failed(
        id: &str,
        origin: Origin,
        signature: SignatureState,
        reason: Reason,
    ) -> Self {
        let manifest = Manifest { id: id.to_owned(), ..Manifest::default() };
        let module = Self::new(manifest, origin, signature, Linked::Nothing);
        module.set(Status::Failed(reason));
        module
    }

    pub(crate) fn status(&self) -> Status {
        self.status.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set(&self, status: Status) {
        *self.status.write().unwrap_or_else(PoisonError::into_inner) = status;
    }

    pub(crate) fn is_enabled(&self) -> bool {
        *self.status.read().unwrap_or_else(PoisonError::into_inner) == Status::Enabled
    }
}

/// A plugin as the Modules page and `cockpit plugin list` show it.
#[derive(Debug, Clone)]
pub struct ModuleRow {
    /// Its id.
    pub id: String,
    /// What it says of itself.
    pub manifest: Arc<Manifest>,
    /// How it came into the host.
    pub origin: Origin,
    /// Its signature.
    pub signature: SignatureState,
    /// Where it stands.
    pub status: Status,
    /// When its unlock ends, unix milliseconds; none when locked.
    pub unlocked_until: Option<i64>,
    /// Whether the unlock has ended and only the grace period keeps it at work.
    pub in_grace: bool,
}

//! The settings of the cockpit: one struct per section, and where each value came from.

mod blobs;
mod cockpit;
mod company;
mod data;
mod database;
mod http;
mod load;
mod log;
mod mail;
mod network;
mod plugins;
mod scan;
mod secret;
mod secrets;
mod session;
mod setting;
mod show;
mod sign_in;
mod sources;
pub mod sso;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use blobs::Blobs;
pub use cockpit::Cockpit;
pub use company::Company;
pub use database::Database;
pub use http::Http;
pub use load::Loaded;
pub use log::{Log, LogFormat};
pub use mail::{Mail, MailTransport};
pub use network::{Network, Networks};
pub use plugins::Plugins;
pub use scan::Scan;
pub use secret::Secret;
pub use secrets::Secrets;
pub use session::Session;
pub use setting::Setting;
pub use show::{reference, reference_file};
pub use sign_in::SignIn;
pub use sources::{Given, Sources};
pub use sso::Sso;

/// Everything that can be set.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The data directory: database, keys, plugins.
    pub data: PathBuf,
    /// How it is reached.
    pub http: Http,
    /// Where rows are kept.
    pub database: Database,
    /// Loaded plugins.
    pub plugins: Plugins,
    /// What is logged and how.
    pub log: Log,
    /// Keys that protect other keys.
    pub secrets: Secrets,
    /// How long people stay signed in.
    pub session: Session,
    /// How careful signing in is.
    pub sign_in: SignIn,
    /// People an existing cockpit signed in.
    pub sso: Sso,
    /// The existing cockpit that this one joins.
    pub cockpit: Cockpit,
    /// Who runs this cockpit.
    pub company: Company,
    /// How mails leave.
    pub mail: Mail,
    /// Where files are kept.
    pub blobs: Blobs,
    /// What looks for viruses in them.
    pub scan: Scan,
}

/// Why the cockpit cannot start with these settings: one sentence for whoever wrote them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from(data::DEFAULT),
            http: Http::default(),
            database: Database::default(),
            plugins: Plugins::default(),
            log: Log::default(),
            secrets: Secrets::default(),
            session: Session::default(),
            sign_in: SignIn::default(),
            sso: Sso::default(),
            cockpit: Cockpit::default(),
            company: Company::default(),
            mail: Mail::default(),
            blobs: Blobs::default(),
            scan: Scan::default(),
        }
    }
}

impl Config {
    /// The defaults, with everything kept in `data`.
    pub fn in_directory(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), ..Self::default() }
    }

    /// A file of the data directory.
    pub fn file(&self, name: impl AsRef<Path>) -> PathBuf {
        self.data.join(name)
    }

    /// Where loaded plugins lie.
    pub fn plugins_directory(&self) -> PathBuf {
        self.plugins.directory.clone().unwrap_or_else(|| self.file("plugins"))
    }

    /// How the database is opened.
    pub fn database_settings(&self) -> cockpit_database::Settings {
        cockpit_database::Settings {
            url: self.database.url().map(str::to_owned),
            path: self.file("cockpit.db"),
            readers: self.database.readers,
            connections: self.database.connections,
        }
    }

    /// Every setting there is, in the order of the reference.
    pub fn settings() -> impl Iterator<Item = &'static Setting> {
        [
            data::SETTINGS,
            http::SETTINGS,
            database::SETTINGS,
            plugins::SETTINGS,
            log::SETTINGS,
            secrets::SETTINGS,
            session::SETTINGS,
            sign_in::SETTINGS,
            sso::SETTINGS,
            cockpit::SETTINGS,
            company::SETTINGS,
            mail::SETTINGS,
            blobs::SETTINGS,
            scan::SETTINGS,
        ]
        .into_iter()
        .flatten()
    }

    /// What serde cannot see of a value.
    fn check(&self) -> Result<(), ConfigError> {
        self.http.check()?;
        self.database.check()?;
        self.plugins.check()?;
        self.session.check()?;
        self.sign_in.check()?;
        self.sso.check()?;
        self.cockpit.check()?;
        self.mail.check()?;
        self.blobs.check()?;
        self.scan.check()
    }
}

/// Refuses the value of `key` unless `is_fine`; `demand` completes "must …".
fn demand(is_fine: bool, key: &str, demand: &str) -> Result<(), ConfigError> {
    if is_fine { Ok(()) } else { Err(ConfigError(format!("the setting {key} must {demand}"))) }
}

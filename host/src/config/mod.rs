//! The settings of the cockpit: one struct per section, and where each value came from.

mod company;
mod data;
mod database;
mod http;
mod load;
mod log;
mod network;
mod plugins;
mod secret;
mod secrets;
mod session;
mod setting;
mod show;
mod sources;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use company::Company;
pub use database::Database;
pub use http::Http;
pub use load::Loaded;
pub use log::{Log, LogFormat};
pub use network::{Network, Networks};
pub use plugins::Plugins;
pub use secret::Secret;
pub use secrets::Secrets;
pub use session::Session;
pub use setting::Setting;
pub use show::{reference, reference_file};
pub use sources::{Given, Sources};

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
    /// Who runs this cockpit.
    pub company: Company,
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
            company: Company::default(),
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
            company::SETTINGS,
        ]
        .into_iter()
        .flatten()
    }

    /// What serde cannot see of a value.
    fn check(&self) -> Result<(), ConfigError> {
        self.http.check()?;
        self.database.check()?;
        self.plugins.check()?;
        self.session.check()
    }
}

/// Refuses the value of `key` unless `is_fine`; `demand` completes "must …".
fn demand(is_fine: bool, key: &str, demand: &str) -> Result<(), ConfigError> {
    if is_fine { Ok(()) } else { Err(ConfigError(format!("the setting {key} must {demand}"))) }
}

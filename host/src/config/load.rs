//! Puts the values together: defaults, then the file, then the environment, then flags.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use figment::error::Kind as Reason;
use figment::providers::Serialized;
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};

use super::setting::Kind;
use super::{Config, ConfigError, Given, Sources};

/// Where a value nobody gave comes from.
const DEFAULT: &str = "default";

/// The settings in force and where each came from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The settings.
    pub config: Config,
    /// Per key: `default`, a file, an environment variable or a flag.
    pub origins: BTreeMap<&'static str, String>,
}

impl Loaded {
    /// Reads everything `sources` name; a key that is no setting is refused with its origin.
    pub fn from(sources: &Sources) -> Result<Self, ConfigError> {
        let mut given = sources.variables()?;
        given.extend(sources.flags.iter().cloned());
        let file = match &sources.file {
            Some(path) => Some(SettingsFile::read(path)?),
            None => SettingsFile::beside_the_data(&given)?,
        };
        let defaults = Figment::from(Serialized::defaults(Config::default()));
        let figment = file.into_iter().fold(defaults, Figment::merge);
        let figment = given.into_iter().fold(figment, Figment::merge);
        let config: Config = figment.extract().map_err(|error| refusal(&error))?;
        config.check().map_err(|error| with_origin(&figment, error))?;
        let origins = Config::settings().map(|s| (s.key, origin(&figment, s.key))).collect();
        Ok(Self { config, origins })
    }

    /// Whether nobody gave a value for `key`.
    pub fn is_default(&self, key: &str) -> bool {
        self.origins.get(key).is_none_or(|origin| origin == DEFAULT)
    }
}

/// A settings file that was read.
struct SettingsFile {
    path: PathBuf,
    values: toml::Table,
}

impl SettingsFile {
    /// `cockpit.toml` in the data directory that the environment and flags name, if it is there.
    fn beside_the_data(given: &[Given]) -> Result<Option<Self>, ConfigError> {
        let defaults = Figment::from(Serialized::defaults(Config::default()));
        let early = given.iter().cloned().fold(defaults, Figment::merge);
        let data: PathBuf = early.extract_inner("data").map_err(|error| refusal(&error))?;
        let path = data.join("cockpit.toml");
        if !path.exists() {
            return Ok(None);
        }
        let file = Self::read(&path)?;
        if file.values.contains_key("data") {
            return Err(ConfigError(format!(
                "{} sets data, but it was found by looking there; use --data or COCKPIT_DATA",
                path.display()
            )));
        }
        Ok(Some(file))
    }

    fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            ConfigError(format!("the settings file {} cannot be read: {error}", path.display()))
        })?;
        let values: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            // Not the whole error: it quotes the line, which may hold a secret.
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            ConfigError(format!(
                "the settings file {} cannot be understood at line {line}: {}",
                path.display(),
                error.message()
            ))
        })?;
        let mut keys = Vec::new();
        leaves("", &values, &mut keys);
        match keys.iter().find(|key| !Config::settings().any(|setting| setting.key == **key)) {
            Some(unknown) => Err(ConfigError(format!(
                "{unknown} in {} is no setting; `cockpit config --reference` lists them",
                path.display()
            ))),
            None => Ok(Self { path: path.to_owned(), values }),
        }
    }
}

impl Provider for SettingsFile {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.path.display().to_string())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let values = Value::serialize(&self.values)?;
        Ok(Map::from([(Profile::Default, values.into_dict().unwrap_or_default())]))
    }
}

/// The keys of all values that are no tables, with those of their tables before them.
fn leaves(prefix: &str, table: &toml::Table, keys: &mut Vec<String>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::Table(inner) if !inner.is_empty() => leaves(&key, inner, keys),
            toml::Value::Table(_) if Config::settings().any(|s| s.key.starts_with(&key)) => {}
            _ => keys.push(key),
        }
    }
}

fn origin(figment: &Figment, key: &str) -> String {
    match figment.find_metadata(key) {
        // Only the defaults come from a place in our source code.
        Some(metadata) if metadata.source.is_none() => metadata.name.to_string(),
        _ => DEFAULT.to_owned(),
    }
}

/// A value that serde cannot read, said without quoting a secret.
fn refusal(error: &figment::Error) -> ConfigError {
    let key = error.path.join(".");
    let origin = error.metadata.as_ref().map_or(DEFAULT, |metadata| metadata.name.as_ref());
    let is_secret = Config::settings().any(|s| s.key == key && s.kind == Kind::Secret);
    let reason = match &error.kind {
        _ if is_secret => "it must be text".to_owned(),
        Reason::Message(message) => message.clone(),
        other => other.to_string(),
    };
    ConfigError(format!("the setting {key} ({origin}) cannot be used: {reason}"))
}

/// Says where the value came from that [`Config::check`] refused; its sentence names the key.
fn with_origin(figment: &Figment, error: ConfigError) -> ConfigError {
    let key = Config::settings().find(|s| error.0.contains(&format!(" {} ", s.key)));
    match key {
        Some(setting) => ConfigError(format!("{} ({})", error.0, origin(figment, setting.key))),
        None => error,
    }
}

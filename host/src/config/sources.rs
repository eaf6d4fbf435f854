//! Where values come from besides the defaults: the environment, flags, a file.

use std::path::PathBuf;

use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};

use super::setting::{Kind, PREFIX};
use super::{Config, ConfigError, Setting};

/// Variables of ours that are no settings: read when building or testing, or the file to read.
const OTHERS: [&str; 3] = ["COCKPIT_VENDOR_KEY", "COCKPIT_VENDOR_PLUGIN_KEY", "COCKPIT_CONFIG"];

/// What was given for this start.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Environment variables, of which those that begin with `COCKPIT_` are looked at.
    pub environment: Vec<(String, String)>,
    /// Values of flags.
    pub flags: Vec<Given>,
    /// The settings file; none for `cockpit.toml` in the data directory, if it is there.
    pub file: Option<PathBuf>,
}

/// One value with where it came from.
#[derive(Clone)]
pub struct Given {
    origin: String,
    key: &'static str,
    value: Value,
}

impl std::fmt::Debug for Given {
    /// Leaves the value out, which may be a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Given")
            .field("origin", &self.origin)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl Given {
    /// The value of the flag `--flag` for the setting `key`.
    pub fn flag(flag: &str, key: &'static str, value: impl Into<Value>) -> Self {
        Self::named(&format!("flag --{flag}"), key, value)
    }

    /// A value for the setting `key` that a command chose; `origin` names it.
    pub fn named(origin: &str, key: &'static str, value: impl Into<Value>) -> Self {
        Self { origin: origin.to_owned(), key, value: value.into() }
    }

    fn variable(name: &str, setting: &Setting, text: String) -> Self {
        let value = match setting.kind {
            Kind::Text | Kind::Secret => Value::from(text),
            // A text that is no number stays text, and serde then says what it should be.
            Kind::Number | Kind::Flag => match text.trim().parse::<Value>() {
                Ok(value) => value,
                Err(_) => Value::from(text),
            },
            Kind::List => {
                let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                Value::from(parts.map(str::to_owned).collect::<Vec<_>>())
            }
        };
        Self { origin: format!("environment variable {name}"), key: setting.key, value }
    }
}

impl Provider for Given {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.origin.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let nested = figment::util::nest(self.key, self.value.clone());
        Ok(Map::from([(Profile::Default, nested.into_dict().unwrap_or_default())]))
    }
}

impl Sources {
    /// What the environment of this process gives.
    pub fn from_environment() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        let environment: Vec<_> = std::env::vars_os().filter_map(text).collect();
        let file = environment.iter().find(|(name, _)| name == "COCKPIT_CONFIG");
        let file = file.map(|(_, path)| PathBuf::from(path));
        Self { environment, flags: Vec::new(), file }
    }

    /// The settings of the environment; a name that looks like a setting but is none is refused.
    pub(super) fn variables(&self) -> Result<Vec<Given>, ConfigError> {
        let ours = self
            .environment
            .iter()
            .filter(|(name, _)| name.starts_with(PREFIX) && !OTHERS.contains(&name.as_str()));
        let mut all = Vec::new();
        for (name, text) in ours {
            if let Some(setting) = Config::settings().find(|s| s.variable() == *name) {
                all.push(Given::variable(name, setting, text.clone()));
            } else if let Some(setting) = of_file(name) {
                let direct = setting.variable();
                if self.environment.iter().any(|(other, _)| *other == direct) {
                    return Err(ConfigError(format!("both {name} and {direct} are set; keep one")));
                }
                let secret = std::fs::read_to_string(text).map_err(|error| {
                    ConfigError(format!(
                        "{name} names the file {text}, but it cannot be read: {error}"
                    ))
                })?;
                all.push(Given::variable(name, setting, secret.trim().to_owned()));
            } else {
                refuse_near_miss(name)?;
            }
        }
        Ok(all)
    }
}

fn of_file(name: &str) -> Option<&'static Setting> {
    let direct = name.strip_suffix("_FILE")?;
    Config::settings().find(|s| s.kind == Kind::Secret && s.variable() == direct)
}

/// Container platforms set variables such as `COCKPIT_SERVICE_HOST` by themselves, so only what was
/// plainly meant for us is refused.
fn refuse_near_miss(name: &str) -> Result<(), ConfigError> {
    let bare = |name: &str| name.replace('_', "");
    let near = Config::settings().find(|s| bare(&s.variable()) == bare(name));
    match near {
        Some(setting) => Err(ConfigError(format!(
            "the environment variable {name} is no setting; did you mean {}?",
            setting.variable()
        ))),
        None if name.contains("__") => Err(ConfigError(format!(
            "the environment variable {name} is no setting; `cockpit config --reference` lists them"
        ))),
        None => Ok(()),
    }
}

//! `demo.json` and what is printed: how to get in, and a request that activates a licence.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::cli::Failure;
use crate::config::Config;

const FILE: &str = "demo.json";

/// Takes the file of an earlier run away: who waits for it waits for a server that answers. Answers
/// what it held, for [`restore`].
pub(super) fn withdraw(config: &Config) -> Result<Option<String>, Failure> {
    let path = config.file(FILE);
    let held = fs::read_to_string(&path).ok();
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Failure::refused(format!("{} cannot be removed: {error}", path.display())))
        }
        _ => Ok(held),
    }
}

/// Puts it back: the demo that wrote it is still running.
pub(super) fn restore(config: &Config, held: Option<String>) {
    let restored = held.map(|text| write_privately(&config.file(FILE), text.trim_end()));
    if let Some(Err(failure)) = restored {
        tracing::warn!("{}", failure.sentence());
    }
}

/// Writes the file; answers where.
pub(super) fn write(config: &Config, told: &Map<String, Value>) -> Result<PathBuf, Failure> {
    let path = config.file(FILE);
    let text = serde_json::to_string_pretty(told).map_err(Failure::refused)?;
    write_privately(&path, &text)?;
    Ok(path)
}

/// Writes a file that only its owner reads, all of it or nothing.
pub(super) fn write_privately(path: &Path, text: &str) -> Result<(), Failure> {
    let beside = path.with_extension("new");
    let write = || {
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        writeln!(file, "{text}")?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|error: std::io::Error| {
        Failure::refused(format!("{} cannot be written: {error}", path.display()))
    })
}

/// What a person is told.
pub(super) fn text(told: &Map<String, Value>, path: &Path) -> String {
    let find = |pointer: &str| {
        let parts = pointer.split('/').skip(1);
        let start = Some(Value::Object(told.clone()));
        parts
            .fold(start, |value, name| value?.get(name).cloned())
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    };
    let mut text = format!(
        "The demo is ready.\n\n  Open      {}\n  E-mail    {}\n  Password  {}\n\nAll of it is in {}\n",
        find("/url"),
        find("/superadmin/email"),
        find("/superadmin/password"),
        path.display(),
    );
    let key = find("/activation_key");
    if !key.is_empty() {
        let body = json!({
            "chiave_licenza": key,
            "dispositivo": { "impronta": "my-first-device", "nome": "My computer" },
        });
        let _ = write!(
            text,
            "\nActivate a licence:\n\n  curl -sS {}/api/licenze/attiva \\\n    \
             -H 'content-type: application/json' \\\n    -d '{body}'\n",
            find("/url"),
        );
    }
    text + "\nCtrl-C ends it; the same command starts it again with everything in it."
}

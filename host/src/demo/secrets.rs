//! How to get into a demo: kept beside it from before it is used, so that no start loses it.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;

use plugin_api::Cx;
use serde::{Deserialize, Serialize};

use super::answer::write_privately;
use crate::cli::{Failure, fresh_password};
use crate::config::Config;

/// The superadmin of a demo and his token.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Secrets {
    pub(super) email: String,
    pub(super) password: String,
    /// Empty until it was made.
    pub(super) token: String,
    /// The people of the organisation tree, by what `demo.json` calls them.
    #[serde(default)]
    pub(super) people: BTreeMap<String, Person>,
}

/// Somebody of the organisation tree of a demo and his token.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Person {
    pub(super) email: String,
    pub(super) password: String,
    /// Empty until it was made.
    pub(super) token: String,
    /// The id of his node; empty until he was made.
    pub(super) organisation: String,
}

impl Person {
    /// Somebody with a new password.
    pub(super) fn fresh(cx: &Cx) -> Self {
        Self { password: fresh_password(cx), ..Self::default() }
    }
}

const FILE: &str = "demo-secrets.json";

impl Secrets {
    /// A new superadmin.
    pub(super) fn fresh(cx: &Cx) -> Self {
        Self {
            email: "ada@demo.example".to_owned(),
            password: fresh_password(cx),
            token: String::new(),
            people: BTreeMap::new(),
        }
    }

    /// Those of an earlier start.
    pub(super) fn read(config: &Config) -> Result<Option<Self>, Failure> {
        let path = config.file(FILE);
        let unreadable = |error: &dyn std::fmt::Display| {
            Failure::refused(format!("{} cannot be read: {error}", path.display()))
        };
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|e| unreadable(&e)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(&error)),
        }
    }

    /// Keeps them.
    pub(super) fn write(&self, config: &Config) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(self).map_err(Failure::refused)?;
        write_privately(&config.file(FILE), &text)
    }
}

//! `database`: where rows are kept.

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};
use super::{ConfigError, Secret, demand};

/// Where rows are kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// `mysql://…` of a `MariaDB`; none for `SQLite` in the data directory.
    pub url: Option<Secret>,
    /// Connections to `MariaDB` kept at most.
    pub connections: u32,
    /// Threads that read from `SQLite`.
    pub readers: usize,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: None, connections: 16, readers: 4 }
    }
}

impl Database {
    /// The address of the `MariaDB`, password and all; none for `SQLite`.
    pub fn url(&self) -> Option<&str> {
        self.url.as_ref().map(Secret::expose)
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if let Some(url) = &self.url {
            demand(
                url.expose().starts_with("mysql://") || url.expose().starts_with("mariadb://"),
                "database.url",
                "look like mysql://user:password@host:3306/name; leave it out to use SQLite",
            )?;
        }
        demand((1..=1000).contains(&self.connections), "database.connections", "be 1 to 1000")?;
        demand((1..=64).contains(&self.readers), "database.readers", "be 1 to 64")
    }
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "database.url",
        Kind::Secret,
        "MariaDB 10.6 or later: mysql://user:password@host:3306/name. Without it, SQLite in the \
         data directory.",
    ),
    Setting::new("database.connections", Kind::Number, "Connections to MariaDB kept at most."),
    Setting::new("database.readers", Kind::Number, "Threads that read from SQLite."),
];

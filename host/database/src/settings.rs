//! Where the database is and how much of it to use.

use std::fmt;
use std::path::PathBuf;

/// Where the database is and how many connections are kept to it.
#[derive(Clone)]
pub struct Settings {
    /// `mysql://user:password@host:port/name` for `MariaDB`; none for the embedded `SQLite`.
    pub url: Option<String>,
    /// The `SQLite` file; its folder must exist. Unused with `MariaDB`.
    pub path: PathBuf,
    /// How many threads read from `SQLite` at the same time.
    pub readers: usize,
    /// How many connections to `MariaDB` are kept at most.
    pub connections: u32,
}

impl Settings {
    /// The embedded database in the file `path`, with the default number of readers.
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// The `MariaDB` at `url`, with the default number of connections.
    pub fn mariadb(url: impl Into<String>) -> Self {
        Self { url: Some(url.into()), ..Self::default() }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { url: None, path: PathBuf::from("cockpit.db"), readers: 3, connections: 16 }
    }
}

impl fmt::Debug for Settings {
    /// Leaves the URL out, which holds a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("url", &self.url.as_ref().map(|_| "mysql://…"))
            .field("path", &self.path)
            .field("readers", &self.readers)
            .field("connections", &self.connections)
            .finish()
    }
}

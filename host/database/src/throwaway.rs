//! Databases for tests: each is empty, private to one test, and gone when dropped.

use std::ops::Deref;
use std::path::PathBuf;

use plugin_api::Fault;

use crate::error::database;
use crate::mariadb::{chance, drop_database, new_database};
use crate::{Database, Settings};

/// Names the server on which tests may create databases: `mysql://user:password@host:port/`.
pub const VARIABLE: &str = "COCKPIT_TEST_MARIADB";

/// An empty database that is removed when this is dropped.
pub struct ThrowAway {
    database: Database,
    settings: Settings,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Server { url: String, name: String },
}

impl ThrowAway {
    /// An empty `SQLite` file in a folder of its own.
    pub async fn sqlite() -> Result<Self, Fault> {
        let folder = std::env::temp_dir().join(fresh_name());
        std::fs::create_dir(&folder).map_err(database)?;
        let settings = Settings::sqlite(folder.join("cockpit.db"));
        let place = Place::Folder(folder);
        Ok(Self { database: Database::open(&settings).await?, settings, place })
    }

    /// An empty database on the server at `url`, which names none.
    pub async fn mariadb(url: &str) -> Result<Self, Fault> {
        let name = fresh_name();
        new_database(url, &name).await?;
        let (server, query) = url.split_once('?').unwrap_or((url, ""));
        let whole = format!("{}/{name}?{query}", server.trim_end_matches('/'));
        let settings = Settings { connections: 8, ..Settings::mariadb(whole) };
        let place = Place::Server { url: url.to_owned(), name };
        Ok(Self { database: Database::open(&settings).await?, settings, place })
    }

    /// One of each kind, for a test that must hold on both. Where [`VARIABLE`] is not set there is
    /// only `SQLite`, and that is a failure on a machine that sets `CI`.
    pub async fn each() -> Result<Vec<Self>, Fault> {
        let mut each = vec![Self::sqlite().await?];
        if let Some(url) = server()? {
            each.push(Self::mariadb(&url).await?);
        }
        Ok(each)
    }

    /// How to open the same database once more.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The database.
    pub fn database(&self) -> &Database {
        &self.database
    }
}

impl Deref for ThrowAway {
    type Target = Database;

    fn deref(&self) -> &Database {
        &self.database
    }
}

impl Drop for ThrowAway {
    fn drop(&mut self) {
        let gone = match &self.place {
            Place::Folder(folder) => std::fs::remove_dir_all(folder).map_err(database),
            Place::Server { url, name } => drop_database(url, name),
        };
        if let Err(fault) = gone {
            eprintln!("a throw-away database is left over: {fault}");
        }
    }
}

/// The server tests may use. None is a fault where `CI` is set, so that no half is skipped there.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration to read it from")]
pub fn server() -> Result<Option<String>, Fault> {
    match std::env::var_os(VARIABLE) {
        Some(url) => url.into_string().map(Some).map_err(|_| database("the URL is not UTF-8")),
        None if std::env::var_os("CI").is_some() => {
            Err(database(format!("{VARIABLE} is not set: the MariaDB half cannot run")))
        }
        None => {
            eprintln!("MariaDB half not run: {VARIABLE} is not set");
            Ok(None)
        }
    }
}

fn fresh_name() -> String {
    format!("cockpit_test_{:016x}", chance())
}

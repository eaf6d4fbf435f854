//! The four ways the product runs: two databases, two linkings.

use cockpit_database::throwaway;

/// Where rows are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// The embedded one.
    Sqlite,
    /// A server.
    MariaDb,
}

/// How plugins come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linking {
    /// With the program.
    CompiledIn,
    /// As signed libraries of a program that has none.
    Loaded,
}

/// One of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setup {
    /// Where rows are kept.
    pub database: Database,
    /// How plugins come in.
    pub linking: Linking,
}

impl Setup {
    /// The setup that starts fastest, for what depends on neither.
    pub const PLAIN: Self = Self { database: Database::Sqlite, linking: Linking::CompiledIn };

    /// This database with this linking.
    pub fn of(database: Database, linking: Linking) -> Self {
        Self { database, linking }
    }

    /// Compiled in, on this database.
    pub fn on(database: Database) -> Self {
        Self::of(database, Linking::CompiledIn)
    }
}

impl Database {
    /// Whether there is a server to test on. None is a failure where `CI` is set.
    pub fn is_available(self) -> bool {
        self == Self::Sqlite || throwaway::server().expect("a MariaDB for the tests").is_some()
    }

    /// The databases there are.
    pub fn available() -> Vec<Self> {
        [Self::Sqlite, Self::MariaDb].into_iter().filter(|one| one.is_available()).collect()
    }
}

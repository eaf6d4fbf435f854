//! One connection to the `SQLite` file: its settings, and how statements run on it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use plugin_api::Fault;
use plugin_api::db::{Rendered, Rows, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, OpenFlags, ToSql};

use crate::error::{database, from_sqlite};

/// `SQLite` below 3.51.3 can corrupt a database when the write-ahead log is reset.
const OLDEST: i32 = 3_051_003;
/// How long a statement outside a transaction may work.
pub(super) const STATEMENT_LIMIT: Duration = Duration::from_secs(10);
/// How many steps of its virtual machine `SQLite` makes between two looks at the clock.
const STEPS: i32 = 50_000;
const FOREVER: u64 = u64::MAX;

/// When the work of a connection is interrupted; clones share it.
#[derive(Clone)]
pub(super) struct Deadline {
    start: Instant,
    /// Milliseconds after `start`.
    at: Arc<AtomicU64>,
}

impl Deadline {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { start: Instant::now(), at: Arc::new(AtomicU64::new(FOREVER)) }
    }

    /// From now on interrupts whatever runs after `limit`; none lets it run for ever.
    pub(super) fn limit(&self, limit: Option<Duration>) {
        let at = limit.map_or(FOREVER, |limit| millis(self.start.elapsed() + limit));
        self.at.store(at, Ordering::Relaxed);
    }

    fn is_over(&self) -> bool {
        millis(self.start.elapsed()) >= self.at.load(Ordering::Relaxed)
    }
}

/// A connection whose work is interrupted when its time is up.
pub(super) struct Connection {
    raw: rusqlite::Connection,
    pub(super) deadline: Deadline,
}

impl Connection {
    /// Opens the one connection that writes, creating the file when missing.
    pub(super) fn writing(path: &Path) -> Result<Self, Fault> {
        if rusqlite::version_number() < OLDEST {
            return Err(database(format!(
                "SQLite {} is too old: 3.51.3 or later is needed",
                rusqlite::version()
            )));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        Self::open(
            path,
            flags,
            // Pages that are written again and again are copied into the file once in a while only,
            // and what undoes a single statement needs no file of its own.
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
             pragma wal_autocheckpoint = 8000; pragma journal_size_limit = 67108864;
             pragma temp_store = memory; pragma cache_size = -65536;",
            Deadline::new(),
        )
    }

    /// Opens a connection that cannot write.
    pub(super) fn reading(path: &Path, deadline: Deadline) -> Result<Self, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        Self::open(path, flags, "pragma query_only = on;", deadline)
    }

    fn open(
        path: &Path,
        flags: OpenFlags,
        pragmas: &str,
        deadline: Deadline,
    ) -> Result<Self, Fault> {
        let raw = rusqlite::Connection::open_with_flags(
            path,
            flags | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE,
        )
        .map_err(|error| database(format!("cannot open {}: {error}", path.display())))?;
        let watched = deadline.clone();
        raw.busy_timeout(Duration::from_secs(5))
            .and_then(|()| raw.execute_batch("pragma mmap_size = 0; pragma cache_size = -16384;"))
            .and_then(|()| raw.execute_batch("pragma trusted_schema = off;"))
            .and_then(|()| raw.execute_batch(pragmas))
            .and_then(|()| raw.progress_handler(STEPS, Some(move || watched.is_over())))
            .map_err(|error| from_sqlite(&error))?;
        raw.set_prepared_statement_cache_capacity(512);
        Ok(Self { raw, deadline })
    }

    /// Runs a statement of our own that has neither values nor rows.
    pub(super) fn command(&self, sql: &'static str) -> Result<(), Fault> {
        let mut statement = self.raw.prepare_cached(sql).map_err(|error| from_sqlite(&error))?;
        statement.raw_execute().map(drop).map_err(|error| from_sqlite(&error))
    }

    /// Whether a transaction is open.
    pub(super) fn in_transaction(&self) -> bool {
        !self.raw.is_autocommit()
    }

    /// Leaves the open transaction, if there is one.
    pub(super) fn rollback(&self) {
        if self.in_transaction()
            && let Err(fault) = self.command("rollback")
        {
            tracing::error!(error = %fault, "a transaction could not be rolled back");
        }
    }

    /// Runs a statement to its end and says how many rows it changed.
    pub(super) fn write(&self, statement: &Rendered) -> Result<u64, Fault> {
        let before = self.raw.total_changes();
        let mut prepared = self.prepare(statement)?;
        let mut rows = prepared.raw_query();
        while rows.next().map_err(|error| from_sqlite(&error))?.is_some() {}
        // `changes` keeps the figure of an earlier statement when this one changed nothing.
        Ok(if self.raw.total_changes() == before { 0 } else { self.raw.changes() })
    }

    /// Reads all rows.
    pub(super) fn read(&self, statement: &Rendered) -> Result<Rows, Fault> {
        let mut all = Rows::default();
        self.read_chunks(statement, usize::MAX, |rows| {
            all = rows;
            true
        })?;
        Ok(all)
    }

    /// Reads rows in chunks of at most `size`, until `take` refuses one.
    pub(super) fn read_chunks(
        &self,
        statement: &Rendered,
        size: usize,
        mut take: impl FnMut(Rows) -> bool,
    ) -> Result<(), Fault> {
        let mut prepared = self.prepare(statement)?;
        let columns: Arc<[String]> =
            prepared.column_names().into_iter().map(str::to_owned).collect();
        let mut cells = Vec::new();
        let mut held = 0;
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().map_err(|error| from_sqlite(&error))? {
            for at in 0..columns.len() {
                cells.push(value(row.get_ref(at).map_err(|error| from_sqlite(&error))?)?);
            }
            held += 1;
            if held == size {
                held = 0;
                let full = Rows { columns: columns.clone(), cells: std::mem::take(&mut cells) };
                if !take(full) {
                    return Ok(());
                }
            }
        }
        if held > 0 {
            take(Rows { columns, cells });
        }
        Ok(())
    }

    fn prepare(&self, statement: &Rendered) -> Result<CachedStatement<'_>, Fault> {
        let mut prepared =
            self.raw.prepare_cached(&statement.sql).map_err(|error| from_sqlite(&error))?;
        let (given, needed) = (statement.params.len(), prepared.parameter_count());
        if given != needed {
            return Err(from_sqlite(&rusqlite::Error::InvalidParameterCount(given, needed)));
        }
        for (at, value) in statement.params.iter().enumerate() {
            prepared
                .raw_bind_parameter(at + 1, Bound(value))
                .map_err(|error| from_sqlite(&error))?;
        }
        Ok(prepared)
    }
}

struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Real(n) => ValueRef::Real(*n),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn value(cell: ValueRef<'_>) -> Result<Value, Fault> {
    Ok(match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(n) => Value::Real(n),
        ValueRef::Text(text) => Value::Text(
            str::from_utf8(text).map_err(|_| database("a text is not UTF-8"))?.to_owned(),
        ),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_owned()),
    })
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(FOREVER - 1)
}

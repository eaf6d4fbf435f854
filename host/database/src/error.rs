//! How the errors of both drivers become faults, without ever quoting a bound value.

use plugin_api::{Fault, FaultKind};
use rusqlite::ffi;

/// Duplicate key, with and without the name of the key.
const MARIADB_UNIQUE: [u16; 3] = [1062, 1169, 1586];
/// Lock wait timeout, deadlock (also Galera's certification failure), record changed since read.
const MARIADB_RETRY: [u16; 3] = [1205, 1213, 1020];
/// `max_statement_time` exceeded, statement interrupted.
const MARIADB_TIMEOUT: [u16; 3] = [1317, 1969, 3024];
/// Value out of range, not of the column's type, too long.
const MARIADB_INVALID: [u16; 4] = [1264, 1265, 1366, 1406];
/// Compared with a column whose character set lacks its characters: text that no id can be. `SQLite`
/// simply finds no row.
const MARIADB_NO_SUCH_ID: u16 = 1267;
/// Errors about the schema: what they quote are names and SQL, never values.
const MARIADB_NAMES_ONLY: [u16; 20] = [
    1044, 1045, 1046, 1048, 1049, 1050, 1051, 1054, 1060, 1061, 1064, 1072, 1091, 1101, 1142, 1146,
    1264, 1364, 1406, 4025,
];

/// The fault for an error of the `SQLite` driver.
pub(crate) fn from_sqlite(error: &rusqlite::Error) -> Fault {
    let rusqlite::Error::SqliteFailure(code, message) = error else {
        return match error {
            // Its own text repeats the statement, in which somebody may have written a value.
            rusqlite::Error::SqlInputError { msg, .. } => database(msg),
            rusqlite::Error::InvalidParameterCount(given, needed) => {
                Fault::invalid(format!("{given} values were bound to {needed} placeholders"))
            }
            other => database(other),
        };
    };
    let message = message.as_deref().unwrap_or_default();
    match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => {
            let columns = message.split_once(": ").map_or(message, |(_, columns)| columns);
            let subject = columns.strip_prefix("index ").unwrap_or(columns).trim_matches('\'');
            Fault::new(FaultKind::Unique, message).about(subject)
        }
        _ => match code.code {
            ffi::ErrorCode::DatabaseBusy | ffi::ErrorCode::DatabaseLocked => {
                Fault::new(FaultKind::Retry, message)
            }
            ffi::ErrorCode::OperationInterrupted => {
                Fault::new(FaultKind::Timeout, "the statement took too long and was interrupted")
            }
            _ => database(format!("{message} ({})", code.extended_code)),
        },
    }
}

/// The fault for an error of the `MariaDB` driver.
pub(crate) fn from_mariadb(error: &sqlx::Error) -> Fault {
    let server = match error {
        sqlx::Error::Database(server) => server,
        sqlx::Error::PoolTimedOut => {
            return Fault::new(FaultKind::Timeout, "no connection to the database became free");
        }
        other => return database(other),
    };
    let Some(server) = server.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>() else {
        return database("the server sent an error that cannot be read");
    };
    let (number, text) = (server.number(), server.message());
    if MARIADB_UNIQUE.contains(&number) {
        // The value stands before the key and may hold quotes of its own, hence from the right.
        let key = text.rsplit_once(" for key ").map_or("", |(_, key)| key.trim_matches('\''));
        return Fault::new(FaultKind::Unique, format!("duplicate entry for key {key}")).about(key);
    }
    let kind = match number {
        _ if MARIADB_RETRY.contains(&number) => FaultKind::Retry,
        _ if MARIADB_TIMEOUT.contains(&number) => FaultKind::Timeout,
        _ if MARIADB_INVALID.contains(&number) => FaultKind::Invalid,
        MARIADB_NO_SUCH_ID => FaultKind::NotFound,
        _ => FaultKind::Database,
    };
    let text = if MARIADB_NAMES_ONLY.contains(&number) { text.to_owned() } else { masked(text) };
    Fault::new(kind, format!("{text} ({number})"))
}

/// A fault of the database that no caller can do anything about.
pub(crate) fn database(message: impl std::fmt::Display) -> Fault {
    Fault::new(FaultKind::Database, message.to_string())
}

/// The fault of a call on a database that is closed or whose thread is gone.
pub(crate) fn closed() -> Fault {
    database("the database is closed")
}

/// `text` without what stands from its first to its last single quote.
fn masked(text: &str) -> String {
    match (text.split_once('\''), text.rsplit_once('\'')) {
        (Some((before, _)), Some((_, after))) => format!("{before}'…'{after}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_parts_are_masked_from_the_first_to_the_last_quote() {
        assert_eq!(masked("wrong value: 'it's me' for x"), "wrong value: '…' for x");
        assert_eq!(masked("deadlock found"), "deadlock found");
    }
}

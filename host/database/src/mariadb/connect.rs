//! The pool of connections, set up so that `MariaDB` means the same by a statement as `SQLite`.

use std::str::FromStr;
use std::time::Duration;

use plugin_api::Fault;
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlPool, MySqlPoolOptions};
use sqlx::{Connection, Executor};

use crate::error::{database, from_mariadb};

/// How long the server works on a statement before it gives up.
pub(super) const STATEMENT_LIMIT: Duration = Duration::from_secs(10);

/// Strict, so that nothing is truncated silently; `||` joins texts, double quotes enclose names and
/// a backslash is an ordinary character, all as in `SQLite`. Lock waits stay within the limit of a
/// transaction.
const SESSION: &str = "set session sql_mode = \
    'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,PIPES_AS_CONCAT,ANSI_QUOTES,NO_BACKSLASH_ESCAPES', \
    session max_statement_time = 10, session innodb_lock_wait_timeout = 5";

/// Each statement sees what is committed, as a writer of `SQLite` does. Under repeatable read a
/// decision could rest on a snapshot older than the row it changes, gaps would be locked, and servers
/// with `innodb_snapshot_isolation` would answer 1020 where another transaction was quicker.
const ISOLATION: &str = "set session transaction isolation level read committed";

/// The oldest `MariaDB` whose behaviour is known.
const OLDEST: (u32, u32) = (10, 6);

/// Prepares the pool once the server has answered; a wrong password is told at once, where a pool
/// would keep trying.
///
/// The driver always asks for `CLIENT_FOUND_ROWS`, so that an update counts the rows it found and
/// not those whose values differ, and sets the time zone to UTC.
pub(super) async fn pool(url: &str, connections: u32) -> Result<MySqlPool, Fault> {
    let options = MySqlConnectOptions::from_str(url)
        .map_err(|_| {
            Fault::invalid("database.url is not of the form mysql://user:password@host/name")
        })?
        .charset("utf8mb4")
        .collation("utf8mb4_nopad_bin")
        .timezone(Some("+00:00".to_owned()))
        .pipes_as_concat(false)
        .no_engine_substitution(false)
        .statement_cache_capacity(512);
    check_server(&options).await?;
    let pool = MySqlPoolOptions::new()
        .max_connections(connections.max(2))
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(SESSION).await?;
                connection.execute(ISOLATION).await?;
                Ok(())
            })
        })
        // A connection that idled may have been cut; one in use is worth no round trip.
        .before_acquire(|connection, about| {
            Box::pin(async move {
                if about.idle_for > Duration::from_secs(5) {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options);
    Ok(pool)
}

/// Asks the server who it is.
async fn check_server(options: &MySqlConnectOptions) -> Result<(), Fault> {
    let mut server = MySqlConnection::connect_with(options).await.map_err(|e| unreachable(&e))?;
    let version: String = sqlx::query_scalar("select version()")
        .fetch_one(&mut server)
        .await
        .map_err(|error| unreachable(&error))?;
    server.close().await.map_err(|error| unreachable(&error))?;
    if is_recent(&version) {
        return Ok(());
    }
    Err(database(format!("the server is {version:?}: MariaDB 10.6 or later is needed")))
}

fn is_recent(version: &str) -> bool {
    let mut numbers = version.split(['.', '-']).map_while(|part| part.parse().ok());
    let version_of = numbers.next().zip(numbers.next());
    version.contains("MariaDB") && version_of.is_some_and(|found| found >= OLDEST)
}

/// The fault of a server that cannot be reached, without the URL and its password.
fn unreachable(error: &sqlx::Error) -> Fault {
    let mut fault = from_mariadb(error);
    fault.message = format!("the database does not answer: {}", fault.message);
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_recent_mariadb_will_do() {
        for version in ["10.11.19-MariaDB-0+deb12u1", "10.6.1-MariaDB", "12.0.2-MariaDB-log"] {
            assert!(is_recent(version), "{version}");
        }
        for version in ["10.5.9-MariaDB", "8.4.0", "5.5.5-MariaDB", "", "MariaDB"] {
            assert!(!is_recent(version), "{version}");
        }
    }
}

//! Creates and drops whole databases, for tests.

use plugin_api::Fault;
use sqlx::mysql::MySqlConnection;
use sqlx::{Connection, Executor};

use super::decode::unprepared;
use super::runtime::{self, Inside};
use crate::error::{database, from_mariadb};

/// Creates the database `name` on the server at `url`.
pub(crate) async fn new_database(url: &str, name: &str) -> Result<(), Fault> {
    let sql = format!("create database {name} character set utf8mb4 collate utf8mb4_nopad_bin");
    Inside::new(runtime::handle()?, run(url.to_owned(), sql)).await
}

/// Drops the database `name` on the server at `url`. Blocks, on a thread of its own so that it may
/// be called from anywhere.
pub(crate) fn drop_database(url: &str, name: &str) -> Result<(), Fault> {
    let work = run(url.to_owned(), format!("drop database if exists {name}"));
    let thread = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(database)?.block_on(work)
    });
    thread.join().map_err(|_| database("the thread that drops a database panicked"))?
}

async fn run(url: String, sql: String) -> Result<(), Fault> {
    let mut server = MySqlConnection::connect(&url).await.map_err(|error| from_mariadb(&error))?;
    server.execute(unprepared(&sql)).await.map_err(|error| from_mariadb(&error))?;
    server.close().await.map_err(|error| from_mariadb(&error))
}

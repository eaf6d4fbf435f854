//! Which migrations were applied: `host_migration`, one row for each, on both databases.

use plugin_api::Fault;
use plugin_api::db::{Dialect, Rendered, Statement, Value};
use plugin_api::manifest::Migration;
use sha2::{Digest, Sha256};

use crate::Database;
use crate::error::database;

const SQLITE: &str = "create table if not exists host_migration (
    owner text not null, number integer not null, name text not null, checksum text not null,
    applied_at integer not null, primary key (owner, number)) strict";
const MARIADB: &str = "create table if not exists host_migration (
    owner varchar(64) not null, number int not null, name varchar(190) not null,
    checksum char(64) character set ascii not null, applied_at bigint not null,
    primary key (owner, number))
    engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin";

/// A migration that was applied.
pub(super) struct Entry {
    pub(super) number: u32,
    pub(super) checksum: String,
}

/// What was applied for `owner`; the ledger is created when missing.
pub(super) async fn read(database: &Database, owner: &str) -> Result<Vec<Entry>, Fault> {
    let create = match database.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::MariaDb => MARIADB,
    };
    database.execute(plain(create)).await?;
    let select = Statement::new("select number, checksum from host_migration where owner = ?")
        .bind(owner)
        .render(database.dialect());
    database.query(select).await?.iter().map(entry_of).collect()
}

fn entry_of(row: &[Value]) -> Result<Entry, Fault> {
    match row {
        [Value::Int(number), Value::Text(checksum)] => Ok(Entry {
            number: u32::try_from(*number).map_err(database)?,
            checksum: checksum.clone(),
        }),
        _ => Err(database("the ledger of migrations cannot be read")),
    }
}

/// The statement that enters `migration`. The database's own clock tells when.
pub(super) fn entry(dialect: Dialect, owner: &str, migration: &Migration) -> Rendered {
    let now = match dialect {
        Dialect::Sqlite => "cast(unixepoch('subsec') * 1000 as integer)",
        Dialect::MariaDb => "cast(unix_timestamp(now(3)) * 1000 as signed)",
    };
    Statement::new(format!(
        "insert into host_migration (owner, number, name, checksum, applied_at)
         values (?, ?, ?, ?, {now})"
    ))
    .bind(owner)
    .bind(migration.number)
    .bind(&migration.name)
    .bind(checksum(migration))
    .label("ledger")
    .expect_rows(1)
    .render(dialect)
}

/// The SHA-256 of the migration's text, in hexadecimal.
pub(super) fn checksum(migration: &Migration) -> String {
    plugin_api::hex(&Sha256::digest(migration.sql.as_bytes()))
}

/// A statement without values.
pub(super) fn plain(sql: &str) -> Rendered {
    Rendered { sql: sql.to_owned(), ..Rendered::default() }
}

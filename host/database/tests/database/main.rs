//! The façade's promises, each tried on `SQLite` and on `MariaDB`.
#![expect(clippy::unwrap_used, reason = "tests")]

mod any_executor;
mod batches;
mod mariadb_only;
mod migrations;
mod sqlite_only;
mod streams;
mod transactions;
mod values;

use cockpit_database::Database;
use plugin_api::db::{Rendered, Statement, Value};

/// `sql` with `values` bound.
fn sql(sql: &str, values: impl IntoIterator<Item = Value>) -> Rendered {
    Rendered { sql: sql.to_owned(), params: values.into_iter().collect(), ..Rendered::default() }
}

/// `statement`, which must change `rows` rows and is called `label`.
fn expecting(statement: Rendered, rows: u64, label: &str) -> Rendered {
    Rendered { expect_rows: Some(rows), label: label.to_owned(), ..statement }
}

/// A table `counter` with one row, (1, 0).
async fn with_counter(database: &Database) {
    let create = "create table counter (counter_id bigint not null primary key, n bigint not null)";
    database.execute(sql(create, [])).await.unwrap();
    database.execute(insert(1)).await.unwrap();
}

fn insert(id: i64) -> Rendered {
    sql("insert into counter (counter_id, n) values (?, 0)", [id.into()])
}

fn set(id: i64, n: i64) -> Rendered {
    sql("update counter set n = ? where counter_id = ?", [n.into(), id.into()])
}

/// What the counter `id` stands at; 0 if it does not exist.
async fn counter(database: &Database, id: i64) -> i64 {
    let statement = Statement::new("select n from counter where counter_id = ?").bind(id);
    database.query(statement.render(database.dialect())).await.unwrap().scalar()
}

async fn count(database: &Database) -> i64 {
    database.query(sql("select count(*) as n from counter", [])).await.unwrap().scalar()
}

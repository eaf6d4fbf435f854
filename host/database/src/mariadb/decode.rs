//! How values get into statements and out of rows.

use std::sync::Arc;

use plugin_api::Fault;
use plugin_api::db::{Rendered, Rows, Value};
use sqlx::mysql::{MySqlArguments, MySqlRow, MySqlTypeInfo};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Column, MySql, Row, Type, TypeInfo, ValueRef};

use crate::error::{database, from_mariadb};

/// A statement with its values bound. Nowhere else is SQL handed to the driver that is not a
/// constant: values never stand in its text.
pub(super) fn prepared(statement: &Rendered) -> Query<'_, MySql, MySqlArguments> {
    let mut query = sqlx::query(AssertSqlSafe(statement.sql.as_str()));
    for value in &statement.params {
        query = match value {
            Value::Null => query.bind(None::<&str>),
            Value::Int(n) => query.bind(n),
            Value::Real(n) => query.bind(n),
            Value::Text(text) => query.bind(text),
            Value::Blob(bytes) => query.bind(bytes),
        };
    }
    query
}

/// A statement of a migration: unprepared, since not every schema change can be prepared.
pub(super) fn unprepared(sql: &str) -> sqlx::RawSql {
    sqlx::raw_sql(AssertSqlSafe(sql))
}

/// Reads rows of one result; without any, the columns are unknown.
pub(super) fn rows(found: &[MySqlRow]) -> Result<Rows, Fault> {
    let Some(first) = found.first() else { return Ok(Rows::default()) };
    let columns: Arc<[String]> =
        first.columns().iter().map(|column| column.name().to_owned()).collect();
    let mut cells = Vec::with_capacity(found.len() * columns.len());
    for row in found {
        for at in 0..columns.len() {
            cells.push(value(row, at)?);
        }
    }
    Ok(Rows { columns, cells })
}

fn value(row: &MySqlRow, at: usize) -> Result<Value, Fault> {
    let raw = row.try_get_raw(at).map_err(|error| from_mariadb(&error))?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    let kind = raw.type_info();
    let kind = kind.as_ref();
    if fits::<i64>(kind) {
        Ok(Value::Int(get(row, at)?))
    } else if fits::<u64>(kind) {
        let n: u64 = get(row, at)?;
        i64::try_from(n).map(Value::Int).map_err(|_| database(format!("{n} exceeds 64 bits")))
    } else if kind.name() == "DECIMAL" {
        decimal(get(row, at)?)
    } else if fits::<f64>(kind) {
        Ok(Value::Real(get(row, at)?))
    } else if fits::<str>(kind) || kind.name() == "JSON" {
        // Its name would be BLOB under any `_bin` collation; the character set tells them apart.
        Ok(Value::Text(get(row, at)?))
    } else if fits::<[u8]>(kind) {
        Ok(Value::Blob(get(row, at)?))
    } else {
        Err(database(format!("columns of type {} are not supported", kind.name())))
    }
}

/// Sums are decimals; those without a fraction are the integers that were added up.
fn decimal(text: &str) -> Result<Value, Fault> {
    if let Ok(n) = text.parse() {
        return Ok(Value::Int(n));
    }
    text.parse().map(Value::Real).map_err(|_| database("a decimal cannot be read"))
}

fn fits<T: Type<MySql> + ?Sized>(kind: &MySqlTypeInfo) -> bool {
    T::compatible(kind)
}

fn get<'r, T: sqlx::Decode<'r, MySql>>(row: &'r MySqlRow, at: usize) -> Result<T, Fault> {
    row.try_get_unchecked(at).map_err(|error| from_mariadb(&error))
}

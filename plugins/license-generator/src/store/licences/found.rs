//! What a key names: the licence and a device's seat in one read of two columns. Each would be more
//! than fifty otherwise, and a database describes every column of every answer anew.

use std::sync::LazyLock;

use plugin_api::Fault;
use plugin_api::db::{Db, Sql, Statement};
use serde::Deserialize;
use serde_json::from_str;

use super::{ACTIVATION, COLUMNS, TABLES, modules};
use crate::domain::device::Activation;
use crate::domain::licence::Licence;

/// Columns that hold JSON themselves; they stay texts, as where they are read by themselves.
const JSON: [&str; 3] = ["l.parameters", "l.payload", "l.conditions"];

/// A licence, and the seat that the device in question has or had.
#[derive(Debug, Clone)]
pub struct Found {
    /// The licence.
    pub licence: Licence,
    /// The seat, active or given back.
    pub activation: Option<Activation>,
}

/// A statement in both dialects; put together once, not at each request.
struct Texts {
    sqlite: String,
    mariadb: String,
}

impl Texts {
    fn new(seat: &str, licence: &str) -> Self {
        let text = |aggregate: &str| {
            let (columns, modules) = (members(COLUMNS), modules(aggregate));
            let seat_columns = members(ACTIVATION);
            format!(
                "select json_object({columns}, 'modules', {modules} || '') as licence, \
                 case when a.activation_id is not null then json_object({seat_columns}) end as seat \
                 from {TABLES} left join license_generator_activation a \
                 on a.licence_id = l.licence_id and {seat} where {licence} = ?"
            )
        };
        Self { sqlite: text("json_group_array"), mariadb: text("json_arrayagg") }
    }

    fn sql(&'static self) -> Sql {
        Sql::per(self.sqlite.as_str(), self.mariadb.as_str())
    }
}

/// The arguments of `json_object` for a list of columns: each under the name it would have.
fn members(columns: &str) -> String {
    let member = |column: &str| {
        let (column, alias) = column.split_once(" as ").unwrap_or((column, ""));
        let own = column.split_once('.').map_or(column, |(_, name)| name);
        let name = if alias.is_empty() { own } else { alias };
        let text = if JSON.contains(&column) { " || ''" } else { "" };
        format!("'{name}', {column}{text}")
    };
    columns.split(", ").map(|column| member(column.trim())).collect::<Vec<_>>().join(", ")
}

/// The licence of an activation key and the seat of a device.
///
/// Unscoped: the key is the credential, and it names its row by itself.
pub async fn by_key(
    db: &Db,
    key_hash: &str,
    fingerprint_hash: &str,
) -> Result<Option<Found>, Fault> {
    static TEXTS: LazyLock<Texts> =
        LazyLock::new(|| Texts::new("a.fingerprint_hash = ?", "l.key_hash"));
    found(db, Statement::new(TEXTS.sql()).bind(fingerprint_hash).bind(key_hash)).await
}

/// The same where a person is named: his seat if the licence is bound to people, else the device's.
///
/// Unscoped: the key is the credential, and it names its row by itself.
pub async fn by_key_for(
    db: &Db,
    key_hash: &str,
    fingerprint_hash: &str,
    person_hash: &str,
) -> Result<Option<Found>, Fault> {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
        let seat = "a.fingerprint_hash = case when l.binding = 'user' then ? else ? end";
        Texts::new(seat, "l.key_hash")
    });
    let statement =
        Statement::new(TEXTS.sql()).bind(person_hash).bind(fingerprint_hash).bind(key_hash);
    found(db, statement).await
}

/// The licence and seat that a computer key names.
///
/// Unscoped: a computer key signed by us is the credential.
pub async fn by_seat(
    db: &Db,
    licence_id: &str,
    activation_id: &str,
) -> Result<Option<Found>, Fault> {
    static TEXTS: LazyLock<Texts> =
        LazyLock::new(|| Texts::new("a.activation_id = ?", "l.licence_id"));
    found(db, Statement::new(TEXTS.sql()).bind(activation_id).bind(licence_id)).await
}

async fn found(db: &Db, statement: Statement) -> Result<Option<Found>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        licence: String,
        seat: Option<String>,
    }
    let Some(row) = db.first::<Row>(statement).await? else { return Ok(None) };
    let activation = row.seat.map(|seat| from_str(&seat)).transpose()?;
    Ok(Some(Found { licence: from_str(&row.licence)?, activation }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_named_as_their_columns() {
        let text = members("l.licence_id, c.name as customer, l.payload");
        assert_eq!(
            text,
            "'licence_id', l.licence_id, 'customer', c.name, 'payload', l.payload || ''"
        );
    }

    #[test]
    fn every_column_that_holds_json_is_one_of_the_licence() {
        assert!(JSON.iter().all(|column| COLUMNS.split(", ").any(|known| known.trim() == *column)));
    }
}

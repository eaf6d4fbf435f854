//! The access log.

use plugin_api::db::Statement;

/// What is written of one event.
pub struct Insertion<'a> {
    /// Its id, a `UUIDv7`.
    pub access_id: &'a str,
    /// Whose branch it concerns.
    pub organisation_id: &'a str,
    /// Unix milliseconds.
    pub at: i64,
    /// What happened.
    pub kind: &'a str,
    /// The user; empty when it is nobody known.
    pub user_id: &'a str,
    /// Who it said it is.
    pub name: &'a str,
    /// That name as searches compare it.
    pub name_folded: &'a str,
    /// From where.
    pub address: &'a str,
    /// The browser's readable name.
    pub browser: &'a str,
    /// What else there is to say.
    pub detail: &'a str,
}

/// Adds a row.
///
/// Unscoped: whoever fails to come in has no branch yet; the row says whose it is.
pub fn insertion(row: &Insertion<'_>) -> Statement {
    Statement::new(
        "insert into host_access (access_id, organisation_id, at, kind, user_id, name, \
           name_folded, address, browser, detail) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.access_id)
    .bind(row.organisation_id)
    .bind(row.at)
    .bind(row.kind)
    .bind(row.user_id)
    .bind(row.name)
    .bind(row.name_folded)
    .bind(row.address)
    .bind(row.browser)
    .bind(row.detail)
}

/// Forgets rows from before `before`.
///
/// Unscoped: how long they are kept is set for the installation.
pub fn purge(before: i64) -> Statement {
    Statement::new("delete from host_access where at < ?").bind(before)
}

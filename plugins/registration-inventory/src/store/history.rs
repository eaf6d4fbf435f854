//! What an installation said of itself in the past: versions, totals, and who it said it is.

use plugin_api::Fault;
use plugin_api::Scope;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

/// What it said on a day.
#[derive(Debug, Clone, Deserialize)]
pub struct Day {
    /// Days since 1970-01-01, UTC.
    pub day: i64,
    /// The version; empty for not said.
    pub version: String,
    /// Orders so far.
    pub orders: Option<i64>,
    /// What they came to, minor units of `currency`.
    pub sold: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// First report of this kind on that day, unix milliseconds.
    pub first_at: i64,
    /// The last one, unix milliseconds.
    pub last_at: i64,
}

/// Who it said it is.
#[derive(Debug, Clone, Deserialize)]
pub struct Face {
    /// Company; empty for not said.
    pub company: String,
    /// VAT number; empty for not said.
    pub vat_number: String,
    /// Computer; empty for not said.
    pub host_name: String,
    /// The last address.
    pub address: String,
    /// Unix milliseconds.
    pub first_at: i64,
    /// Unix milliseconds.
    pub last_at: i64,
}

const OF_INSTALLATION: &str = "installation_id in (select installation_id from \
    registration_inventory_installation where installation_id = ? and {scope})";

/// The days of an installation on which something changed, newest first.
pub async fn days(db: &Db, scope: &Scope, id: &str, limit: u32) -> Result<Vec<Day>, Fault> {
    let sql = format!(
        "select day, version, orders, sold, currency, first_at, last_at \
         from registration_inventory_day where {OF_INSTALLATION} \
         order by day desc, last_at desc, version limit ?"
    );
    db.all(Statement::new(sql).bind(id).bind(limit).scope(scope, "organisation_id")).await
}

/// Who an installation said it is, when it was more than one; the last one first.
pub async fn faces(db: &Db, scope: &Scope, id: &str, limit: u32) -> Result<Vec<Face>, Fault> {
    let sql = format!(
        "select company, vat_number, host_name, address, first_at, last_at \
         from registration_inventory_face where {OF_INSTALLATION} \
         order by last_at desc, face limit ?"
    );
    db.all(Statement::new(sql).bind(id).bind(limit).scope(scope, "organisation_id")).await
}

/// A version and the time it was said.
#[derive(Debug, PartialEq, Eq)]
pub struct Span<'a> {
    /// The version; empty for not said.
    pub version: &'a str,
    /// Unix milliseconds.
    pub first_at: i64,
    /// Unix milliseconds.
    pub last_at: i64,
}

/// The versions of `days` (newest first), the newest first; one that comes again counts again.
pub fn spans(days: &[Day]) -> Vec<Span<'_>> {
    let mut spans: Vec<Span<'_>> = Vec::new();
    for day in days {
        match spans.last_mut() {
            Some(span) if span.version == day.version => span.first_at = day.first_at,
            _ => spans.push(Span {
                version: &day.version,
                first_at: day.first_at,
                last_at: day.last_at,
            }),
        }
    }
    spans
}

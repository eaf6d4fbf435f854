//! The licences in force, read from an index that holds only them: those that ended long ago cost
//! nothing.
//!
//! Unscoped: the scope is part of what each function is asked within.

use plugin_api::Fault;
use plugin_api::db::Db;
use serde::Deserialize;

use super::Within;
use crate::domain::licence::LicenceType;

/// Milliseconds of a week.
pub const WEEK: i64 = 604_800_000;

/// How many licences of a product and type are in force.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InForce {
    /// The product.
    pub product_id: String,
    /// The type.
    pub r#type: LicenceType,
    /// Whether they are internal.
    pub internal: bool,
    /// Whether they only watch.
    pub shadow: bool,
    /// How many.
    pub n: i64,
}

/// How many licences end in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Ending {
    /// First millisecond of the week.
    pub week: i64,
    /// How many.
    pub n: i64,
}

const COLUMNS: (&str, &str) = ("l.organisation_id", "l.product_id");

/// The licences in force at `now`, by product and type.
pub async fn in_force(db: &Db, within: &Within, now: i64) -> Result<Vec<InForce>, Fault> {
    let mut all = Vec::new();
    // Two reads of an index rather than one of everything.
    for (ends, values) in [
        ("l.expires_at is null", vec![now.into()]),
        ("l.expires_at >= ?", vec![now.into(), now.into()]),
    ] {
        let head = format!(
            "select l.product_id, l.type, l.internal, l.shadow, count(*) as n \
             from license_generator_licence l \
             where l.state_stored = 'active' and l.starts_at <= ? and {ends}"
        );
        // In the order of the index, so that nothing is sorted.
        let tail = "group by l.product_id, l.type, l.internal, l.shadow";
        all.extend(db.all::<InForce>(within.select((&head, values), COLUMNS, tail)).await?);
    }
    Ok(all)
}

/// How many licences in force at `now` end in each of the weeks that begin at `monday`, up to
/// `until`.
pub async fn ending(
    db: &Db,
    within: &Within,
    now: i64,
    (monday, until): (i64, i64),
) -> Result<Vec<Ending>, Fault> {
    let head = format!(
        "select week, count(*) as n from ( \
         select l.expires_at - (l.expires_at - ?) % {WEEK} as week \
         from license_generator_licence l \
         where l.state_stored = 'active' and l.expires_at >= ? and l.expires_at < ?"
    );
    let values = vec![monday.into(), now.into(), until.into()];
    let tail = ") ending group by week order by week";
    db.all(within.select((&head, values), COLUMNS, tail)).await
}

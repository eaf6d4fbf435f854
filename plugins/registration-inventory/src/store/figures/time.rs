//! How it was on days that are over. Days are counted from 1970-01-01, UTC.
//!
//! Unscoped: the scope is part of what each function is asked within.

use plugin_api::Fault;
use plugin_api::db::Db;
use serde::Deserialize;

use super::Within;

/// What happened on a day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Active {
    /// The day.
    pub day: i64,
    /// Installations that reported.
    pub active: i64,
    /// Installations that were new.
    pub created: i64,
    /// Reports.
    pub reports: i64,
}

/// What happened on the days from one to another, both included.
pub async fn activity(
    db: &Db,
    within: &Within,
    (from, to): (i64, i64),
) -> Result<Vec<Active>, Fault> {
    let head = "select a.day, cast(sum(a.active) as signed) as active, \
        cast(sum(a.created) as signed) as created, cast(sum(a.reports) as signed) as reports \
        from registration_inventory_activity a where a.day >= ? and a.day <= ?";
    let values = vec![from.into(), to.into()];
    let tail = ("group by a.day order by a.day", Vec::new());
    db.all(within.select((head, values), "a", tail)).await
}

/// How it stood at the end of a day, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stood {
    /// The day.
    pub day: i64,
    /// The version, or the currency: what was asked by.
    pub part: String,
    /// Installations.
    pub installations: i64,
    /// Their orders.
    pub orders: i64,
    /// What they sold, minor units.
    pub sold: i64,
}

/// What figures of days are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The currency.
    Currency,
    /// The version.
    Version,
}

/// How it stood at the end of each of these days.
pub async fn stood(db: &Db, within: &Within, days: &[i64], by: By) -> Result<Vec<Stood>, Fault> {
    if days.is_empty() {
        return Ok(Vec::new());
    }
    let part = match by {
        By::Currency => "f.currency",
        By::Version => "f.version",
    };
    let places = vec!["?"; days.len()].join(", ");
    let head = format!(
        "select f.day, {part} as part, cast(sum(f.installations) as signed) as installations, \
         cast(sum(f.orders) as signed) as orders, cast(sum(f.sold) as signed) as sold \
         from registration_inventory_figure f where f.day in ({places})"
    );
    let values = days.iter().map(|day| (*day).into()).collect();
    let tail = format!("group by f.day, {part} order by f.day, {part}");
    db.all(within.select((&head, values), "f", (&tail, Vec::new()))).await
}

//! How many installations there are now, from the tally.
//!
//! Unscoped: the scope is part of what each function is asked within.

use plugin_api::Fault;
use plugin_api::db::Db;
use serde::Deserialize;

use super::Within;

/// Silent installations counted at most.
pub const COUNTED: i64 = 100_000;

/// Installations of one software, version, state and currency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Group {
    /// The software.
    pub software_id: String,
    /// What that calls itself.
    pub software: String,
    /// The product that is, unless a rule of its versions says other.
    pub product_code: Option<String>,
    /// The version; empty for not said.
    pub version: String,
    /// As it is stored.
    pub state: String,
    /// ISO 4217.
    pub currency: String,
    /// How many.
    pub installations: i64,
    /// Their orders.
    pub orders: i64,
    /// What they sold, minor units.
    pub sold: i64,
}

/// All of them but those that are ignored.
pub async fn groups(db: &Db, within: &Within) -> Result<Vec<Group>, Fault> {
    let head = "select t.software_id, s.name as software, s.product_code, t.version, t.state, \
        t.currency, cast(sum(t.installations) as signed) as installations, \
        cast(sum(t.orders) as signed) as orders, cast(sum(t.sold) as signed) as sold \
        from registration_inventory_tally t \
        join registration_inventory_software s on s.software_id = t.software_id \
        where t.state <> 'ignored'";
    let tail = "group by t.software_id, s.name, s.product_code, t.version, t.state, t.currency \
        having sum(t.installations) <> 0";
    db.all(within.select((head, Vec::new()), "t", (tail, Vec::new()))).await
}

/// What a customer has, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OfCustomer {
    /// The customer.
    pub account_id: String,
    /// What it is called.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// How many installations.
    pub installations: i64,
    /// Their orders.
    pub orders: i64,
    /// What they sold, minor units.
    pub sold: i64,
}

/// The customers with the most installations, at most `limit` lines.
pub async fn of_customers(db: &Db, within: &Within, limit: u32) -> Result<Vec<OfCustomer>, Fault> {
    let head = "select g.account_id, g.name, t.currency, \
        cast(sum(t.installations) as signed) as installations, \
        cast(sum(t.orders) as signed) as orders, cast(sum(t.sold) as signed) as sold \
        from registration_inventory_tally t \
        join customer_accounts_v1 g on g.organisation_id = t.organisation_id \
        where t.state = 'assigned'";
    let tail = "group by g.account_id, g.name, t.currency having sum(t.installations) <> 0 \
        order by sum(t.installations) desc, g.name, g.account_id, t.currency limit ?";
    db.all(within.select((head, Vec::new()), "t", (tail, vec![limit.into()]))).await
}

/// How many installations of a software were not heard of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Silent {
    /// The software.
    pub software_id: String,
    /// How many.
    pub installations: i64,
}

/// The installations last heard of before an instant, from an index that holds all it takes.
pub async fn silent(db: &Db, within: &Within, before: i64) -> Result<Vec<Silent>, Fault> {
    let head = "select software_id, count(*) as installations from ( \
        select i.software_id from registration_inventory_installation i \
        where i.last_seen_at < ? and i.state <> 'ignored'";
    let tail = "limit ?) silent group by software_id order by installations desc, software_id";
    let more = vec![COUNTED.into()];
    db.all(within.select((head, vec![before.into()]), "i", (tail, more))).await
}

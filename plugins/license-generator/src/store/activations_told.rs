//! Up to when the timelines of customers know of activated devices.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// Label of the statement that advances: a mismatch says that another host did.
pub const TOLD: &str = "told";

/// Licences told of at most in one run.
pub const MOST: u32 = 1000;

/// The devices of one licence that were activated in some time.
#[derive(Debug, Clone, Deserialize)]
pub struct Activated {
    /// Whose licence it is.
    pub account_id: String,
    /// The licence.
    pub licence_id: String,
    /// Its product.
    pub product: String,
    /// The first group of its key.
    pub key_hint: String,
    /// How many devices.
    pub devices: i64,
    /// What one of them is called.
    pub device: String,
    /// When the last of them was, unix milliseconds.
    pub at: i64,
}

/// The devices activated after an instant up to another, by licence.
pub async fn between(
    db: &Db,
    scope: &Scope,
    after: i64,
    until: i64,
) -> Result<Vec<Activated>, Fault> {
    let sql = "select l.account_id, l.licence_id, p.name as product, l.key_hint, \
           count(*) as devices, max(a.activated_at) as at, \
           max(case when a.device_name = '' then a.fingerprint else a.device_name end) as device \
         from license_generator_activation a \
         join license_generator_licence l on l.licence_id = a.licence_id \
         join license_generator_product p on p.product_id = l.product_id \
         where a.activated_at > ? and a.activated_at <= ? and {scope} \
         group by l.account_id, l.licence_id, p.name, l.key_hint order by at limit ?";
    let statement = Statement::new(sql).bind(after).bind(until).bind(MOST);
    db.all(statement.scope(scope, "a.organisation_id")).await
}

/// Up to when the timelines know; none before the first run.
///
/// Unscoped: one mark for all.
pub async fn told_until(db: &Db) -> Result<Option<i64>, Fault> {
    #[derive(Deserialize)]
    struct Mark {
        until: i64,
    }
    let sql = "select told_until as until from license_generator_told where name = 'activations'";
    let mark: Option<Mark> = db.first(Statement::new(sql)).await?;
    Ok(mark.map(|mark| mark.until))
}

/// Notes the first instant that is told of: nothing before it is.
///
/// Unscoped: one mark for all.
pub fn begin(until: i64) -> Statement {
    let sql = "insert into license_generator_told (name, told_until) values ('activations', ?)";
    Statement::new(sql).bind(until)
}

/// Moves the mark from one instant to a later one.
///
/// Unscoped: one mark for all.
pub fn advance(from: i64, to: i64) -> Statement {
    Statement::new(
        "update license_generator_told set told_until = ? \
         where name = 'activations' and told_until = ?",
    )
    .bind(to)
    .bind(from)
    .expect_rows(1)
    .label(TOLD)
}

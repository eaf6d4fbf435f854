//! What a customer was issued and what he uses of it.

use plugin_api::db::{Db, Statement};
use plugin_api::time::DAY;
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::licence::LicenceType;

/// How far back the highest number of seats is looked for, in days.
pub const PEAK_DAYS: i64 = 365;
/// Licences told of one customer at most.
const MOST: u32 = 1_000;

/// What is used of a licence.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    /// Its id.
    pub licence_id: String,
    /// The product's name.
    pub product: String,
    /// The first group of its key.
    pub key_hint: String,
    /// How long it lasts.
    pub r#type: LicenceType,
    /// Its last millisecond, if it has one.
    pub expires_at: Option<i64>,
    /// Devices that have a seat.
    pub devices_used: i64,
    /// Devices that may have one.
    pub devices_max: i64,
    /// Floating seats that were out at most on one day; none if it has none.
    pub seats_peak: Option<i64>,
    /// Floating seats it has.
    pub seats_max: Option<i64>,
}

/// What is used of a module that is counted, in its present period.
#[derive(Debug, Clone, Deserialize)]
pub struct Meter {
    /// The licence.
    pub licence_id: String,
    /// The module's code.
    pub module: String,
    /// How much.
    pub used: i64,
    /// How much there is; none for no limit.
    pub max: Option<i64>,
}

/// The customer with this id, by name; none outside the branch.
pub async fn customer(db: &Db, scope: &Scope, id: &str) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Name {
        name: String,
    }
    if !id.is_ascii() {
        return Ok(None);
    }
    let sql = "select name from customer_accounts_v1 where account_id = ? and {scope}";
    let found: Option<Name> =
        db.first(Statement::new(sql).bind(id).scope(scope, "organisation_id")).await?;
    Ok(found.map(|found| found.name))
}

/// The licences of a customer that are not revoked, the most recent first.
pub async fn lines(db: &Db, scope: &Scope, id: &str, now: i64) -> Result<Vec<Line>, Fault> {
    let sql = "select l.licence_id, p.name as product, l.key_hint, l.type, l.expires_at, \
        l.devices_used, l.devices_max, l.seats_max, case when l.seats_max is null then null \
        else (select coalesce(max(k.peak), 0) from license_generator_seat_peak k \
          where k.licence_id = l.licence_id and k.day >= ?) end as seats_peak \
        from license_generator_licence l \
        join license_generator_product p on p.product_id = l.product_id \
        where l.account_id = ? and l.state_stored <> 'revoked' and {scope} \
        order by l.created_at desc, l.licence_id desc limit ?";
    let statement = Statement::new(sql).bind(now - PEAK_DAYS * DAY).bind(id).bind(MOST);
    db.all(statement.scope(scope, "l.organisation_id")).await
}

/// The meters of a customer, each in its latest period.
pub async fn meters(db: &Db, scope: &Scope, id: &str) -> Result<Vec<Meter>, Fault> {
    let sql = "select t.licence_id, t.module, t.used, m.quantity_max as max \
        from license_generator_licence l \
        join license_generator_meter t on t.licence_id = l.licence_id \
        left join license_generator_licence_module m \
          on m.licence_id = t.licence_id and m.code = t.module \
        where l.account_id = ? and l.state_stored <> 'revoked' and {scope} \
        and t.period_start = (select max(s.period_start) from license_generator_meter s \
          where s.licence_id = t.licence_id and s.module = t.module) \
        order by t.module, t.licence_id limit ?";
    let statement = Statement::new(sql).bind(id).bind(MOST);
    db.all(statement.scope(scope, "l.organisation_id")).await
}

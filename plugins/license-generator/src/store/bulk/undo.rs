//! The licences a run issued: with their keys, and those of them that nobody has used.

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Deserializer};

/// A licence is unused as long as no client ever asked about it. The device a licence was made for
/// has a seat from the beginning; until it comes its `last_seen_at` is before its `activated_at`.
const UNUSED: &str = "l.seats_out = 0 and not exists (select 1 from license_generator_activation a \
    where a.licence_id = l.licence_id and a.last_seen_at >= a.activated_at) \
    and not exists (select 1 from license_generator_activation_log g \
    where g.licence_id = l.licence_id)";

/// Ids of the unused licences of a run behind the id `after`, ascending.
pub async fn unused(
    db: &Db,
    scope: &Scope,
    (bulk_id, after): (&str, &str),
    limit: usize,
) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Id {
        licence_id: String,
    }
    let sql = format!(
        "select l.licence_id from license_generator_licence l where l.bulk_id = ? \
         and l.licence_id > ? and {UNUSED} and {{scope}} order by l.licence_id limit {limit}"
    );
    let statement = Statement::new(sql).bind(bulk_id).bind(after);
    let ids: Vec<Id> = db.all(statement.scope(scope, "l.organisation_id")).await?;
    Ok(ids.into_iter().map(|id| id.licence_id).collect())
}

/// The batch that takes licences back which [`unused`] named; a mismatch says that a device came in
/// between. The licence goes first: whoever takes a seat writes it, too, and one of the two waits.
pub fn removal(scope: &Scope, ids: &[String]) -> Batch {
    let remove = |batch: Batch, id: &String| {
        let of = |sql: &'static str| Statement::new(sql).bind(id);
        let licence =
            of("delete from license_generator_licence where licence_id = ? and seats_out = 0 \
             and devices_used = (select count(*) from license_generator_activation a \
             where a.licence_id = license_generator_licence.licence_id \
             and a.last_seen_at < a.activated_at) and {scope}");
        batch
            .and(licence.scope(scope, "organisation_id").expect_rows(1).label("unused"))
            .and(of("delete from license_generator_activation where licence_id = ?"))
            .and(of("delete from license_generator_licence_module where licence_id = ?"))
    };
    ids.iter().fold(Batch::new(), remove)
}

/// How many licences of a run there are.
pub async fn made(db: &Db, scope: &Scope, bulk_id: &str) -> Result<i64, Fault> {
    let sql = "select count(*) from license_generator_licence where bulk_id = ? and {scope}";
    db.scalar(Statement::new(sql).bind(bulk_id).scope(scope, "organisation_id")).await
}

/// A licence of a run with its sealed key; like everything that holds one, not `Debug`.
#[derive(Deserialize)]
pub struct Issued {
    /// Its id.
    pub licence_id: String,
    /// The key.
    #[serde(deserialize_with = "bytes")]
    pub key_sealed: Vec<u8>,
    /// The customer's name.
    pub customer: Option<String>,
    /// What the device is called it was made for.
    pub device_name: Option<String>,
    /// That device.
    pub fingerprint: Option<String>,
    /// What was noted: the serial number of the device, where the list said one.
    pub note: String,
    /// Its last millisecond.
    pub expires_at: Option<i64>,
}

fn bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    super::super::licences::bytes(deserializer)
}

/// The statement that reads the licences of a run, in the order they were made.
pub fn with_keys(scope: &Scope, bulk_id: &str) -> Statement {
    Statement::new(
        "select l.licence_id, l.key_sealed, c.name as customer, a.device_name, a.fingerprint, \
         l.note, l.expires_at from license_generator_licence l \
         left join customer_accounts_v1 c on c.account_id = l.account_id \
         left join license_generator_activation a on a.licence_id = l.licence_id \
         and a.activated_at = l.created_at \
         where l.bulk_id = ? and {scope} order by l.licence_id",
    )
    .bind(bulk_id)
    .scope(scope, "l.organisation_id")
}

//! Licences: read with their product, customer and modules in one select, written in one batch.

use plugin_api::contracts::accounts::Account;
use plugin_api::db::{Batch, Db, Rows, Sql, Statement, Value};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::device::Activation;
use crate::domain::licence::{Licence, LicenceType};
use crate::domain::state::StoredState;

const COLUMNS: &str = "\
    l.licence_id, l.organisation_id, l.account_id, c.name as customer, p.code as product_code, \
    p.name as product_name, p.version_major, l.type, l.state_stored, l.internal, l.devices_max, \
    l.devices_used, l.users_max, l.starts_at, l.expires_at, l.maintenance_until, l.price, \
    l.currency, l.payload, l.note, l.key_hint, l.offline_days, l.grace_days, l.at_expiry, \
    l.version, l.created_at, l.created_by";

const TABLES: &str = "\
    license_generator_licence l \
    join license_generator_product p on p.product_id = l.product_id \
    left join customer_accounts_v1 c on c.account_id = l.account_id";

const ACTIVATION: &str = "\
    a.activation_id, a.fingerprint, a.device_name, a.platform, a.activated_at, a.last_seen_at, \
    a.deactivated_at";

/// `select <columns, modules, more> from <tables> <rest>`. The modules come as one JSON column, so
/// that a validation costs a single query.
fn select(more: &str, rest: &str) -> Sql {
    let text = |aggregate: &str| {
        format!(
            "select {COLUMNS}, (select coalesce({aggregate}(json_object('code', m.code, \
             'active', m.active, 'until', m.active_until, 'max', m.quantity_max)), '[]') \
             from license_generator_licence_module m where m.licence_id = l.licence_id) \
             as modules{more} from {TABLES} {rest}"
        )
    };
    Sql::per(text("json_group_array"), text("json_arrayagg"))
}

/// The select of a licence with the seat of a device, each found by one column.
fn with_seat(seat: &str, licence: &str) -> Sql {
    select(
        &format!(", {ACTIVATION}"),
        &format!(
            "left join license_generator_activation a \
             on a.licence_id = l.licence_id and {seat} = ? where {licence} = ?"
        ),
    )
}

/// A licence, and the seat that the device in question has or had.
#[derive(Debug, Clone)]
pub struct Found {
    /// The licence.
    pub licence: Licence,
    /// The seat, active or given back.
    pub activation: Option<Activation>,
}

/// The licence of an activation key and the seat of a device.
///
/// Unscoped: the key is the credential, and it names its row by itself.
pub async fn by_key(
    db: &Db,
    key_hash: &str,
    fingerprint_hash: &str,
) -> Result<Option<Found>, Fault> {
    let sql = with_seat("a.fingerprint_hash", "l.key_hash");
    found(db.rows(Statement::new(sql).bind(fingerprint_hash).bind(key_hash)).await?)
}

/// The licence and seat that a computer key names.
///
/// Unscoped: a computer key signed by us is the credential.
pub async fn by_seat(
    db: &Db,
    licence_id: &str,
    activation_id: &str,
) -> Result<Option<Found>, Fault> {
    let sql = with_seat("a.activation_id", "l.licence_id");
    found(db.rows(Statement::new(sql).bind(activation_id).bind(licence_id)).await?)
}

fn found(rows: Rows) -> Result<Option<Found>, Fault> {
    // Without a seat the columns of the outer join are null.
    let seat = rows.columns.iter().position(|column| column == "activation_id");
    let has_seat = seat.and_then(|at| rows.cells.get(at)).is_some_and(|cell| *cell != Value::Null);
    let activation = if has_seat { rows.clone().into_first()? } else { None };
    Ok(rows.into_first()?.map(|licence| Found { licence, activation }))
}

/// How many seats are taken.
///
/// Unscoped: asked by who has the activation key.
pub async fn devices_used(db: &Db, licence_id: &str) -> Result<i64, Fault> {
    let sql = "select devices_used from license_generator_licence where licence_id = ?";
    db.scalar(Statement::new(sql).bind(licence_id)).await
}

/// A licence by id.
pub async fn get(db: &Db, scope: &Scope, licence_id: &str) -> Result<Option<Licence>, Fault> {
    let sql = select("", "where l.licence_id = ? and {scope}");
    db.first(Statement::new(sql).bind(licence_id).scope(scope, "l.organisation_id")).await
}

/// The licences of an account, newest first.
pub async fn of_account(
    db: &Db,
    scope: &Scope,
    account_id: &str,
    limit: u32,
) -> Result<Vec<Licence>, Fault> {
    let sql = select(
        "",
        "where l.account_id = ? and {scope} order by l.created_at desc, l.licence_id desc limit ?",
    );
    let statement = Statement::new(sql).bind(account_id).bind(limit);
    db.all(statement.scope(scope, "l.organisation_id")).await
}

/// The batch that gives everything about the licences of one account to another.
pub fn handing_over(scope: &Scope, from: &Account, into: &Account) -> Batch {
    let rows = |table: &str| {
        // By the node, which only this account had.
        let sql = format!(
            "update {table} set organisation_id = ? where organisation_id = ? and {{scope}}"
        );
        Statement::new(sql)
            .bind(&into.organisation_id)
            .bind(&from.organisation_id)
            .scope(scope, "organisation_id")
    };
    let licences = Statement::new(
        "update license_generator_licence set account_id = ?, version = version + 1 \
         where account_id = ? and {scope}",
    )
    .bind(&into.account_id)
    .bind(&from.account_id)
    .scope(scope, "organisation_id");
    Batch::new()
        .and(licences)
        .and(rows("license_generator_licence"))
        .and(rows("license_generator_activation"))
        .and(rows("license_generator_activation_log"))
        .and(rows("license_generator_portal_free"))
}

/// The sealed activation key of a licence.
pub async fn sealed_key(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
) -> Result<Option<Vec<u8>>, Fault> {
    #[derive(Deserialize)]
    struct Sealed {
        #[serde(deserialize_with = "bytes")]
        key_sealed: Vec<u8>,
    }
    let sealed: Option<Sealed> = db
        .first(
            Statement::new(
                "select key_sealed from license_generator_licence \
                 where licence_id = ? and {scope}",
            )
            .bind(licence_id)
            .scope(scope, "organisation_id"),
        )
        .await?;
    Ok(sealed.map(|sealed| sealed.key_sealed))
}

/// Reads a blob: serde's own `Vec<u8>` expects a sequence.
fn bytes<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    struct Bytes;
    impl serde::de::Visitor<'_> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("bytes")
        }

        fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(bytes)
        }
    }
    deserializer.deserialize_byte_buf(Bytes)
}

/// A licence to be written.
#[derive(Debug, Clone)]
pub struct NewLicence {
    /// Its id.
    pub licence_id: String,
    /// The customer's node of the organisation tree.
    pub organisation_id: String,
    /// The customer.
    pub account_id: String,
    /// The product.
    pub product_id: String,
    /// How long it lasts.
    pub r#type: LicenceType,
    /// What was decided about it.
    pub state_stored: StoredState,
    /// Whether it is for the vendor's own use.
    pub internal: bool,
    /// How many devices may have a seat.
    pub devices_max: i64,
    /// How many people may use it, if that is limited.
    pub users_max: Option<i64>,
    /// Its first millisecond.
    pub starts_at: i64,
    /// Its last millisecond, if it has one.
    pub expires_at: Option<i64>,
    /// The last millisecond whose updates it includes.
    pub maintenance_until: Option<i64>,
    /// Minor units.
    pub price: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// Free data, JSON text.
    pub payload: String,
    /// For our own people.
    pub note: String,
    /// Keyed hash of the activation key, hexadecimal.
    pub key_hash: String,
    /// The activation key, sealed.
    pub key_sealed: Vec<u8>,
    /// Its first group.
    pub key_hint: String,
    /// How many days a computer key is trusted without asking again.
    pub offline_days: i64,
    /// How many days the product goes on after its end.
    pub grace_days: i64,
    /// What it does then; as the database holds it.
    pub at_expiry: &'static str,
    /// Names a licence of the sample, so that it is made once.
    pub marker: Option<String>,
    /// The present, unix milliseconds.
    pub created_at: i64,
    /// Who issues it.
    pub created_by: String,
    /// Its modules.
    pub modules: Vec<NewGrant>,
}

/// A module of a licence to be written.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// The module.
    pub module_id: String,
    /// Its code.
    pub code: String,
    /// Whether it may be used.
    pub active: bool,
    /// Its last millisecond, if it ends before the licence.
    pub until: Option<i64>,
    /// How much of it may be used, if limited.
    pub max: Option<i64>,
}

/// The batch that writes a licence; its organisation was found in the caller's branch before.
///
/// Unscoped: a new row has no scope yet.
pub fn insertion(new: &NewLicence) -> Batch {
    let licence = Statement::new(
        "insert into license_generator_licence (licence_id, organisation_id, account_id, \
         product_id, type, state_stored, internal, devices_max, devices_used, users_max, \
         starts_at, expires_at, maintenance_until, price, currency, payload, note, key_hash, \
         key_sealed, key_hint, offline_days, grace_days, at_expiry, marker, version, created_at, \
         created_by) values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
         ?, 1, ?, ?)",
    )
    .bind(&new.licence_id)
    .bind(&new.organisation_id)
    .bind(&new.account_id)
    .bind(&new.product_id)
    .bind(new.r#type.as_str())
    .bind(new.state_stored.as_str())
    .bind(new.internal)
    .bind(new.devices_max)
    .bind(new.users_max)
    .bind(new.starts_at)
    .bind(new.expires_at)
    .bind(new.maintenance_until)
    .bind(new.price)
    .bind(&new.currency)
    .bind(&new.payload)
    .bind(&new.note)
    .bind(&new.key_hash)
    .bind(new.key_sealed.clone())
    .bind(&new.key_hint)
    .bind(new.offline_days)
    .bind(new.grace_days)
    .bind(new.at_expiry)
    .bind(new.marker.clone())
    .bind(new.created_at)
    .bind(&new.created_by);
    new.modules.iter().fold(Batch::new().and(licence), |batch, grant| {
        batch.and(
            Statement::new(
                "insert into license_generator_licence_module \
                 (licence_id, module_id, code, active, active_until, quantity_max) \
                 values (?, ?, ?, ?, ?, ?)",
            )
            .bind(&new.licence_id)
            .bind(&grant.module_id)
            .bind(&grant.code)
            .bind(grant.active)
            .bind(grant.until)
            .bind(grant.max),
        )
    })
}

/// The statement that moves a licence from one stored state to another; it changes one row or, if
/// somebody was faster, none.
pub fn transition(
    scope: &Scope,
    licence_id: &str,
    from: StoredState,
    to: StoredState,
) -> Statement {
    Statement::new(
        "update license_generator_licence set state_stored = ?, version = version + 1 \
         where licence_id = ? and state_stored = ? and {scope}",
    )
    .bind(to.as_str())
    .bind(licence_id)
    .bind(from.as_str())
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("state")
}

/// The id of the licence that carries a marker of the sample.
///
/// Unscoped: only the sample job asks.
pub async fn by_marker(db: &Db, marker: &str) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Id {
        licence_id: String,
    }
    let sql = "select licence_id from license_generator_licence where marker = ?";
    let id: Option<Id> = db.first(Statement::new(sql).bind(marker)).await?;
    Ok(id.map(|id| id.licence_id))
}

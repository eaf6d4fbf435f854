//! Licences: read with their product, customer and modules in one select, written in one batch.

pub mod change;
mod new;
pub mod revise;
pub mod transfer;

use plugin_api::contracts::accounts::Account;
use plugin_api::db::{Batch, Db, Rows, Sql, Statement, Value};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::statistics::daily;
use crate::domain::device::Activation;
use crate::domain::licence::Licence;

const COLUMNS: &str = "\
    l.licence_id, l.organisation_id, l.account_id, c.name as customer, p.code as product_code, \
    p.name as product_name, l.product_id, l.version_major, l.version_minor, l.bundle, l.type, \
    l.state_stored, l.suspended_for, l.internal, l.binding, l.devices_max, l.devices_limit, \
    l.devices_used, l.users_max, l.seats_max, l.seats_limit, l.seats_out, l.starts_at, \
    l.expires_at, l.maintenance_until, l.list_price, l.discount, l.price, l.currency, l.due_at, \
    l.paid_at, l.seller_id, l.agent_id, l.site, l.parameters, l.payload, l.note, l.key_hint, \
    l.offline_days, l.grace_days, l.at_expiry, l.policy_id, l.policy_version, l.conditions, \
    l.shadow, l.renewal, l.renewal_months, l.renewals, l.renewed_at, l.converted_at, l.origin, \
    l.bulk_id, l.version, l.created_at, l.created_by";

const TABLES: &str = "\
    license_generator_licence l \
    join license_generator_product p on p.product_id = l.product_id \
    left join customer_accounts_v1 c on c.account_id = l.account_id";

const ACTIVATION: &str = "\
    a.activation_id, a.fingerprint, a.device_name, a.platform, a.activated_at, a.last_seen_at, \
    a.deactivated_at, a.user_id, a.user_name";

/// `select <columns, modules, more> from <tables> <rest>`. The modules come as one JSON column, so
/// that a validation costs a single query.
fn select(more: &str, rest: &str) -> Sql {
    let text = |aggregate: &str| {
        format!(
            "select {COLUMNS}, (select coalesce({aggregate}(json_object('code', m.code, \
             'active', m.active, 'until', m.active_until, 'max', m.quantity_max, \
             'trial', m.trial, 'period', m.period, 'overage', m.overage)), '[]') \
             from license_generator_licence_module m where m.licence_id = l.licence_id) \
             as modules{more} from {TABLES} {rest}"
        )
    };
    Sql::per(text("json_group_array"), text("json_arrayagg"))
}

/// The select of a licence with the seat of a device that a condition finds.
fn with_seat(seat: &str, licence: &str) -> Sql {
    select(
        &format!(", {ACTIVATION}"),
        &format!(
            "left join license_generator_activation a \
             on a.licence_id = l.licence_id and {seat} where {licence} = ?"
        ),
    )
}

pub use new::{NewGrant, NewLicence, insertion, statements, statements_of_many};

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
    let sql = with_seat("a.fingerprint_hash = ?", "l.key_hash");
    found(db.rows(Statement::new(sql).bind(fingerprint_hash).bind(key_hash)).await?)
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
    let seat = "a.fingerprint_hash = case when l.binding = 'user' then ? else ? end";
    let statement = Statement::new(with_seat(seat, "l.key_hash"))
        .bind(person_hash)
        .bind(fingerprint_hash)
        .bind(key_hash);
    found(db.rows(statement).await?)
}

/// The licence and seat that a computer key names.
///
/// Unscoped: a computer key signed by us is the credential.
pub async fn by_seat(
    db: &Db,
    licence_id: &str,
    activation_id: &str,
) -> Result<Option<Found>, Fault> {
    let sql = with_seat("a.activation_id = ?", "l.licence_id");
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

/// A licence by the keyed hash of its activation key.
pub async fn by_hash(db: &Db, scope: &Scope, key_hash: &str) -> Result<Option<Licence>, Fault> {
    let sql = select("", "where l.key_hash = ? and {scope}");
    db.first(Statement::new(sql).bind(key_hash).scope(scope, "l.organisation_id")).await
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
    // What was paid is found by the account too: entries of the ledger go the same way.
    let payments = Statement::new(
        "update license_generator_renewal set account_id = ? where account_id = ? and {scope}",
    )
    .bind(&into.account_id)
    .bind(&from.account_id)
    .scope(scope, "organisation_id");
    let batch = Batch::new().and(licences).and(payments).and(rows("license_generator_licence"));
    let more = ["license_generator_renewal", "license_generator_renewal_failure"];
    let tables = transfer::TABLES.iter().chain(&more);
    let batch = tables.fold(batch, |batch, table| batch.and(rows(table)));
    daily::handing_over(batch, scope, &from.organisation_id, &into.organisation_id)
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
pub(super) fn bytes<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<u8>, D::Error> {
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

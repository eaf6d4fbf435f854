//! Licences: read with their product, customer and modules in one select, written in one batch.

pub mod change;
mod found;
mod new;
pub mod revise;
pub mod transfer;

use plugin_api::contracts::accounts::Account;
use plugin_api::db::{Batch, Db, Sql, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::statistics::daily;
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

/// The modules of a licence as one JSON column, so that a validation costs a single query.
fn modules(aggregate: &str) -> String {
    format!(
        "(select coalesce({aggregate}(json_object('code', m.code, 'active', m.active, \
         'until', m.active_until, 'max', m.quantity_max, 'trial', m.trial, 'period', m.period, \
         'overage', m.overage)), '[]') \
         from license_generator_licence_module m where m.licence_id = l.licence_id)"
    )
}

/// `select <columns, modules> from <tables> <rest>`.
fn select(rest: &str) -> Sql {
    let text = |aggregate: &str| {
        let modules = modules(aggregate);
        format!("select {COLUMNS}, {modules} as modules from {TABLES} {rest}")
    };
    Sql::per(text("json_group_array"), text("json_arrayagg"))
}

pub use found::{Found, by_key, by_key_for, by_seat};
pub use new::{NewGrant, NewLicence, insertion, statements, statements_of_many};

/// How many seats are taken.
///
/// Unscoped: asked by who has the activation key.
pub async fn devices_used(db: &Db, licence_id: &str) -> Result<i64, Fault> {
    let sql = "select devices_used from license_generator_licence where licence_id = ?";
    db.scalar(Statement::new(sql).bind(licence_id)).await
}

/// A licence by id.
pub async fn get(db: &Db, scope: &Scope, licence_id: &str) -> Result<Option<Licence>, Fault> {
    let sql = select("where l.licence_id = ? and {scope}");
    db.first(Statement::new(sql).bind(licence_id).scope(scope, "l.organisation_id")).await
}

/// A licence by the keyed hash of its activation key.
pub async fn by_hash(db: &Db, scope: &Scope, key_hash: &str) -> Result<Option<Licence>, Fault> {
    let sql = select("where l.key_hash = ? and {scope}");
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
        "where l.account_id = ? and {scope} order by l.created_at desc, l.licence_id desc limit ?",
    );
    let statement = Statement::new(sql).bind(account_id).bind(limit);
    db.all(statement.scope(scope, "l.organisation_id")).await
}

/// The licences of these ids, newest first; ask for some hundred at a time.
pub async fn by_ids(db: &Db, scope: &Scope, ids: &[String]) -> Result<Vec<Licence>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["?"; ids.len()].join(", ");
    let sql = select(&format!(
        "where l.licence_id in ({marks}) and {{scope}} order by l.created_at desc, l.licence_id desc"
    ));
    let statement = Statement::new(sql).bind_all(ids.iter().map(|id| id.as_str().into()));
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

//! What is personal of the licences of a customer: read all together, and blanked.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde_json::{Map, Value as Json};

/// The licences of an account.
const LICENCES: &str =
    "(select licence_id from license_generator_licence where account_id = ? and {scope})";

/// What is handed out: the name it gets and its select.
const KEPT: [(&str, &str); 7] = [
    (
        "devices",
        "select licence_id, fingerprint, device_name, platform, activated_at, last_seen_at, \
         deactivated_at from license_generator_activation where licence_id in {licences} \
         order by activated_at, activation_id",
    ),
    (
        "activation_log",
        "select licence_id, at, action, fingerprint, device_name, address, outcome \
         from license_generator_activation_log where licence_id in {licences} \
         order by at, log_id",
    ),
    (
        "floating_seats",
        "select licence_id, fingerprint, device_name, platform, user_name, address, taken_at, \
         renewed_at, lease_until from license_generator_seat where licence_id in {licences} \
         order by taken_at, seat_id",
    ),
    (
        "seat_reservations",
        "select licence_id, kind, name, created_at from license_generator_seat_reservation \
         where licence_id in {licences} order by created_at, reservation_id",
    ),
    (
        "named_users",
        "select licence_id, name, state, created_at from license_generator_named_user \
         where licence_id in {licences} order by created_at, user_id",
    ),
    (
        "offline_requests",
        "select licence_id, action, device_name, platform, created_at, created_by, trusted_until, \
         freed_at from license_generator_offline_request where licence_id in {licences} \
         order by created_at, request_id",
    ),
    (
        "licence_notes",
        "select licence_id, note, payload from license_generator_licence \
         where licence_id in {licences} order by created_at, licence_id",
    ),
];

/// What is blanked. The hash of a fingerprint stays: a device that is in use is known by it.
const BLANKED: [&str; 9] = [
    "update license_generator_activation set device_name = '', user_name = '', \
     fingerprint = '—' \
     where licence_id in {licences}",
    "update license_generator_activation_log set device_name = '', device_folded = '', \
     fingerprint = '', address = '', user_name = '' where licence_id in {licences}",
    "update license_generator_seat set device_name = '', user_name = '', address = '', \
     fingerprint = '—' where licence_id in {licences}",
    "update license_generator_meter_entry set device_name = '' where licence_id in {licences}",
    "delete from license_generator_seat_reservation where licence_id in {licences}",
    "update license_generator_named_user set name = '—', name_folded = user_id \
     where licence_id in {licences}",
    "update license_generator_token set address = '', suspect_address = '', suspect_name = '' \
     where licence_id in {licences}",
    "update license_generator_offline_request set device_name = '', device_folded = '', \
     platform = '', created_by = '', answer_sealed = x'' where licence_id in {licences}",
    "update license_generator_licence set note = '' where account_id = ? and {scope}",
];

fn of_account(scope: &Scope, sql: &str, account_id: &str) -> Statement {
    let sql = sql.replace("{licences}", LICENCES);
    Statement::new(sql).bind(account_id).scope(scope, "organisation_id")
}

/// Everything kept of the devices of an account, by kind.
pub async fn kept(db: &Db, scope: &Scope, account_id: &str) -> Result<Map<String, Json>, Fault> {
    let mut kept = Map::new();
    for (name, sql) in KEPT {
        let rows: Vec<Map<String, Json>> = db.all(of_account(scope, sql, account_id)).await?;
        kept.insert(name.to_owned(), Json::from(rows));
    }
    Ok(kept)
}

/// The statements that blank it.
pub fn erasures(scope: &Scope, account_id: &str) -> [Statement; 9] {
    BLANKED.map(|sql| of_account(scope, sql, account_id))
}

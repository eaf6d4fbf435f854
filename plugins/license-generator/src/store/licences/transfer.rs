//! A licence that goes to another customer, with everything that carries its organisation.

use plugin_api::Scope;
use plugin_api::contracts::accounts::Account;
use plugin_api::db::{Batch, Statement};

use super::change::LICENCE;
use crate::domain::licence::Licence;

/// The tables whose rows are about one licence and carry the node of its customer. What was paid
/// stays with who paid it.
pub const TABLES: &[&str] = &[
    "license_generator_activation",
    "license_generator_activation_log",
    "license_generator_portal_free",
    "license_generator_named_user",
    "license_generator_suspicion",
    "license_generator_token",
    "license_generator_transfer",
    "license_generator_seat",
    "license_generator_seat_reservation",
    "license_generator_meter",
    "license_generator_meter_entry",
    "license_generator_offline_request",
];

/// The batch that gives a licence, as it was read, to `into`, which owes nothing for it yet; a mismatch of [`LICENCE`] when somebody
/// was faster.
pub fn transfer(scope: &Scope, licence: &Licence, into: &Account) -> Batch {
    let update = Statement::new(
        "update license_generator_licence set account_id = ?, organisation_id = ?, site = '', \
         due_at = null, paid_at = null, \
         version = version + 1 where licence_id = ? and version = ? and {scope}",
    )
    .bind(&into.account_id)
    .bind(&into.organisation_id)
    .bind(&licence.licence_id)
    .bind(licence.version)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(LICENCE);
    TABLES.iter().fold(Batch::new().and(update), |batch, table| {
        let sql = format!("update {table} set organisation_id = ? where licence_id = ?");
        batch.and(Statement::new(sql).bind(&into.organisation_id).bind(&licence.licence_id))
    })
}

/// The statements that free every seat of a licence: of devices, of people, and floating ones. Who is
/// kept out stays out.
pub fn freeing(licence: &Licence, now: i64) -> Vec<Statement> {
    let of = |sql: &'static str| Statement::new(sql).bind(&licence.licence_id);
    let devices = Statement::new(
        "update license_generator_activation set deactivated_at = ? \
         where licence_id = ? and deactivated_at is null",
    );
    vec![
        of("update license_generator_licence set devices_used = 0, seats_out = 0 \
            where licence_id = ?"),
        devices.bind(now).bind(&licence.licence_id),
        of("update license_generator_named_user set state = 'removed', reserved = 0 \
            where licence_id = ? and state = 'active'"),
        of("delete from license_generator_seat where licence_id = ?"),
        of("delete from license_generator_seat_reservation where licence_id = ?"),
    ]
}

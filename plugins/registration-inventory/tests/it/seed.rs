//! Installations and reports as they would have come, written straight into the tables.

use plugin_api::contracts::accounts::Account;
use plugin_testing::Harness;

/// An id that says what it is of.
pub(crate) fn id(kind: u32, n: u32) -> String {
    format!("0199d7c0-{kind:04x}-8000-8000-{n:012x}")
}

/// Software, once.
pub(crate) fn software(harness: &Harness, n: u32, name: &str) -> String {
    let of = id(1, n);
    harness.sql(
        "insert into registration_inventory_software (software_id, name, name_folded, \
         first_seen_at) values (?, ?, ?, 0)",
        [of.as_str().into(), name.into(), plugin_api::table::fold(name).into()],
    );
    of
}

/// A company, once.
pub(crate) fn company(harness: &Harness, n: u32, name: &str, vat: &str) -> String {
    let of = id(2, n);
    harness.sql(
        "insert into registration_inventory_company (company_id, name, name_folded, vat_number, \
         vat_is_valid, first_seen_at) values (?, ?, ?, ?, 1, 0)",
        [of.as_str().into(), name.into(), plugin_api::table::fold(name).into(), vat.into()],
    );
    of
}

/// An installation that waits, of the software and company with that number.
pub(crate) fn installation(harness: &Harness, n: u32, software: &str, company: &str) -> String {
    let of = id(3, n);
    let now = harness.clock().now();
    harness.sql(
        "insert into registration_inventory_installation (installation_id, organisation_id, \
         software_id, company_id, external_id, version, version_order, orders, sold, currency, \
         host_name, state, face, first_seen_at, last_seen_at, previous_seen_at, last_report_id, \
         reports) values (?, ?, ?, ?, ?, '1.2', '1.2', 10, 12345, 'EUR', ?, 'pending', ?, ?, ?, ?, \
         ?, 1)",
        [
            of.as_str().into(),
            harness.organisations().vendor.id.as_str().into(),
            software.into(),
            company.into(),
            format!("ext-{n}").into(),
            format!("PC-{n}").into(),
            "f".repeat(64).into(),
            now.into(),
            now.into(),
            now.into(),
            id(4, n).into(),
        ],
    );
    of
}

/// Says that it belongs to a customer.
pub(crate) fn assign(harness: &Harness, installation: &str, account: &Account) {
    harness.sql(
        "update registration_inventory_installation set state = 'assigned', account_id = ?, \
         organisation_id = ? where installation_id = ?",
        [
            account.account_id.as_str().into(),
            account.organisation_id.as_str().into(),
            installation.into(),
        ],
    );
}

/// A report of an installation, or one in quarantine, received at an instant.
pub(crate) fn report(harness: &Harness, n: u32, of: Option<&str>, at: i64, flags: &str) -> String {
    let report = id(4, n);
    harness.sql(
        "insert into registration_inventory_report (report_id, installation_id, software_id, \
         received_at, address, name, version, company, vat_number, orders, sold, currency, flags, \
         content_type, payload, was_new) values (?, ?, ?, ?, '192.0.2.1', 'Gestionale', '1.2', \
         'Rossi', '12345678903', 10, 12345, 'EUR', ?, 'application/json', ?, 0)",
        [
            report.as_str().into(),
            of.into(),
            id(1, 1).into(),
            at.into(),
            flags.into(),
            r#"{"nome_software":"<b>Gestionale</b>"}"#.into(),
        ],
    );
    if of.is_none() {
        harness.sql(
            "insert into registration_inventory_quarantine (report_id, received_at, software_id, \
             name, name_folded, address, reason) values (?, ?, ?, 'x', 'x', '192.0.2.1', 'x')",
            [report.as_str().into(), at.into(), id(1, 1).into()],
        );
    }
    report
}

/// What an installation said on a day.
pub(crate) fn day(harness: &Harness, of: &str, day: i64, version: &str) {
    harness.sql(
        "insert into registration_inventory_day (installation_id, day, version, version_order, \
         orders, sold, currency, first_at, last_at) values (?, ?, ?, ?, 5, 100, 'EUR', ?, ?)",
        [
            of.into(),
            day.into(),
            version.into(),
            version.into(),
            (day * 86_400_000).into(),
            (day * 86_400_000 + 1000).into(),
        ],
    );
}

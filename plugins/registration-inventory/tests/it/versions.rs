//! What other plugins are told of versions.

use plugin_api::contracts::inventory::{RunsVersion, VERSIONS, Versions};
use plugin_testing::{Client, Harness};
use registration_inventory::plugin;

use crate::seed;

const READ: &[&str] = &["registration-inventory:read"];
const DAY: i64 = 86_400_000;

fn told(harness: &Harness, client: &Client, days: i64) -> Vec<RunsVersion> {
    let since = harness.clock().now().div_euclid(DAY) * DAY - days * DAY;
    let running = harness.service(&VERSIONS, client.caller(), &Versions { since }).expect("told");
    assert!(!running.is_cut);
    running.versions
}

#[test]
fn versions_are_counted_by_product_within_the_branch() {
    Harness::on_each(plugin, |harness| {
        let software = seed::software(harness, 1, "Gestionale");
        let other = seed::software(harness, 2, "Nobody said what");
        let company = seed::company(harness, 1, "Rossi", "12345678903");
        let ids = [1, 2, 3, 4].map(|n| seed::installation(harness, n, &software, &company));
        seed::installation(harness, 5, &other, &company);
        harness.sql(
            "update registration_inventory_software set product_code = 'STUDIO' \
             where software_id = ?",
            [software.as_str().into()],
        );
        let set = |id: &str, what: &str| {
            let sql = format!(
                "update registration_inventory_installation set {what} where installation_id = ?"
            );
            harness.sql(&sql, [id.into()]);
        };
        set(&ids[1], "version = '2.0'");
        set(&ids[2], "product_code = 'STUDIO-PRO'");
        set(&ids[3], "state = 'ignored'");
        let account = harness.account(&harness.organisations().reseller, "Acme");
        seed::assign(harness, &ids[0], &account);

        let vendor = harness.with_permissions(READ);
        let line = |line: &RunsVersion| {
            (line.product_code.clone(), line.version.clone(), line.installations)
        };
        let lines = told(harness, &vendor, 30);
        let expected = [("STUDIO", "1.2", 1), ("STUDIO", "2.0", 1), ("STUDIO-PRO", "1.2", 1)]
            .map(|(product, version, n)| (product.to_owned(), version.to_owned(), n));
        assert_eq!(lines.iter().map(line).collect::<Vec<_>>(), expected);
        for line in &lines {
            let (path, query) = line.path.split_once('?').expect("a list");
            let list = vendor.get(&format!("{path}/export?format=json&{query}")).expect(200);
            let shown = list.json().as_array().map(Vec::len).and_then(|n| i64::try_from(n).ok());
            assert_eq!(shown, Some(line.installations), "{}", line.path);
        }

        let organisations = harness.organisations();
        let own = harness.in_branch(&organisations.reseller, READ);
        assert_eq!(told(harness, &own, 30).iter().map(line).collect::<Vec<_>>(), expected[..1]);
        let none = harness.in_branch(&organisations.sibling, READ);
        assert_eq!(told(harness, &none, 30), []);
        let blind = harness.in_branch(&organisations.reseller, &[]);
        assert_eq!(told(harness, &blind, 30)[0].path, "");
        harness.clock().advance_days(31);
        assert_eq!(told(harness, &vendor, 30), []);
    });
}

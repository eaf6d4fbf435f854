//! `/crm/licences/import`: from the file of another system to licences.

use axum::body::Body;
use axum::http::Method;
use plugin_api::contracts::accounts::{ENTER, Enter, Entered, Missing};
use plugin_api::db::Dialect;
use plugin_testing::{Client, Harness};
use serde_json::json;

use crate::{Shop, on_each, text};

const PAGE: &str = "/crm/licences/import";
/// As QLM exports it.
const FILE: &str = "OrderID;CustomerName;ProductID;ActivationKey;ExpiryDate;NumberOfLicenses;\
    ComputerID;Features\n\
    Q-1;Bianchi & Figli;STUDIO;ABCD-1234-EFGH;;3;PC-1 | PC-2;pdf\n\
    Q-2;bianchi & figli;studio;OLD-KEY-0002;31/12/2024;1;;\n\
    Q-3;Nobody;STUDIO;OLD-KEY-0003;;1;;\n\
    Q-4;Bianchi & Figli;WHAT;OLD-KEY-0004;;1;;\n\
    Q-5;Bianchi & Figli;STUDIO;OLD-KEY-0005;;1;A|B;\n\
    Q-1;Bianchi & Figli;STUDIO;OLD-KEY-0006;;1;;\n\
    ;Bianchi & Figli;STUDIO;;;1;;\n";

/// Somebody of the first reseller who may import.
pub(crate) fn importer(shop: &Shop<'_>) -> Client {
    shop.seller().with_permissions(&[
        "license-generator:read",
        "license-generator:issue",
        "license-generator:import",
    ])
}

/// Uploads a file, takes the mapping the page suggests, and checks the rows.
fn checked(harness: &Harness, client: &Client, text: &str) -> String {
    let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";
    let body = Body::from([head.as_bytes(), text.as_bytes(), b"\r\n--x--\r\n"].concat());
    let form = Some(("multipart/form-data; boundary=x", body));
    let path = client.send(Method::POST, PAGE, form).expect(303).location().clone();
    let page = client.get(&path).expect(200);
    let selects = page.html().split("name=\"column\"").skip(1);
    let mapping: Vec<String> = selects
        .map(|select| {
            let select = select.split("</select>").next().unwrap_or_default();
            let chosen =
                select.split("\" selected").next().filter(|_| select.contains(" selected"));
            let value = chosen.and_then(|before| before.rsplit("value=\"").next());
            value.unwrap_or_default().to_owned()
        })
        .collect();
    let fields: Vec<(&str, &str)> = mapping.iter().map(|id| ("column", id.as_str())).collect();
    client.post_form(&format!("{path}/mapping"), &fields).expect(303);
    ran(harness);
    path
}

fn ran(harness: &Harness) {
    for run in harness.run_jobs() {
        run.outcome.expect("the job succeeds");
    }
}

/// Uploads a file and imports what can be.
pub(crate) fn imported(harness: &Harness, client: &Client, text: &str) -> String {
    let path = checked(harness, client, text);
    client.post_form(&format!("{path}/apply"), &[]).expect(303);
    ran(harness);
    path
}

/// The report: what happens to each row.
fn acts(client: &Client, path: &str) -> Vec<String> {
    let report = client.get(&format!("{path}/export?format=json")).expect(200).json();
    let rows = report.as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| text(row, "esito")).collect()
}

fn count(harness: &Harness) -> i64 {
    harness.scalar("select count(*) from license_generator_licence", [])
}

#[test]
fn a_file_of_qlm_is_checked_imported_and_imported_again() {
    on_each(|shop| {
        let (harness, client) = (shop.harness, importer(shop));
        let path = checked(harness, &client, FILE);
        let told = client.get(&format!("{path}/export?format=json")).expect(200).json();
        let expected = ["create", "create", "refused", "refused", "refused", "refused", "refused"];
        assert_eq!(acts(&client, &path), expected, "{told}");
        assert_eq!(count(harness), 0, "a dry run writes nothing");

        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        ran(harness);
        assert_eq!(count(harness), 2);
        assert_eq!(shop.seats(), (2, 2), "devices keep their seats");
        let origins = "select count(*) from license_generator_licence where origin = 'import'";
        assert_eq!(harness.scalar(origins, []), 2);
        let booked = harness.effects().actions().contains(&"transaction.booked");
        assert!(!booked, "imported licences are not sold");
        let modules = "select code from license_generator_licence_module m \
            join license_generator_licence l on l.licence_id = m.licence_id \
            where l.devices_max = 3 and m.active = 1";
        let on: Vec<String> =
            harness.rows(modules, []).iter().map(|row| text(row, "code")).collect();
        assert_eq!(on, ["pdf"], "those the file does not name are off");

        let again = imported(harness, &client, FILE);
        let same =
            ["unchanged", "unchanged", "refused", "refused", "refused", "refused", "refused"];
        assert_eq!(acts(&client, &again), same);
        let other = FILE.replace(";;3;", ";;5;");
        assert_eq!(acts(&client, &imported(harness, &client, &other)).first().unwrap(), "update");
        assert_eq!((count(harness), shop.seats()), (2, (2, 2)));
        let devices = "select max(devices_max) from license_generator_licence";
        assert_eq!(harness.scalar(devices, []), 5);
        let keys = "select count(*) from license_generator_legacy_key";
        assert_eq!(harness.scalar(keys, []), 2);
    });
}

#[test]
fn json_of_keygen_is_imported_with_its_states() {
    on_each(|shop| {
        let (harness, client) = (shop.harness, importer(shop));
        let own = "7D91A-F8FC9";
        let licence = |id: &str, state: &str| {
            json!({ "id": id, "product": "STUDIO", "customer": "Bianchi & Figli",
                "attributes": { "key": format!("{own}-{id}-KEYGEN"), "status": state,
                    "maxMachines": 2, "expiry": null } })
        };
        let file = json!({ "data": [licence("1", "SUSPENDED"), licence("2", "ACTIVE")] });
        imported(harness, &client, &file.to_string());
        let states = harness.rows(
            "select state_stored, devices_max from license_generator_licence order by state_stored",
            [],
        );
        let told: Vec<_> = states
            .iter()
            .map(|row| (text(row, "state_stored"), row["devices_max"].as_i64()))
            .collect();
        let expected = [("active".to_owned(), Some(2)), ("suspended".to_owned(), Some(2))];
        assert_eq!(told, expected);
        // NDJSON too, with a key of ours that is kept.
        let key = shop.key(&json!({}));
        let line = json!({ "external_id": "n", "product": "STUDIO", "customer": "Bianchi & Figli",
            "key": key });
        let path = checked(harness, &client, &format!("{line}\n"));
        assert_eq!(acts(&client, &path), ["refused"], "the key is another licence's");
    });
}

#[test]
fn a_run_that_was_cut_off_goes_on_and_writes_no_licence_twice() {
    on_each(|shop| {
        let (harness, client) = (shop.harness, importer(shop));
        let rows = (0..60).map(|n| format!("X-{n},Bianchi & Figli,STUDIO,LEGACY-{n:04}\n"));
        let text = format!("id,cliente,prodotto,chiave\n{}", rows.collect::<String>());
        let path = checked(harness, &client, &text);
        let end = match harness.dialect() {
            Dialect::Sqlite => {
                "when (select count(*) from license_generator_legacy_key) >= 40 begin \
                 select raise(abort, 'as if it had gone away'); end"
            }
            Dialect::MariaDb => {
                "for each row if (select count(*) from license_generator_licence) >= 41 then \
                 signal sqlstate '45000'; end if"
            }
        };
        let trigger = "create trigger license_generator_test before insert on \
                       license_generator_legacy_key";
        harness.sql(&format!("{trigger} {end}"), []);
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        assert!(harness.run_jobs().iter().any(|run| run.outcome.is_err()));
        assert_eq!(count(harness), 40);
        harness.sql("drop trigger license_generator_test", []);
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        ran(harness);
        assert_eq!(count(harness), 60);
        let keys = "select count(distinct licence_id) from license_generator_legacy_key";
        assert_eq!(harness.scalar(keys, []), 60);
    });
}

#[test]
fn customers_are_entered_only_when_told() {
    on_each(|shop| {
        let (harness, client) = (shop.harness, importer(shop));
        let account = shop.account.clone();
        harness.service_fake(&ENTER, move |asked: Enter| Entered {
            account: (asked.missing == Missing::Enter).then(|| account.clone()),
            problem: String::new(),
        });
        let file = "id,cliente,prodotto,crea cliente\n1,Nuova,STUDIO,no\n2,Nuova,STUDIO,s\u{ec}\n";
        let path = imported(harness, &client, file);
        assert_eq!(acts(&client, &path), ["refused", "create"]);
        assert_eq!(count(harness), 1);
        shop.sibling().get(PAGE).expect(403);
    });
}

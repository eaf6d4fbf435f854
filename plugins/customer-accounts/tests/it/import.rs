//! `/crm/customers/import`: from the file to the customers.

use axum::body::Body;
use axum::http::Method;
use plugin_api::Caller;
use plugin_api::db::Dialect;
use plugin_testing::{Answer, Client, Harness};

use crate::{AGENT, count, entered, on_each, reseller, sibling};

const PAGE: &str = "/crm/customers/import";
const FILE: &str = "Ragione sociale;P.IVA;Citt\u{e0};CAP;Codice cliente;Etichette\n\
    Rossi Meccanica S.r.l.;12345678903;Milano;20121;R-1;officina, nord\n\
    Bianchi & Figli;;Roma;100;R-2;\n\
    ;;Nowhere;;R-3;\n\
    Verdi;12345678900;Torino;;R-4;\n\
    Neri;;Bari;;R-1;\n";

fn upload(client: &Client, bytes: &[u8]) -> Answer {
    let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\\\a\\\\clienti.csv\"\r\n\
                Content-Type: text/csv\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
    client.send(Method::POST, PAGE, Some(("multipart/form-data; boundary=x", Body::from(body))))
}

/// Uploads a file; answers the path of its import.
fn uploaded(client: &Client, text: &str) -> String {
    upload(client, text.as_bytes()).expect(303).location().clone()
}

/// Sends the mapping the page suggests, and checks the rows.
pub(crate) fn checked(harness: &Harness, client: &Client, text: &str) -> String {
    let path = uploaded(client, text);
    let page = client.get(&path).expect(200);
    let mapping = suggested(page.html());
    let fields: Vec<(&str, &str)> = mapping.iter().map(|id| ("column", id.as_str())).collect();
    client.post_form(&format!("{path}/mapping"), &fields).expect(303);
    ran(harness);
    path
}

/// The chosen option of each select of the mapping.
fn suggested(html: &str) -> Vec<String> {
    let selects = html.split("name=\"column\"").skip(1);
    let chosen = |select: &str| {
        let select = select.split("</select>").next().unwrap_or_default().to_owned();
        let before = select.split("\" selected").next().filter(|_| select.contains(" selected"));
        before
            .and_then(|text| text.rsplit("value=\"").next().map(str::to_owned))
            .unwrap_or_default()
    };
    selects.map(chosen).collect()
}

/// Runs the jobs that are due.
pub(crate) fn ran(harness: &Harness) {
    for run in harness.run_jobs() {
        run.outcome.expect("the job succeeds");
    }
}

/// The report as lines: row, what happens, what is wrong.
fn report(client: &Client, path: &str) -> Vec<(i64, String, String)> {
    let report = client.get(&format!("{path}/export?format=json")).expect(200).json();
    let text =
        |row: &serde_json::Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let rows = report.as_array().cloned().unwrap_or_default();
    rows.iter()
        .map(|row| {
            (row["riga"].as_i64().unwrap_or_default(), text(row, "esito"), text(row, "problemi"))
        })
        .collect()
}

fn acts(client: &Client, path: &str) -> Vec<(i64, String)> {
    report(client, path).into_iter().map(|(row, act, _)| (row, act)).collect()
}

fn expected(rows: &[(i64, &str)]) -> Vec<(i64, String)> {
    rows.iter().map(|(row, act)| (*row, (*act).to_owned())).collect()
}

#[test]
fn columns_are_guessed_and_each_row_is_told() {
    on_each(|harness| {
        let client = reseller(harness);
        let path = uploaded(&client, FILE);
        let page = client.get(&path).expect(200);
        let guess = ["name", "vat_number", "city", "postal_code", "external_reference", "tags"];
        assert_eq!(suggested(page.html()), guess);
        let path = checked(harness, &client, FILE);
        let rows = [(2, "create"), (3, "create"), (4, "refused"), (5, "refused"), (6, "refused")];
        assert_eq!(acts(&client, &path), expected(&rows));
        let told = report(&client, &path);
        assert!(told[2].2.starts_with("Company name:"), "{told:?}");
        assert!(told[3].2.starts_with("VAT number:"), "{told:?}");
        assert!(told[4].2.contains("Row 2 of the file"), "{told:?}");
        assert_eq!(count(harness), 0, "a dry run writes no customer");
        let page = client.get(&path).expect(200);
        assert!(page.html().contains("2 rows are ready"), "{}", page.html());
        let italian = client.language("it").get(&path).expect(200);
        assert!(italian.html().contains("2 righe sono pronte"), "{}", italian.html());
    });
}

#[test]
fn imported_twice_nothing_changes() {
    on_each(|harness| {
        let client = reseller(harness);
        let path = checked(harness, &client, FILE);
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        ran(harness);
        assert_eq!(count(harness), 2);
        let row = harness.rows(
            "select name, postal_code, tags, state from customer_accounts_customer order by name",
            [],
        );
        assert_eq!(row[0]["postal_code"], "00100", "a spreadsheet drops leading zeros");
        assert_eq!(row[1]["tags"], "officina, nord");
        let page = client.get(&path).expect(200);
        assert!(page.html().contains("2 rows were written"), "{}", page.html());
        let audits = harness.effects().audits.len();

        let again = checked(harness, &client, FILE);
        let rows =
            [(2, "unchanged"), (3, "unchanged"), (4, "refused"), (5, "refused"), (6, "refused")];
        assert_eq!(acts(&client, &again), expected(&rows));
        client.post_form(&format!("{again}/apply"), &[]).expect(303);
        ran(harness);
        let customers = |action: &&str| action.starts_with("customer.");
        let effects = harness.effects();
        assert_eq!(effects.actions().iter().skip(audits).filter(|a| customers(a)).count(), 0);
    });
}

#[test]
fn a_change_is_an_update_and_leaves_other_columns_alone() {
    on_each(|harness| {
        let client = reseller(harness);
        let body = serde_json::json!({"ragione_sociale": "Rossi", "partita_iva": "12345678903",
            "telefono": "02 1"});
        client.post_json("/api/admin/clienti", body).expect(201);
        let text = "nome,piva,paese,tipo,referente,email contatto\n\
                    Rossi S.p.A.,12345678903,Italia,Cliente,Anna,anna@rossi.example\n";
        let path = checked(harness, &client, text);
        assert_eq!(acts(&client, &path), expected(&[(2, "update")]));
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        ran(harness);
        let row = harness.rows("select name, phone from customer_accounts_customer", []);
        assert_eq!(
            (row[0]["name"].as_str(), row[0]["phone"].as_str()),
            (Some("Rossi S.p.A."), Some("02 1"))
        );
        assert_eq!(harness.scalar("select count(*) from customer_accounts_contact", []), 1);
        let again = checked(harness, &client, text);
        assert_eq!(acts(&client, &again), expected(&[(2, "unchanged")]));
    });
}

#[test]
fn a_run_that_was_cut_off_goes_on_and_writes_no_row_twice() {
    on_each(|harness| {
        let client = reseller(harness);
        let rows = (0..60).map(|n| format!("Customer {n},C-{n}\n"));
        let text = format!("name,code\n{}", rows.collect::<String>());
        let path = checked(harness, &client, &text);
        fail_at(harness, "Customer 40");
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        assert!(harness.run_jobs().iter().all(|run| run.outcome.is_err()));
        assert_eq!(count(harness), 40);
        let page = client.get(&path).expect(200);
        assert!(page.html().contains("goes on where it was"), "{}", page.html());

        harness.sql("drop trigger customer_accounts_test", []);
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        ran(harness);
        assert_eq!(count(harness), 60);
        let names = "select count(distinct name) from customer_accounts_customer";
        assert_eq!(harness.scalar(names, []), 60);
        assert!(report(&client, &path).iter().all(|(_, act, _)| act == "create"));
    });
}

/// The database refuses a customer of this name, as if it had gone away.
fn fail_at(harness: &Harness, name: &str) {
    let end = match harness.dialect() {
        Dialect::Sqlite => format!(
            "when new.name = '{name}' begin select raise(abort, 'as if it had gone away'); end"
        ),
        Dialect::MariaDb => {
            format!("for each row if new.name = '{name}' then signal sqlstate '45000'; end if")
        }
    };
    let trigger = "create trigger customer_accounts_test before insert on \
                   customer_accounts_customer";
    harness.sql(&format!("{trigger} {end}"), []);
}

#[test]
fn two_runs_at_once_write_no_row_twice() {
    on_each(|harness| {
        let client = reseller(harness);
        let rows = (0..40).map(|n| format!("Customer {n},\n"));
        let text = format!("name,code\n{}", rows.collect::<String>());
        let path = checked(harness, &client, &text);
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        let jobs = harness.effects().jobs;
        let job = jobs.last().expect("a job");
        let caller = Caller { job_id: job.status.job_id.clone(), ..harness.job_caller("import") };
        harness.parallel(2, |_| {
            let _ = harness.call("job:import-customers", &caller, &job.payload);
        });
        let _ = harness.call("job:import-customers", &caller, &job.payload);
        assert_eq!(count(harness), 40);
    });
}

#[test]
fn somebody_elses_import_does_not_exist() {
    on_each(|harness| {
        let path = checked(harness, &reseller(harness), FILE);
        let other = sibling(harness);
        other.get(&path).expect(404);
        other.get(&format!("{path}/export?format=csv")).expect(404);
        for last in ["mapping", "apply", "stop", "back", "forget"] {
            other.post_form(&format!("{path}/{last}"), &[]).expect(404);
        }
        assert!(!other.get(PAGE).expect(200).html().contains("clienti.csv"));
        reseller(harness).with_permissions(&["customer-accounts:read"]).get(PAGE).expect(403);
    });
}

#[test]
fn rows_stay_in_the_branch_of_who_imports() {
    on_each(|harness| {
        let theirs = entered(&sibling(harness), "Of the sibling");
        let reference = serde_json::json!({"riferimento_esterno": "S-1"});
        let path = format!("/api/admin/clienti/{}", crate::id(&theirs));
        sibling(harness).header("if-match", "*").patch_json(&path, reference).expect(200);
        let nodes = harness.organisations();
        let text = format!(
            "name,code,organisation\nMine,S-1,\nAway,S-2,{}\nAgent's,S-3,{}\n",
            nodes.sibling.id, nodes.agent.name
        );
        let client = harness.in_branch(&nodes.reseller, &AGENT);
        let path = checked(harness, &client, &text);
        let rows = [(2, "create"), (3, "refused"), (4, "create")];
        assert_eq!(acts(&client, &path), expected(&rows));
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        ran(harness);
        assert_eq!(count(harness), 3);
        let waiting = "select count(*) from customer_accounts_customer where state = 'awaiting'";
        assert_eq!(harness.scalar(waiting, []), 2, "an agent may not validate");
        let of_agent = harness.in_branch(&nodes.agent, &AGENT).get("/crm/customers").expect(200);
        assert!(of_agent.html().contains("Agent&#39;s"), "{}", of_agent.html());
        assert!(!of_agent.html().contains("Mine"));
    });
}

#[test]
fn what_cannot_be_read_is_said_on_the_page() {
    on_each(|harness| {
        let client = reseller(harness);
        for (bytes, told) in [
            (b"".as_slice(), "This file is empty"),
            (b"name\n", "no rows below"),
            (b"\xd0\xcf\x11\xe0", "old kind"),
            (b"PK\x03\x04x", "damaged"),
            (b"\x89PNG\0\0\0\0", "neither text nor"),
        ] {
            let page = upload(&client, bytes).expect(422);
            assert!(page.html().contains(told), "{told}: {}", page.html());
        }
        let form = Some(("multipart/form-data; boundary=x", Body::from("--x--\r\n")));
        client.send(Method::POST, PAGE, form).expect(422);
        let form = Some(("text/plain", Body::from("x")));
        client.send(Method::POST, PAGE, form).expect(422);
        let path = uploaded(&client, FILE);
        let fields = [("column", "city"), ("column", "city"), ("column", "nonsense")];
        let page = client.post_form(&format!("{path}/mapping"), &fields).expect(422);
        assert!(page.html().contains("Company name"), "{}", page.html());
        let again = [("again", "1"), ("separator", ","), ("encoding", "utf-16le")];
        client.post_form(&format!("{path}/mapping"), &again).expect(303);
        let again = [("again", "1"), ("separator", ","), ("encoding", "utf-8")];
        client.post_form(&format!("{path}/mapping"), &again).expect(303);
        client.get(&path).expect(200);
    });
}

#[test]
fn a_stopped_import_goes_on_where_it_was() {
    on_each(|harness| {
        let client = reseller(harness);
        let path = checked(harness, &client, FILE);
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        let page = client.get(&path).expect(200);
        assert!(page.html().contains("data-job="), "{}", page.html());
        client.post_form(&format!("{path}/stop"), &[]).expect(303);
        ran(harness);
        assert_eq!(count(harness), 0);
        let page = client.get(&path).expect(200);
        assert!(page.html().contains("goes on where it was"), "{}", page.html());
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        ran(harness);
        assert_eq!(count(harness), 2);
        client.post_form(&format!("{path}/forget"), &[]).expect(303);
        client.get(&path).expect(404);
        assert_eq!(count(harness), 2);
    });
}

#[test]
fn whatever_stands_in_a_cell_is_data() {
    let hostile = [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "@SUM(1)",
        "<script>alert(1)</script>",
        "'; drop table x; --",
        "\u{202e}reversed",
        "\u{feff}",
        "\u{1f4a9}\u{200d}\u{1f9d1}",
        "%00%0d%0a",
        "{{7*7}}",
        "null",
        "NaN",
        "1e309",
        "../../etc/passwd",
        "a\u{300}\u{301}\u{302}",
        "\t",
        "ﷺ",
        "<img src=x onerror=1>",
    ];
    on_each(|harness| {
        let client = reseller(harness);
        let mut csv =
            String::from("name,notes,tags,email,vat,country,state,tipo,organisation,contact\n");
        for text in hostile {
            let cell = format!("\"{}\"", text.replace('"', "\"\""));
            csv.push_str(&[cell.as_str(); 3].join(","));
            csv.extend([",,,,,,,", &cell, "\n"]);
            csv.push_str(&[cell.as_str(); 10].join(","));
            csv.push('\n');
        }
        let path = checked(harness, &client, &csv);
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        ran(harness);
        let page = client.get(&format!("{path}?limit=100")).expect(200);
        assert!(!page.html().contains("<script>") && !page.html().contains("<img"));
        let csv = client.get(&format!("{path}/export?format=csv")).expect(200);
        let starts = |line: &str| line.split(',').any(|cell| cell.starts_with(['=', '+', '@']));
        assert!(!csv.text().lines().any(starts), "{csv}");
        assert!(count(harness) > 10);
    });
}

#[test]
fn who_is_suspended_by_a_file_is_told_why_as_on_his_page() {
    on_each(|harness| {
        let client = reseller(harness);
        entered(&client, "Rossi");
        harness.sql("update customer_accounts_customer set external_reference = 'R-1'", []);
        let path = checked(harness, &client, "Ragione sociale;Codice;Stato\nRossi;R-1;sospeso\n");
        assert_eq!(acts(&client, &path), expected(&[(2, "refused")]));
        assert!(report(&client, &path)[0].2.starts_with("Reason:"));
        let file = "Ragione sociale;Codice;Stato;Motivo\nRossi;R-1;sospeso;Unpaid\n";
        let path = checked(harness, &client, file);
        client.post_form(&format!("{path}/apply"), &[]).expect(303);
        ran(harness);
        let of = "select reason from customer_accounts_state where act = 'suspended'";
        assert_eq!(harness.rows(of, [])[0]["reason"], "Unpaid");
        harness.clock().advance_days(31);
        let job = harness.job_caller("sweep-import-customers");
        harness.call("job:sweep-import-customers", &job, serde_json::Value::Null).expect("swept");
        client.get(&path).expect(404);
    });
}

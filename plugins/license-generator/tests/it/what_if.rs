//! What a change of a policy would do, and doing it: nothing before somebody says so, each licence once.

use plugin_testing::JobRun;
use serde_json::{Value as Json, json};

use crate::policies::{change, policy};
use crate::{Shop, on_each, text};

/// Copies the only licence, so that there are many.
fn multiply(shop: &Shop<'_>, n: u32) {
    let numbers = format!(
        "(with recursive n(i) as (select 0 union all select i + 1 from n where i < {}) \
         select i from n)",
        n - 1
    );
    let id = "substr(l.licence_id, 1, 24) || \
        substr('000000000000' || cast(a.i * 1000 + b.i as char), -12)";
    let copied = "organisation_id, account_id, product_id, type, state_stored, internal, \
        devices_max, devices_limit, devices_used, version_major, starts_at, currency, payload, \
        note, key_sealed, key_hint, offline_days, grace_days, at_expiry, version, created_at, \
        created_by, policy_id, policy_version, conditions";
    let sql = format!(
        "insert into license_generator_licence (licence_id, key_hash, {copied}) \
         select {id}, {id}, {copied} from license_generator_licence l, {numbers} a, {numbers} b"
    );
    shop.harness.sql(&sql, []);
}

fn policy_path(policy: &Json) -> String {
    format!("/crm/policies/{}", text(policy, "id"))
}

/// The form of a policy with `more`, sent with the button `step`.
fn form(
    shop: &Shop<'_>,
    policy: &Json,
    step: &str,
    more: &[(&str, &str)],
) -> plugin_testing::Answer {
    let admin = shop.harness.superadmin();
    let path = format!("/api/admin/politiche/{}", text(policy, "id"));
    let known = admin.get(&path).expect(200).json();
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, value) in known.as_object().expect("an object") {
        let text = match value {
            Json::Number(number) => number.to_string(),
            Json::String(text) => text.clone(),
            Json::Bool(true) => "true".to_owned(),
            _ => continue,
        };
        if !more.iter().any(|(other, _)| other == name) {
            fields.push((name.clone(), text));
        }
    }
    let more = more.iter().copied().chain([("passo", step)]);
    fields.extend(more.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    admin.post_form(&policy_path(policy), &fields)
}

fn offline(shop: &Shop<'_>) -> Vec<i64> {
    let sql = "select offline_days from license_generator_licence order by offline_days";
    let rows = shop.harness.rows(sql, []);
    rows.iter().map(|row| row["offline_days"].as_i64().expect("a number")).collect()
}

fn ran(runs: &[JobRun]) -> Vec<bool> {
    runs.iter().filter(|run| run.job == "apply-policy").map(|run| run.outcome.is_ok()).collect()
}

#[test]
fn trying_out_tells_and_writes_nothing() {
    on_each(|shop| {
        let made = policy(shop, &json!({ "predefinita": true }));
        shop.issue(&json!({ "dispositivi": 5 }));
        let by_hand = shop.issue(&json!({}));
        let set = "update license_generator_licence set offline_days = 3 where licence_id = ?";
        shop.harness.sql(set, [text(&by_hand, "id").into()]);
        let audits = shop.harness.effects().audits.len();
        let more = [("offline_giorni", "10"), ("dispositivi_massimi", "4")];
        let page = form(shop, &made, "prova", &more).expect(200);
        let html = page.html();
        assert!(html.contains("Nothing has been saved yet"), "{page}");
        assert!(html.contains("1 of 2 licences would be different"), "{page}");
        assert!(html.contains("Trusted offline for less time"), "{page}");
        assert!(html.contains("Sold with more devices than the maximum"), "{page}");
        assert!(html.contains("name=\"offline_giorni\" value=\"10\""), "{page}");
        let file = form(shop, &made, "csv", &more).expect(200);
        assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(file.text().lines().count(), 2, "{file}");
        let back = form(shop, &made, "modifica", &more).expect(200);
        assert!(back.html().contains("value=\"10\""), "{back}");

        let path = format!("/api/admin/politiche/{}/simula", text(&made, "id"));
        let asked = json!({ "offline_giorni": 10, "dispositivi_massimi": 4 });
        let told = shop.harness.superadmin().post_json(&path, asked).expect(200).json();
        assert_eq!((&told["totale"], &told["cambiano"]), (&json!(2), &json!(1)));
        let effects = json!({ "offline_piu_breve": 1, "oltre_il_massimo": 1 });
        assert_eq!(told["effetti"], effects);

        assert_eq!(offline(shop), [3, 30]);
        assert_eq!(shop.harness.scalar("select max(version) from license_generator_policy", []), 1);
        assert_eq!(shop.harness.effects().audits.len(), audits);
    });
}

#[test]
fn what_only_watched_would_begin_to_refuse() {
    on_each(|shop| {
        let made = policy(shop, &json!({ "predefinita": true, "ombra": true }));
        let licence = shop.issue(&json!({}));
        let log = "insert into license_generator_activation_log (log_id, licence_id, \
            organisation_id, at, action, key_kind, fingerprint, device_name, device_folded, \
            address, outcome) values (?, ?, 'o', ?, 'attiva', 'activation', '', '', '', '', ?)";
        let now = shop.harness.clock().now();
        for (id, at, outcome) in
            [("1", now, "limite_dispositivi"), ("2", now, "attivata"), ("3", 0, "licenza_scaduta")]
        {
            let values = [id.into(), text(&licence, "id").into(), at.into(), outcome.into()];
            shop.harness.sql(log, values);
        }
        let page = form(shop, &made, "prova", &[("ombra", "")]).expect(200);
        assert!(page.html().contains("1 requests of the last 30 days"), "{page}");
    });
}

#[test]
fn a_change_for_new_licences_leaves_the_others() {
    on_each(|shop| {
        let made = policy(shop, &json!({ "predefinita": true }));
        shop.issue(&json!({}));
        let saved = form(shop, &made, "salva", &[("offline_giorni", "10")]).expect(303);
        assert_eq!(saved.location(), policy_path(&made));
        shop.issue(&json!({}));
        assert_eq!(offline(shop), [10, 30]);
        let stale = form(shop, &made, "salva", &[("versione", "1"), ("nome", "Altra")]).expect(422);
        assert!(stale.html().contains("Somebody changed this policy"), "{stale}");
    });
}

#[test]
fn applying_brings_every_licence_to_the_version_once() {
    on_each(|shop| {
        let before = shop.issue(&json!({ "dispositivi": 4 }));
        let made = policy(shop, &json!({ "predefinita": true, "sforamento_percento": 50 }));
        shop.issue(&json!({ "dispositivi": 4 }));
        let by_hand = shop.issue(&json!({}));
        let set = "update license_generator_licence set offline_days = 3 where licence_id = ?";
        shop.harness.sql(set, [text(&by_hand, "id").into()]);
        shop.change(&shop.issue(&json!({})), "revoke");

        let started = form(shop, &made, "applica", &[("offline_giorni", "10")]).expect(303);
        let run = started.location();
        let page = shop.harness.superadmin().get(&run).expect(200);
        assert!(page.html().contains("Found at the beginning"), "{page}");
        assert_eq!(ran(&shop.harness.run_jobs()), [true]);
        assert_eq!(offline(shop), [3, 10, 10, 30], "by hand, both others, revoked");
        let rows = shop.harness.rows(
            "select policy_id, policy_version, devices_limit, version \
             from license_generator_licence where licence_id = ?",
            [text(&before, "id").into()],
        );
        assert_eq!(rows[0]["policy_id"], made["id"], "the default takes those that had none");
        assert_eq!((&rows[0]["policy_version"], &rows[0]["devices_limit"]), (&json!(2), &json!(6)));
        assert_eq!(rows[0]["version"], 2);
        let page = shop.harness.superadmin().get(&run).expect(200);
        assert!(page.html().contains("Every licence was brought"), "{page}");
        let effects = shop.harness.effects();
        let applied: Vec<_> =
            effects.audits.iter().filter(|audit| audit.action == "policy.applied").collect();
        assert_eq!(applied.len(), 1);
        let told = applied[0].after.as_ref().expect("counts");
        assert_eq!((&told["licences"], &told["changed"]), (&json!(3), &json!(2)));
        assert_eq!(ran(&shop.harness.run_jobs()), Vec::<bool>::new(), "once");
    });
}

#[test]
fn a_run_that_was_cut_off_goes_on_and_takes_no_licence_twice() {
    on_each(|shop| {
        let made = policy(shop, &json!({ "predefinita": true }));
        shop.issue(&json!({}));
        multiply(shop, 20);
        let changed = change(shop, &made, json!({ "offline_giorni": 10, "applica": true }));
        let run_id = text(&changed, "applicazione");
        let run = format!("/crm/policies/runs/{run_id}");
        // As a kill leaves it: some licences are done, and the job is gone.
        let done = "update license_generator_licence set policy_version = 2, offline_days = 10, \
            version = version + 1 where licence_id like '%1'";
        shop.harness.sql(done, []);
        shop.harness.sql("update license_generator_policy_run set state = 'stopped'", []);
        assert_eq!(ran(&shop.harness.run_jobs()), [true], "a job of a stopped run does nothing");
        assert!(offline(shop).contains(&30));
        let admin = shop.harness.superadmin();
        let page = admin.get(&run).expect(200);
        assert!(page.html().contains("It was stopped before its end"), "{page}");
        admin.post_form(&run, &[("passo", "continua")]).expect(303);
        assert_eq!(ran(&shop.harness.run_jobs()), [true]);
        assert_eq!(offline(shop), [10; 401]);
        let twice = "select count(*) from license_generator_licence where version <> 2";
        assert_eq!(shop.harness.scalar(twice, []), 0);
        admin.post_form(&run, &[("passo", "continua")]).expect(303);
        assert_eq!(ran(&shop.harness.run_jobs()), Vec::<bool>::new(), "it is finished");
    });
}

#[test]
fn of_very_many_licences_the_newest_speak_for_all() {
    on_each(|shop| {
        let made = policy(shop, &json!({ "predefinita": true }));
        shop.issue(&json!({}));
        multiply(shop, 145);
        let path = format!("/api/admin/politiche/{}/simula", text(&made, "id"));
        let asked = json!({ "offline_giorni": 10 });
        let told = shop.harness.superadmin().post_json(&path, asked).expect(200).json();
        let numbers = (&told["totale"], &told["esaminate"], &told["cambiano"]);
        assert_eq!(numbers, (&json!(21_026), &json!(20_000), &json!(20_000)));
        assert_eq!(told["licenze"].as_array().map(Vec::len), Some(100));
        let page = form(shop, &made, "prova", &[("offline_giorni", "10")]).expect(200);
        assert!(page.html().contains("There are 21,026 licences"), "{page}");
        assert!(page.html().contains("the first 100"), "{page}");
    });
}

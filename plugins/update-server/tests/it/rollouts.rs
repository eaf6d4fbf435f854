//! Rollouts follow their stages, are steered, and stop by themselves.

use serde_json::{Value as Json, json};

use crate::vendor::{Vendor, id, on_each};

const HOUR: i64 = 3_600_000;

fn stages() -> Json {
    json!([{ "percentuale": 10, "dopo_ore": 0 }, { "percentuale": 50, "dopo_ore": 24 },
        { "percentuale": 100, "dopo_ore": 48 }])
}

fn only(vendor: &Vendor<'_>) -> Json {
    let list = vendor.client.get("/api/admin/distribuzioni").expect(200).json();
    let path = format!("/api/admin/distribuzioni/{}", id(&list["dati"][0]));
    vendor.client.get(&path).expect(200).json()
}

fn steer(vendor: &Vendor<'_>, act: &str, body: Json, status: u16) -> Json {
    let path = format!("/api/admin/distribuzioni/{}/{act}", id(&only(vendor)));
    vendor.client.post_json(&path, body).expect(status).json()
}

#[test]
fn a_rollout_follows_its_stages_and_pauses_where_it_is() {
    on_each(|vendor| {
        vendor.staged("1.0.0", &["stable"], &stages());
        assert_eq!(only(vendor)["percentuale"], 10);
        vendor.harness.clock().advance(12 * HOUR);
        assert_eq!(steer(vendor, "sospendi", json!({}), 200)["stato"], "sospesa");
        vendor.harness.clock().advance(100 * HOUR);
        vendor.harness.run_jobs();
        assert_eq!(only(vendor)["percentuale"], 10);
        steer(vendor, "sospendi", json!({}), 409);
        steer(vendor, "riprendi", json!({}), 200);
        vendor.harness.clock().advance(11 * HOUR);
        assert_eq!(only(vendor)["percentuale"], 10, "twelve hours were left of the first stage");
        vendor.harness.clock().advance(HOUR);
        assert_eq!(only(vendor)["percentuale"], 50);
        vendor.harness.clock().advance(24 * HOUR);
        vendor.harness.call("job:tend-rollouts", &job(vendor), json!(null)).expect("it runs");
        let over = only(vendor);
        assert_eq!((&over["stato"], &over["percentuale"]), (&json!("conclusa"), &json!(100)));
    });
}

fn job(vendor: &Vendor<'_>) -> plugin_api::Caller {
    vendor.harness.job_caller("tend-rollouts")
}

#[test]
fn a_rollout_stops_by_itself_when_too_many_fail() {
    on_each(|vendor| {
        vendor.staged("1.0.0", &["stable"], &stages());
        let tend = || {
            vendor.harness.call("job:tend-rollouts", &job(vendor), json!(null)).expect("it runs");
        };
        // Ten percent of at least four outcomes.
        vendor.harness.sql("update update_server_rollout set succeeded = 2, failed = 1", []);
        tend();
        assert_eq!(only(vendor)["stato"], "in_corso", "too few to tell");
        vendor.harness.sql("update update_server_rollout set succeeded = 6, failed = 2", []);
        tend();
        let stopped = only(vendor);
        assert_eq!((&stopped["stato"], &stopped["percentuale"]), (&json!("fermata"), &json!(0)));
        assert_eq!(stopped["motivo"], "auto:2/8");
        let effects = vendor.harness.effects();
        let told = effects.event_names();
        assert!(told.contains(&"updates.rollout_stopped.v1"));
        let page = vendor.client.get(&format!("/crm/rollouts/{}", id(&stopped))).expect(200);
        assert!(page.html().contains("2 of 8 updates failed") && !page.html().contains('⟦'));
        tend();
    });
}

#[test]
fn a_rollout_is_stopped_finished_and_begun_again() {
    on_each(|vendor| {
        let release = vendor.staged("1.0.0", &["stable"], &stages());
        let begin = json!({ "rilascio": release, "canale": "stable", "fasi": stages() });
        let path = "/api/admin/distribuzioni";
        let busy = vendor.client.post_json(path, begin.clone()).expect(409);
        assert_eq!(busy.problem(), "distribuzione_in_corso");
        steer(vendor, "ferma", json!({}), 422);
        steer(vendor, "ferma", json!({ "motivo": "Too slow" }), 200);
        steer(vendor, "concludi", json!({}), 409);
        let elsewhere = json!({ "rilascio": release, "canale": "beta" });
        vendor.client.post_json(path, elsewhere).expect(422);
        vendor.harness.clock().advance(1);
        vendor.client.post_json(path, begin).expect(201);
        assert_eq!(only(vendor)["stato"], "in_corso");
        assert_eq!(steer(vendor, "concludi", json!({}), 200)["percentuale"], 100);
        let reader = vendor.harness.with_permissions(&["update-server:publish"]);
        let path = format!("{path}/{}/ferma", id(&only(vendor)));
        reader.post_json(&path, json!({ "motivo": "x" })).expect(403);
    });
}

#[test]
fn a_person_steers_on_the_page() {
    on_each(|vendor| {
        let release = vendor.staged("1.0.0", &["stable"], &stages());
        let rollout = id(&only(vendor));
        let html = vendor.client.get("/crm/rollouts").expect(200).html().to_owned();
        assert!(html.contains(&rollout));
        let tab = format!("/crm/releases/{release}/rollout");
        assert!(vendor.client.get(&tab).expect(200).html().contains("Pause"));
        let act = |name: &str, row: &str, reason: &str| {
            let fields = [("versione", row), ("motivo", reason), ("da", "rilascio")];
            vendor.client.post_form(&format!("/crm/rollouts/{rollout}/{name}"), &fields)
        };
        act("pause", "7", "").expect(409);
        assert_eq!(act("pause", "1", "").expect(303).location(), tab);
        act("nope", "2", "").expect(404);
        act("stop", "2", "Broken").expect(303);
        let page = vendor.client.get(&tab).expect(200);
        assert!(page.html().contains("Broken") && page.html().contains("Start a rollout"));
        let row = vendor.row(&release);
        let begin = [("versione", &*row), ("canale", "stable"), ("schema", "graduale")];
        vendor.client.post_form(&tab, &begin).expect(303);
    });
}

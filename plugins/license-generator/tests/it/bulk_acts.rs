//! Licences ticked in their list: suspended, resumed, revoked, given another end, assigned, renewed.

use plugin_testing::Client;
use serde_json::{Value as Json, json};

use crate::{Shop, on_each, text};

impl Shop<'_> {
    fn clerk(&self) -> Client {
        self.seller().with_permissions(&[
            "license-generator:read",
            "license-generator:issue",
            "license-generator:renew",
        ])
    }

    /// Ticks these licences for an act; answers the path of the run.
    fn tick(&self, act: &str, ids: &[&str]) -> String {
        let form: Vec<_> = ids.iter().map(|id| ("selected", *id)).collect();
        let path = format!("/crm/licences/bulk/act/{act}");
        self.clerk().post_form(&path, &form).expect(303).location()
    }

    fn state(&self, id: &str) -> Json {
        self.clerk().get(&format!("/api/admin/licenze/{id}")).expect(200).json()["stato"].clone()
    }

    fn ids(&self, n: usize, more: &Json) -> Vec<String> {
        (0..n).map(|_| text(&self.issue(more), "id")).collect()
    }
}

#[test]
fn those_ticked_are_suspended_after_a_preview_and_resumed_by_undo() {
    on_each(|shop| {
        let ids = shop.ids(3, &json!({}));
        shop.change(&json!({ "id": ids[2] }), "revoke");
        let run = shop.tick("suspend", &[&ids[0], &ids[1], &ids[2]]);
        let preview = shop.clerk().get(&run).expect(200);
        assert!(preview.html().contains("1 are not in force"), "{preview}");
        assert_eq!(shop.state(&ids[0]), "attiva", "a preview does nothing");
        shop.clerk().post_form(&format!("{run}/start"), &[]).expect(303);
        let states: Vec<Json> = ids.iter().map(|id| shop.state(id)).collect();
        assert_eq!(states, ["sospesa", "sospesa", "revocata"]);
        let page = shop.clerk().get(&run).expect(200);
        assert!(page.html().contains("Its state does not allow it"), "{page}");
        let report = shop.clerk().get(&format!("{run}/export?format=json")).expect(200).json();
        assert_eq!(report.as_array().expect("rows").len(), 3);
        let suspended = |action: &&&str| **action == "licence.suspended";
        assert_eq!(shop.harness.effects().actions().iter().filter(suspended).count(), 2);

        let undo = shop.clerk().post_form(&format!("{run}/undo"), &[]).expect(303).location();
        assert!(shop.clerk().get(&undo).expect(200).html().contains("Resume: 2 licences"));
        shop.clerk().post_form(&format!("{undo}/start"), &[]).expect(303);
        let states: Vec<Json> = ids.iter().map(|id| shop.state(id)).collect();
        assert_eq!(states, ["attiva", "attiva", "revocata"]);
    });
}

#[test]
fn ids_of_others_are_ignored_and_runs_of_others_not_there() {
    on_each(|shop| {
        let ids = shop.ids(1, &json!({}));
        let stranger = shop.sibling();
        let form = [("selected", ids[0].as_str())];
        let run = stranger.post_form("/crm/licences/bulk/act/revoke", &form).expect(303).location();
        stranger.post_form(&format!("{run}/start"), &[]).expect(303);
        assert_eq!(shop.state(&ids[0]), "attiva");
        shop.clerk().get(&run).expect(404);
        shop.clerk().post_form(&format!("{run}/start"), &[]).expect(404);
        let reader = shop.seller().with_permissions(&["license-generator:read"]);
        reader.post_form("/crm/licences/bulk/act/revoke", &form).expect(403);
        shop.clerk().post_form("/crm/licences/bulk/act/explode", &form).expect(404);
        let nothing = shop.clerk().post_form("/crm/licences/bulk/act/revoke", &[]).expect(303);
        assert!(nothing.location().starts_with("/crm/licences"), "{nothing}");
    });
}

#[test]
fn all_that_match_are_done_by_a_job_that_can_be_run_twice() {
    on_each(|shop| {
        let bulk = shop.seller().with_permissions(&[
            "license-generator:read",
            "license-generator:issue",
            "license-generator:bulk",
        ]);
        let body = json!({ "licenza": shop.order(&json!({})), "quantita": 230 });
        bulk.post_json("/api/admin/licenze/massiva", body).expect(202);
        shop.harness.run_jobs();
        let kept = shop.ids(1, &json!({ "tipo": "trial", "durata_giorni": 5 }));
        let form = [("all", "true"), ("matching", "tipo=permanente&stato=attiva")];
        let run = shop.clerk().post_form("/crm/licences/bulk/act/suspend", &form);
        let run = run.expect(303).location();
        // What is issued after the preview is not meant.
        let later = shop.ids(1, &json!({}));
        shop.clerk().post_form(&format!("{run}/start"), &[]).expect(303);
        let suspended = "select count(*) from license_generator_licence \
            where state_stored = 'suspended'";
        assert_eq!(shop.harness.scalar(suspended, []), 0, "it is too much for a request");
        let runs = shop.harness.run_jobs();
        assert!(runs.iter().all(|run| run.outcome.is_ok()), "{runs:?}");
        assert_eq!(shop.harness.scalar(suspended, []), 230);
        assert_eq!((shop.state(&kept[0]), shop.state(&later[0])), (json!("demo"), json!("attiva")));
        let items = "select count(*) from license_generator_bulk_item";
        assert_eq!(shop.harness.scalar(items, []), 230);
    });
}

#[test]
fn an_end_is_asked_for_and_only_given_to_licences_that_end() {
    on_each(|shop| {
        let trial = shop.ids(1, &json!({ "tipo": "trial", "durata_giorni": 5 }));
        let permanent = shop.ids(1, &json!({}));
        let run = shop.tick("end", &[&trial[0], &permanent[0]]);
        let wrong = [("scadenza", "domani")];
        shop.clerk().post_form(&format!("{run}/start"), &wrong).expect(422);
        let right = [("scadenza", "2027-03-31")];
        shop.clerk().post_form(&format!("{run}/start"), &right).expect(303);
        let licence =
            |id: &str| shop.clerk().get(&format!("/api/admin/licenze/{id}")).expect(200).json();
        assert_eq!(licence(&trial[0])["scadenza"], "2027-03-31T23:59:59Z");
        assert!(licence(&permanent[0])["scadenza"].is_null());
        let page = shop.clerk().get(&run).expect(200);
        assert!(page.html().contains("It has no end"), "{page}");
    });
}

#[test]
fn they_are_assigned_to_a_node_of_the_branch() {
    on_each(|shop| {
        let ids = shop.ids(1, &json!({}));
        let nodes = shop.harness.organisations();
        let run = shop.tick("assign", &[&ids[0]]);
        let start = format!("{run}/start");
        shop.clerk().post_form(&start, &[]).expect(422);
        let foreign = [("agente", nodes.sibling.id.as_str())];
        shop.clerk().post_form(&start, &foreign).expect(422);
        shop.clerk().post_form(&start, &[("agente", &nodes.agent.id)]).expect(303);
        let sql = "select agent_id from license_generator_licence";
        assert_eq!(text(&shop.harness.rows(sql, [])[0], "agent_id"), nodes.agent.id);
    });
}

#[test]
fn they_are_renewed_by_months() {
    on_each(|shop| {
        let ids = shop.ids(2, &json!({ "tipo": "abbonamento", "scadenza": "2026-02-28" }));
        let run = shop.tick("renew", &[&ids[0], &ids[1]]);
        shop.clerk().post_form(&format!("{run}/start"), &[("mesi", "0")]).expect(422);
        shop.clerk().post_form(&format!("{run}/start"), &[("mesi", "12")]).expect(303);
        for id in &ids {
            let licence = shop.clerk().get(&format!("/api/admin/licenze/{id}")).expect(200).json();
            assert!(text(&licence, "scadenza").starts_with("2027-02-2"), "{licence}");
        }
    });
}

#[test]
fn the_list_shows_boxes_and_exports_what_is_ticked() {
    on_each(|shop| {
        let ids = shop.ids(2, &json!({}));
        let list = shop.clerk().get("/crm/licences").expect(200);
        assert!(list.html().contains(&format!("name=\"selected\" value=\"{}\"", ids[0])), "{list}");
        assert!(list.html().contains("formaction=\"/crm/licences/bulk/act/suspend\""), "{list}");
        let path = format!("/crm/licences/export?format=json&selected={}&matching=", ids[1]);
        let file = shop.clerk().get(&path).expect(200).json();
        assert_eq!(file.as_array().expect("rows").len(), 1);
        let every = "associazione,versione,posti,venditore,agente,rinnovo,pagamento_entro,origine";
        let wide = format!("/crm/licences?columns=chiave,{every},ombra,politica");
        shop.clerk().get(&wide).expect(200);
        shop.clerk().get("/crm/licences?venditore=x&agente=y&politica=z&versione=3").expect(200);
    });
}

//! Releases are made, changed, listed and deleted, by people and by programs.

use serde_json::json;

use crate::vendor::{PRODUCT, id, on_each};

#[test]
fn a_draft_is_made_changed_and_deleted_over_the_api() {
    on_each(|vendor| {
        let client = &vendor.client;
        let body = json!({
            "prodotto": PRODUCT, "versione": "1.0.0", "canali": ["stable"],
            "note": { "it": "Novità", "en": "News" }, "sistema_minimo": { "macos": "13.0" },
            "moduli": ["base"], "tappa": true
        });
        let keyed = client.clone().header("idempotency-key", "build-1");
        let first = keyed.post_json("/api/admin/rilasci", body.clone()).expect(201);
        let again = keyed.post_json("/api/admin/rilasci", body.clone()).expect(201);
        assert_eq!(first.json(), again.json(), "it was made once");
        let release = id(&first.json());
        let place = format!("/api/admin/rilasci/{release}");
        assert_eq!(first.header("location"), Some(place.as_str()));
        let made = vendor.read(&release);
        assert_eq!(made["stato"], "bozza");
        assert_eq!(made["note"], json!({ "en": "News", "it": "Novità" }));
        assert_eq!(made["sistema_minimo"], json!({ "macos": "13.0" }));
        assert_eq!(
            client.post_json("/api/admin/rilasci", body).expect(422).problem(),
            "validation"
        );

        let change =
            json!({ "versione": "1.0.1", "canali": ["stable", "beta"], "note": { "en": "" } });
        client.patch_json(&place, change.clone()).expect(428);
        let etag = first.header("etag").expect("a version").to_owned();
        let matching = client.clone().header("if-match", &etag);
        let changed = matching.patch_json(&place, change.clone()).expect(200).json();
        assert_eq!(changed["versione"], "1.0.1");
        assert_eq!(changed["canali"], json!(["beta", "stable"]));
        assert_eq!(changed["note"], json!({ "it": "Novità" }));
        assert_eq!(changed["tappa"], true, "what was left out stays");
        matching.patch_json(&place, change).expect(412);

        client.delete(&place).expect(204);
        client.get(&place).expect(404);
        let effects = vendor.harness.effects();
        let actions = effects.actions();
        for action in ["release.created", "release.updated", "release.deleted"] {
            assert!(actions.contains(&action), "{action}");
        }
    });
}

#[test]
fn what_makes_no_sense_is_refused_with_the_field() {
    on_each(|vendor| {
        let wrong = |body: serde_json::Value| {
            let answer = vendor.client.post_json("/api/admin/rilasci", body).expect(422);
            answer.json()["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned()
        };
        assert_eq!(wrong(json!({ "versione": "1.0.0" })), "/prodotto");
        assert_eq!(wrong(json!({ "prodotto": "OTHER", "versione": "1.0.0" })), "/prodotto");
        assert_eq!(wrong(json!({ "prodotto": PRODUCT })), "/versione");
        assert_eq!(wrong(json!({ "prodotto": PRODUCT, "versione": "1.0" })), "/versione");
        let body = json!({ "prodotto": PRODUCT, "versione": "1.0.0", "canali": ["nope"] });
        assert_eq!(wrong(body), "/canali");
        let unknown = json!({ "prodotto": PRODUCT, "versione": "1.0.0", "colore": "blu" });
        let answer = vendor.client.post_json("/api/admin/rilasci", unknown);
        assert!((400..500).contains(&answer.status.as_u16()));
    });
}

#[test]
fn the_list_sorts_versions_as_versions() {
    on_each(|vendor| {
        for version in ["1.9.0", "1.10.0", "1.10.0-beta.2"] {
            vendor.draft(version, &["stable"]);
        }
        let list = vendor.client.get("/api/admin/rilasci").expect(200).json();
        let versions: Vec<_> = list["dati"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| row["versione"].clone())
            .collect();
        assert_eq!(versions, ["1.10.0", "1.10.0-beta.2", "1.9.0"]);
        let html = vendor.client.get("/crm/releases").expect(200).html().to_owned();
        assert!(html.contains("1.10.0-beta.2"));
    });
}

#[test]
fn a_person_makes_a_release_on_its_pages() {
    on_each(|vendor| {
        let client = &vendor.client;
        let form = [
            ("prodotto", PRODUCT),
            ("versione_rilascio", "2.0"),
            ("canali", "stable"),
            ("critico", "true"),
            ("sistema_minimo.windows", "10.0"),
        ];
        let refused = client.post_form("/crm/releases/new", &form).expect(422);
        assert!(refused.html().contains("semantic version"), "it says what to write");
        assert!(refused.html().contains("10.0"), "what was typed stays");
        let mut form = form;
        form[1] = ("versione_rilascio", "2.0.0");
        let made = client.post_form("/crm/releases/new", &form).expect(303);
        let files = made.location().clone();
        let release = files.split('/').nth(3).expect("an id").to_owned();
        assert_eq!(files, format!("/crm/releases/{release}/files"));
        let page = |path: &str| client.get(&format!("/crm/releases/{release}{path}")).expect(200);
        for path in ["", "/edit", "/files", "/notes", "/rollout", "/installations", "/publish"] {
            assert!(!page(path).html().contains('⟦'), "{path}: every text is there");
            let italian =
                client.clone().language("it").get(&format!("/crm/releases/{release}{path}"));
            assert!(!italian.expect(200).html().contains('⟦'), "{path}: every text is there");
        }
        let row = vendor.row(&release);
        let notes = format!("/crm/releases/{release}/notes");
        let text = "<script>alert(1)</script>\n\nSecond";
        client.post_form(&notes, &[("versione", &row), ("note.en", text)]).expect(303);
        assert!(!page("/notes").html().contains("<script>"), "notes are shown as text");
        client.post_form(&notes, &[("versione", &row), ("note.en", "x")]).expect(409);
        let row = vendor.row(&release);
        let delete = format!("/crm/releases/{release}/delete");
        client.post_form(&delete, &[("versione", &row)]).expect(303);
        client.get(&format!("/crm/releases/{release}")).expect(404);
    });
}

#[test]
fn releases_are_the_vendors() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &["stable"]);
        let node = &vendor.harness.organisations().reseller;
        let reseller = vendor.harness.in_branch(node, &["update-server:read"]);
        reseller.get(&format!("/crm/releases/{release}")).expect(404);
        reseller.get(&format!("/api/admin/rilasci/{release}")).expect(404);
        let list = reseller.get("/api/admin/rilasci").expect(200).json();
        assert_eq!(list["dati"], json!([]));
        let reader = vendor.harness.with_permissions(&["update-server:read"]);
        reader.get(&format!("/crm/releases/{release}")).expect(200);
        reader.delete(&format!("/api/admin/rilasci/{release}")).expect(403);
    });
}

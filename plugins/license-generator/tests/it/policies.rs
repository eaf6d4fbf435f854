//! Policies: defaults and limits of new licences, versions, and who may touch them.

use plugin_testing::Client;
use serde_json::{Value as Json, json};

use crate::{Shop, on_each, text};

/// A policy of the product with `more`, made by the superadmin.
pub(crate) fn policy(shop: &Shop<'_>, more: &Json) -> Json {
    let mut body = json!({ "codice": "STD", "nome": "Standard", "prodotto": "STUDIO" });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    shop.harness.superadmin().post_json("/api/admin/politiche", body).expect(201).json()
}

/// A change of a policy by its newest version.
pub(crate) fn change(shop: &Shop<'_>, policy: &Json, more: Json) -> Json {
    let path = format!("/api/admin/politiche/{}", text(policy, "id"));
    let admin = shop.harness.superadmin();
    let etag = admin.get(&path).expect(200).header("etag").expect("a version").to_owned();
    admin.header("if-match", &etag).patch_json(&path, more).expect(200).json()
}

fn stored(shop: &Shop<'_>, licence: &Json) -> Json {
    let sql = "select offline_days, policy_id, policy_version, conditions, renewal, devices_limit \
        from license_generator_licence where licence_id = ?";
    shop.harness.rows(sql, [text(licence, "id").into()]).remove(0)
}

#[test]
fn a_licence_gets_the_policy_named_else_the_default_else_the_settings() {
    on_each(|shop| {
        assert_eq!(stored(shop, &shop.issue(&json!({})))["policy_id"], Json::Null);
        let every =
            json!({ "codice": "ALL", "prodotto": null, "predefinita": true, "offline_giorni": 11 });
        let every = policy(shop, &every);
        let licence = stored(shop, &shop.issue(&json!({})));
        assert_eq!((&licence["policy_id"], &licence["offline_days"]), (&every["id"], &json!(11)));

        let own = policy(shop, &json!({ "predefinita": true, "offline_giorni": 12 }));
        let licence = stored(shop, &shop.issue(&json!({})));
        assert_eq!((&licence["policy_id"], &licence["offline_days"]), (&own["id"], &json!(12)));

        let named = json!({
            "codice": "SUB", "offline_giorni": 13, "gettone_rotante": true,
            "sforamento_percento": 50, "rinnovo": "automatico",
        });
        policy(shop, &named);
        let licence = stored(shop, &shop.issue(&json!({ "politica": "sub", "dispositivi": 4 })));
        assert_eq!(
            (&licence["offline_days"], &licence["renewal"]),
            (&json!(13), &json!("automatic"))
        );
        assert_eq!((&licence["devices_limit"], &licence["policy_version"]), (&json!(6), &json!(1)));
        assert!(text(&licence, "conditions").contains("\"rolling_token\":true"));

        let unknown = shop.try_issue(&json!({ "politica": "NIENTE" })).expect(422);
        assert_eq!(unknown.problem(), "politica_sconosciuta");
    });
}

#[test]
fn a_policy_of_another_product_is_unknown_and_there_is_one_default() {
    on_each(|shop| {
        let other = [("nome", "Altro"), ("codice", "ALTRO"), ("major", "1"), ("minor", "0")];
        shop.harness.superadmin().post_form("/crm/products/new", &other).expect(303);
        policy(shop, &json!({ "codice": "X", "prodotto": "ALTRO" }));
        let refused = shop.try_issue(&json!({ "politica": "X" })).expect(422);
        assert_eq!(refused.problem(), "politica_sconosciuta");
        policy(shop, &json!({ "codice": "A", "predefinita": true }));
        policy(shop, &json!({ "codice": "B", "predefinita": true }));
        let list = shop.harness.superadmin().get("/api/admin/politiche?sort=politica").json();
        let defaults: Vec<&str> = list["dati"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|line| line["predefinita"] == true)
            .map(|line| line["codice"].as_str().expect("a code"))
            .collect();
        assert_eq!(defaults, ["B"]);
    });
}

#[test]
fn limits_hold_for_all_but_who_makes_policies() {
    on_each(|shop| {
        let limits = json!({
            "predefinita": true, "tipi": ["abbonamento"], "dispositivi": 1,
            "dispositivi_massimi": 2, "durata_massima_giorni": 365, "posticipato": false,
        });
        policy(shop, &limits);
        let asked = json!({
            "tipo": "abbonamento", "durata_giorni": 800, "dispositivi": 3,
            "prezzo": { "importo": 100, "valuta": "EUR" }, "pagamento_entro": "2026-12-31",
        });
        let refused = shop.try_issue(&asked).expect(422).json();
        let fields: Vec<&str> = refused["errors"]
            .as_array()
            .expect("errors")
            .iter()
            .map(|error| error["pointer"].as_str().expect("a pointer"))
            .collect();
        assert_eq!(fields, ["/dispositivi", "/durata_giorni", "/pagamento_entro"]);
        let refused = shop.try_issue(&json!({ "dispositivi": 1 })).expect(422).json();
        assert_eq!(refused["errors"][0]["pointer"], "/tipo");
        let admin = shop.harness.superadmin();
        admin.post_json("/api/admin/licenze", shop.order(&json!({ "dispositivi": 9 }))).expect(201);
    });
}

#[test]
fn a_change_names_the_version_it_was_made_from() {
    on_each(|shop| {
        let made = policy(shop, &json!({}));
        let path = format!("/api/admin/politiche/{}", text(&made, "id"));
        let admin = shop.harness.superadmin();
        let stale = || -> Client { shop.harness.superadmin().header("if-match", "\"1\"") };
        admin.patch_json(&path, json!({ "offline_giorni": 9 })).expect(428);
        let changed = stale().patch_json(&path, json!({ "offline_giorni": 9 })).expect(200).json();
        assert_eq!((&changed["versione"], &changed["offline_giorni"]), (&json!(2), &json!(9)));
        assert_eq!(changed["nome"], "Standard", "what is missing stays");
        stale().patch_json(&path, json!({ "offline_giorni": 8 })).expect(412);
        let same = admin.header("if-match", "\"2\"").patch_json(&path, json!({}));
        assert_eq!(same.expect(200).json()["versione"], 2, "the same makes no version");
        let wrong = json!({ "offline_giorni": 0, "rinnovo": "mai" });
        let refused =
            shop.harness.superadmin().header("if-match", "\"2\"").patch_json(&path, wrong);
        assert_eq!(refused.expect(422).json()["errors"].as_array().map(Vec::len), Some(2));
        let odd = json!({ "offline_giorni": "tanti" });
        let refused = shop.harness.superadmin().header("if-match", "\"2\"").patch_json(&path, odd);
        assert_eq!(refused.expect(422).json()["errors"][0]["pointer"], "/offline_giorni");
        let taken = json!({ "codice": "std", "nome": "Altra" });
        shop.harness.superadmin().post_json("/api/admin/politiche", taken).expect(422);
        let effects = shop.harness.effects();
        let actions = effects.actions();
        assert!(actions.contains(&"policy.updated"), "{actions:?}");
    });
}

#[test]
fn who_works_in_a_branch_sees_and_makes_none() {
    on_each(|shop| {
        let made = policy(shop, &json!({}));
        let node = &shop.harness.organisations().reseller;
        let branch = shop.harness.in_branch(node, &["license-generator:policies"]);
        let path = format!("/api/admin/politiche/{}", text(&made, "id"));
        branch.get(&path).expect(404);
        branch.get(&format!("/crm/policies/{}", text(&made, "id"))).expect(404);
        branch.post_json(&format!("{path}/simula"), json!({})).expect(404);
        let new = json!({ "codice": "MIA", "nome": "Mia" });
        branch.post_json("/api/admin/politiche", new).expect(403);
        assert_eq!(branch.get("/api/admin/politiche").json()["dati"], json!([]));
        shop.seller().get("/crm/policies").expect(403);
    });
}

#[test]
fn the_form_keeps_a_policy_and_tells_what_is_wrong() {
    on_each(|shop| {
        let admin = shop.harness.superadmin();
        let page = admin.get("/crm/policies/new").expect(200);
        assert!(page.html().contains("name=\"offline_giorni\""), "{page}");
        let refused = admin.post_form("/crm/policies/new", &[("offline_giorni", "tanti")]);
        let refused = refused.expect(422);
        for field in ["f-offline-giorni", "f-dispositivi"] {
            assert!(refused.html().contains(&format!("href=\"#{field}\"")), "{field}: {refused}");
        }
        assert!(refused.html().contains("value=\"tanti\""));
        let made = policy(shop, &json!({ "nota": "prima" }));
        let id = text(&made, "id");
        change(shop, &made, json!({ "offline_giorni": 5, "nota": "poi" }));
        let list = admin.get("/crm/policies").expect(200);
        assert!(list.html().contains("Standard"), "{list}");
        let versions = admin.get(&format!("/crm/policies/{id}/versions")).expect(200);
        assert!(versions.html().contains("prima") && versions.html().contains("poi"), "{versions}");
        let rows = shop
            .harness
            .rows("select version_id from license_generator_policy_version where version = 1", []);
        let first = format!("/crm/policies/version/{}", text(&rows[0], "version_id"));
        let page = admin.get(&first).expect(200);
        assert_eq!(page.html().matches(">Different<").count(), 1, "{page}");
        assert!(page.html().contains("name=\"offline_giorni\" value=\"30\""), "restored: {page}");
        admin.language("it").get(&first).expect(200);
    });
}

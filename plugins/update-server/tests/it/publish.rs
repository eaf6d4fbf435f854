//! A draft goes out once everything is right, comes into other channels, and is taken back.

use serde_json::json;

use crate::vendor::{PRODUCT, on_each};

#[test]
fn what_does_not_match_is_refused_with_the_reason() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &[]);
        let path = format!("/api/admin/rilasci/{release}/pubblica");
        let codes = |answer: &serde_json::Value| -> Vec<String> {
            let all = answer.as_array().expect("a list").iter();
            all.map(|one| one["codice"].as_str().expect("a code").to_owned()).collect()
        };
        let empty = vendor.client.post_json(&path, json!({})).expect(422);
        assert_eq!(empty.problem(), "rilascio_non_conforme");
        assert_eq!(codes(&empty.json()["avvisi"]), ["senza_canale", "senza_file"]);
        vendor.send(&release, "Acme-1.0.1-setup.exe", b"program").expect(200);
        vendor.send(&release, "latest.yml", b"version: 1.0.0\nfiles: []\n").expect(200);
        let told = vendor.client.get(&path).expect(200).json();
        assert!(codes(&told).iter().any(|code| code == "nome_versione"), "{told}");
        let page = vendor.client.get(&format!("/crm/releases/{release}/publish")).expect(200);
        assert!(page.html().contains("Acme-1.0.1-setup.exe") && !page.html().contains('⟦'));
        vendor.client.post_json(&path, json!({ "conferma_avvisi": true })).expect(422);
        assert_eq!(vendor.read(&release)["stato"], "bozza");
        assert_eq!(vendor.rounds(), 0, "nothing was signed");
    });
}

#[test]
fn a_wrong_signature_is_no_warning() {
    on_each(|vendor| {
        let path = format!("/api/admin/aggiornamenti/{PRODUCT}");
        let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
        vendor.client.put_json(&path, json!({ "chiave_minisign": "x" })).expect(422);
        vendor.client.put_json(&path, json!({ "chiave_minisign": key })).expect(200);
        let release = vendor.draft("1.0.0", &["stable"]);
        vendor.send(&release, "Acme-1.0.0-setup.exe", b"program").expect(200);
        let publish = format!("/api/admin/rilasci/{release}/pubblica");
        let body = json!({ "conferma_avvisi": true });
        let missing = vendor.client.post_json(&publish, body.clone()).expect(422).json();
        assert_eq!(missing["avvisi"][0]["codice"], "firma_mancante");
        // The example of minisign's own documentation, of other bytes.
        let signature = "untrusted comment: signature from minisign secret key\n\
            RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n\
            trusted comment: timestamp:1633700835\tfile:test\tprehashed\n\
            wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==";
        let sign = format!("/api/admin/rilasci/{release}/file/Acme-1.0.0-setup.exe");
        vendor.client.patch_json(&sign, json!({ "firma_minisign": signature })).expect(200);
        let wrong = vendor.client.post_json(&publish, body).expect(422).json();
        let codes = wrong["avvisi"].to_string();
        assert!(codes.contains("firma_errata") || codes.contains("commento_file"), "{codes}");
    });
}

#[test]
fn a_release_goes_out_once_and_others_hear_of_it() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &["stable"]);
        vendor.send(&release, "Acme-1.0.0-setup.exe", b"program").expect(200);
        let path = format!("/api/admin/rilasci/{release}/pubblica");
        let keyed = vendor.client.clone().header("idempotency-key", "publish-1");
        let before = vendor.rounds();
        keyed.post_json(&path, json!({})).expect(200);
        keyed.post_json(&path, json!({})).expect(200);
        assert_eq!(
            vendor.client.post_json(&path, json!({})).expect(409).problem(),
            "rilascio_uscito"
        );
        assert!(vendor.rounds() > before, "the metadata was signed anew");
        let effects = vendor.harness.effects();
        let told = effects.event_names();
        assert_eq!(told.iter().filter(|name| **name == "updates.published.v1").count(), 1);
        let read = vendor.read(&release);
        assert_eq!(read["stato"], "pubblicato");
        assert_eq!(
            vendor.client.delete(&format!("/api/admin/rilasci/{release}")).expect(409).problem(),
            "rilascio_uscito"
        );
    });
}

#[test]
fn two_who_publish_at_once_publish_once() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &["stable"]);
        vendor.send(&release, "Acme-1.0.0-setup.exe", b"program").expect(200);
        let path = format!("/api/admin/rilasci/{release}/pubblica");
        let answers = vendor.harness.parallel(8, |_| vendor.client.post_json(&path, json!({})));
        let won = answers.iter().filter(|answer| answer.status.as_u16() == 200).count();
        assert_eq!(won, 1);
        assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 200 | 409)));
    });
}

#[test]
fn a_release_is_promoted_and_taken_back() {
    on_each(|vendor| {
        let release = vendor.released("1.0.0", &["beta"]);
        let promote = format!("/api/admin/rilasci/{release}/promuovi");
        vendor.client.post_json(&promote, json!({ "canale": "nope" })).expect(422);
        let stages = json!([{ "percentuale": 10, "dopo_ore": 0 }]);
        let body = json!({ "canale": "stable", "fasi": stages });
        vendor.client.post_json(&promote, body.clone()).expect(200);
        assert_eq!(vendor.client.post_json(&promote, body).expect(409).problem(), "gia_nel_canale");
        assert_eq!(vendor.read(&release)["canali"], json!(["beta", "stable"]));

        let yank = format!("/api/admin/rilasci/{release}/ritira");
        vendor.client.post_json(&yank, json!({ "motivo": " " })).expect(422);
        let publisher = vendor.harness.with_permissions(&["update-server:publish"]);
        publisher.post_json(&yank, json!({ "motivo": "x" })).expect(403);
        let rounds = vendor.rounds();
        let taken =
            vendor.client.post_json(&yank, json!({ "motivo": "Broken" })).expect(200).json();
        assert_eq!(taken["stato"], "ritirato");
        assert_eq!(taken["motivo_ritiro"], "Broken");
        assert!(vendor.rounds() > rounds);
        let sql = "select count(*) from update_server_rollout where state = 'stopped'";
        assert_eq!(vendor.harness.scalar(sql, []), 1, "its rollout ended with it");
        vendor.client.post_json(&yank, json!({ "motivo": "again" })).expect(409);
    });
}

#[test]
fn the_buttons_do_it_too() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &["beta"]);
        vendor.send(&release, "Acme-1.0.0-setup.exe", b"program").expect(200);
        let post = |path: &str, fields: &[(&str, &str)]| {
            let row = vendor.row(&release);
            let mut all = vec![("versione", row.as_str())];
            all.extend_from_slice(fields);
            vendor.client.post_form(&format!("/crm/releases/{release}{path}"), &all)
        };
        let wrong = [("schema", "personalizzata"), ("fasi", "50 0\n10 1")];
        post("/publish", &wrong).expect(422);
        let stages = [("schema", "personalizzata"), ("fasi", "50 0\n100 10")];
        post("/publish", &stages).expect(303);
        post("/promote", &[("canale", "stable"), ("schema", "subito")]).expect(303);
        let page = vendor.client.get(&format!("/crm/releases/{release}")).expect(200);
        assert!(page.html().contains("stable") && !page.html().contains('⟦'));
        post("/yank", &[("motivo", "Broken"), ("confirm", "1.0")]).expect(422);
        post("/yank", &[("motivo", "Broken"), ("confirm", "1.0.0")]).expect(303);
        let page = vendor.client.get(&format!("/crm/releases/{release}")).expect(200);
        assert!(page.html().contains("Broken"));
    });
}

#[test]
fn a_fourth_rollout_is_refused_with_what_to_do() {
    on_each(|vendor| {
        vendor.released("1.0.0", &["stable", "beta"]);
        let stages = json!([{ "percentuale": 10, "dopo_ore": 0 }]);
        vendor.staged("1.1.0", &["stable", "beta"], &stages);
        vendor.staged("1.2.0", &["beta"], &stages);
        let fourth = vendor.draft("1.3.0", &["stable"]);
        vendor.send(&fourth, "Acme-1.3.0-setup.exe", b"program").expect(200);
        let path = format!("/api/admin/rilasci/{fourth}/pubblica");
        let refused = vendor.client.post_json(&path, json!({ "fasi": stages })).expect(422);
        assert_eq!(refused.problem(), "tuf_rollouts");
        let told = refused.json()["detail"].as_str().expect("a sentence").to_owned();
        for part in ["1.1.0 (stable)", "1.1.0 (beta)", "1.2.0 (beta)", "Conclude or stop"] {
            assert!(told.contains(part), "{told}");
        }
        assert_eq!(vendor.read(&fourth)["stato"], "bozza");
        let row = vendor.row(&fourth);
        let fields =
            [("versione", row.as_str()), ("schema", "personalizzata"), ("fasi", "10 0\n100 9")];
        let page = vendor.client.post_form(&format!("/crm/releases/{fourth}/publish"), &fields);
        assert!(page.expect(422).html().contains("Conclude or stop"));
        vendor.client.post_json(&path, json!({})).expect(200);
    });
}

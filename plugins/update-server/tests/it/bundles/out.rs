//! What is in a bundle, for whom, and which numbers its metadata has.

use serde_json::Value as Json;

use super::{bundle, json, offline, unpacked, vendor};

const DAY: i64 = 86_400_000;

fn version(document: &Json) -> i64 {
    document["signed"]["version"].as_i64().expect("a version")
}

#[test]
fn a_bundle_has_what_was_chosen_and_metadata_that_holds_longer() {
    vendor::on_each(|vendor| {
        offline(vendor.harness);
        vendor.released("1.0.0", &["stable"]);
        vendor.harness.clock().advance(DAY);
        vendor.released("1.1.0", &["stable", "beta"]);
        let answer = bundle(&vendor.client, "").expect(200);
        assert_eq!(answer.header("content-type"), Some("application/x-tar"));
        let files = unpacked(&answer.bytes);
        let manifest = json(&files, "manifest.json");
        assert_eq!(manifest["rilasci"].as_array().map(Vec::len), Some(1));
        assert_eq!(manifest["rilasci"][0]["versione"], "1.1.0");
        assert_eq!(files["revocations.jws"], b"revoked.by.us");
        assert!(!files.contains_key("licence.json"));
        let sha256 = manifest["rilasci"][0]["file"][0]["sha256"].as_str().expect("a hash");
        let path = format!("targets/beta/1.1.0/{sha256}.Acme-1.1.0-setup.exe");
        assert_eq!(files[&path], b"program");

        let timestamp = json(&files, "metadata/timestamp.json");
        let end = timestamp["signed"]["expires"].as_str().expect("an end");
        assert_eq!(end, "2026-04-16T10:00:00Z", "ninety days");
        let snapshot = timestamp["signed"]["meta"]["snapshot.json"]["version"].as_i64();
        let snapshot = json(&files, &format!("metadata/{}.snapshot.json", snapshot.expect("one")));
        for (name, meta) in snapshot["signed"]["meta"].as_object().expect("files") {
            let (version, role) = (&meta["version"], name.trim_end_matches(".json"));
            assert!(files.contains_key(&format!("metadata/{version}.{role}.json")), "{name}");
        }
        assert!(files.contains_key("metadata/1.root.json"));

        // Everybody else has higher numbers from now on, and the next bundle of the day the same.
        let sql = "select min(timestamp_version) from update_server_view";
        assert!(vendor.harness.scalar(sql, []) > version(&timestamp));
        let sql = "select min(snapshot_version) from update_server_view";
        assert!(vendor.harness.scalar(sql, []) > version(&snapshot));
        let rounds = vendor.rounds();
        let again = unpacked(&bundle(&vendor.client, "?versioni=1.0.0").expect(200).bytes);
        assert_eq!(vendor.rounds(), rounds);
        assert_eq!(again["metadata/timestamp.json"], files["metadata/timestamp.json"]);
        vendor.harness.clock().advance(2 * DAY);
        let later = unpacked(&bundle(&vendor.client, "").expect(200).bytes);
        assert!(version(&json(&later, "metadata/timestamp.json")) > version(&timestamp) + 1);

        bundle(&vendor.client, "?versioni=9.0.0").expect(404);
        bundle(&vendor.client, "?versioni=x").expect(404);
        bundle(&vendor.client, "?licenza=nope").expect(422);
        bundle(&vendor.harness.with_permissions(&["update-server:read"]), "").expect(403);
        let page = vendor.client.get("/crm/update-bundles/new?prodotto=STUDIO").expect(200);
        assert!(page.html().contains("1.1.0") && !page.html().contains('⟦'), "{page}");
    });
}

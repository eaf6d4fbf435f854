//! Another cockpit takes a bundle in, unless it is not what was signed or who signed is not known.

use plugin_testing::{Client, Harness};
use serde_json::json;

use super::{PRODUCT, Vendor, bundle, offline, packed, send, unpacked, vendor};

const PERMISSIONS: [&str; 4] =
    ["update-server:read", "update-server:publish", "update-server:rollout", "update-server:keys"];

/// Another cockpit that sells the same product, without a channel `beta`.
struct Other<'a> {
    harness: &'a Harness,
    client: Client,
}

fn exported(vendor: &Vendor<'_>) -> Vec<u8> {
    offline(vendor.harness);
    vendor.released("1.0.0", &["stable"]);
    vendor.released("1.1.0", &["stable", "beta"]);
    bundle(&vendor.client, "?versioni=1.0.0,1.1.0").expect(200).bytes.to_vec()
}

/// Runs a test for another cockpit on each database, with a bundle of one on each.
fn on_each(test: impl Fn(&Other<'_>, &[u8])) {
    vendor::on_each(|vendor| {
        let tar = exported(vendor);
        Harness::on_each(update_server::plugin, |harness| {
            vendor::catalogue(harness);
            let client = harness.with_permissions(&PERMISSIONS);
            let path = format!("/api/admin/aggiornamenti/{PRODUCT}");
            client.put_json(&path, json!({ "accesso": "pubblico" })).expect(200);
            test(&Other { harness, client }, &tar);
        });
    });
}

impl Other<'_> {
    fn take(&self, tar: &[u8], trust: bool) -> String {
        let page = send(&self.client, tar).expect(303).location().clone();
        let shown = self.client.get(&page).expect(200);
        assert!(shown.html().contains("1.1.0") && !shown.html().contains('⟦'), "{shown}");
        let fields: &[(&str, &str)] = if trust { &[("fiducia", "on")] } else { &[] };
        self.client.post_form(&page, fields).expect(303);
        self.harness.run_jobs();
        page
    }

    fn releases(&self) -> Vec<String> {
        let sql = "select version, state from update_server_release order by version_order";
        let rows = self.harness.rows(sql, []);
        let said = |name: &str, row: &serde_json::Value| row[name].as_str().map(str::to_owned);
        rows.iter()
            .map(|row| {
                let parts = [said("version", row), said("state", row)];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    fn state(&self) -> String {
        let sql = "select state from update_server_bundle order by bundle_id desc";
        self.harness.rows(sql, [])[0]["state"].as_str().expect("a state").to_owned()
    }
}

#[test]
fn another_cockpit_has_the_same_releases_afterwards() {
    on_each(|other, tar| {
        let page = other.take(tar, true);
        assert_eq!(other.releases(), ["1.0.0 published", "1.1.0 published"], "{page}");
        assert_eq!(other.state(), "done");
        let anybody = other.harness.anonymous();
        let path = format!("/u/~{PRODUCT}/electron/beta/Acme-1.1.0-setup.exe");
        assert_eq!(anybody.get(&path).expect(200).bytes.as_ref(), b"program");
        assert!(other.client.get(&page).expect(200).html().contains("Taken in"));
        // Once more: everything is there already, and the key is known.
        other.take(tar, false);
        assert_eq!((other.releases().len(), &*other.state()), (2, "done"));
    });
}

#[test]
fn nothing_comes_in_of_whom_nobody_trusts() {
    on_each(|other, tar| {
        let page = send(&other.client, tar).expect(303).location().clone();
        assert!(other.client.get(&page).expect(200).html().contains("does not know the key"));
        other.client.post_form(&page, &[]).expect(422);
        // Who may not exchange keys may not trust one either.
        let publisher = other.harness.with_permissions(&PERMISSIONS[..3]);
        publisher.post_form(&page, &[("fiducia", "on")]).expect(422);
        assert!(other.releases().is_empty());
        publisher.get("/crm/update-bundles/nope").expect(404);
        other.harness.with_permissions(&["update-server:read"]).post_form(&page, &[]).expect(403);
    });
}

#[test]
fn what_is_not_as_it_was_signed_is_refused() {
    on_each(|other, tar| {
        let files = unpacked(tar);
        let altered = |path: &str, change: fn(&mut Vec<u8>)| {
            let mut files = files.clone();
            change(files.get_mut(path).expect("in the bundle"));
            packed(&files)
        };
        // The manifest, a document, the signature, another key, no tar at all: at once.
        for path in ["manifest.json", "revocations.jws", "metadata/1.root.json", "manifest.jws"] {
            let tar = altered(path, |bytes| {
                let at = bytes.len() / 2;
                bytes[at] ^= 1;
            });
            assert_eq!(send(&other.client, &tar).expect(422).status, 422, "{path}");
        }
        send(&other.client, &altered("keys.json", |bytes| *bytes = b"{\"keys\":[]}".to_vec()))
            .expect(422);
        send(&other.client, b"no tar").expect(422);
        send(&other.client, &tar[..tar.len() / 2]).expect(422);
        assert_eq!(other.harness.scalar("select count(*) from update_server_bundle", []), 0);

        // A file of the same length: when it is read. The release without it comes in all the same.
        let path = files.keys().find(|path| path.contains("/1.1.0/")).expect("a file").clone();
        other.take(&altered(&path, |bytes| bytes[0] ^= 1), true);
        assert_eq!(other.releases(), ["1.0.0 published"]);
        assert_eq!(other.state(), "failed");
        // The right one afterwards.
        other.take(tar, false);
        assert_eq!(other.releases(), ["1.0.0 published", "1.1.0 published"]);
    });
}

#[test]
fn another_release_of_the_same_version_stays_and_a_draft_that_was_begun_goes_on() {
    on_each(|other, tar| {
        let draft = |version: &str, content: &'static [u8]| {
            let body = json!({ "prodotto": PRODUCT, "versione": version, "canali": ["stable"] });
            let made = other.client.post_json("/api/admin/rilasci", body).expect(201).json();
            let id = vendor::id(&made);
            let path = format!("/api/admin/rilasci/{id}/file/Acme-{version}-setup.exe");
            let body = Some(("application/octet-stream", content.into()));
            other.client.send(axum::http::Method::PUT, &path, body).expect(200);
        };
        draft("1.0.0", b"somebody's own");
        draft("1.1.0", b"program");
        other.take(tar, true);
        assert_eq!(other.releases(), ["1.0.0 draft", "1.1.0 published"]);
        assert_eq!(other.state(), "failed");
    });
}

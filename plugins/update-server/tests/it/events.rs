//! What other plugins hear of releases and rollouts, in the transaction that did it and never without.

use plugin_api::contracts::updates::{PUBLISHED, Published, STOPPED, Stopped};
use serde_json::{Value as Json, json};

use crate::vendor::{PRODUCT, Vendor, on_each};

/// The events of this name, as others read them.
fn heard<T: serde::de::DeserializeOwned>(vendor: &Vendor<'_>, name: &str) -> Vec<T> {
    let effects = vendor.harness.effects();
    let told = effects.events.iter().filter(|event| event.name == name);
    told.map(|event| serde_json::from_value(event.payload.clone()).expect(name)).collect()
}

fn published(vendor: &Vendor<'_>) -> Vec<Published> {
    heard(vendor, PUBLISHED)
}

/// Lets the signing of metadata fail, or work again.
fn signing(vendor: &Vendor<'_>, works: bool) {
    let (from, to) = if works { ("kept", "metadata") } else { ("metadata", "kept") };
    let sql = format!("alter table update_server_{from} rename to update_server_{to}");
    vendor.harness.sql(&sql, []);
}

#[test]
fn a_release_that_is_not_signed_did_not_go_out_and_nobody_hears_of_it() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &["stable", "beta"]);
        vendor.send(&release, "Acme-1.0.0-setup.exe", b"program").expect(200);
        let path = format!("/api/admin/rilasci/{release}/pubblica");
        signing(vendor, false);
        assert!(vendor.client.post_json(&path, json!({})).status.is_server_error());
        signing(vendor, true);
        assert_eq!(vendor.read(&release)["stato"], "bozza");
        assert_eq!(published(vendor), []);
        assert!(!vendor.harness.effects().actions().contains(&"release.published"));

        vendor.client.post_json(&path, json!({})).expect(200);
        let expected = Published {
            product_code: PRODUCT.to_owned(),
            release_id: release,
            version: "1.0.0".to_owned(),
            channels: vec!["beta".to_owned(), "stable".to_owned()],
            is_critical: false,
            at: vendor.harness.clock().now(),
        };
        assert_eq!(published(vendor), [expected]);
    });
}

#[test]
fn a_promotion_tells_of_the_new_channel_alone_and_withdrawing_of_nothing() {
    on_each(|vendor| {
        let release = vendor.released("1.0.0", &["beta"]);
        let path = format!("/api/admin/rilasci/{release}");
        let promote = |status| {
            let body = json!({ "canale": "stable" });
            vendor.client.post_json(&format!("{path}/promuovi"), body).expect(status);
        };
        promote(200);
        promote(409);
        let channels: Vec<_> = published(vendor).into_iter().map(|told| told.channels).collect();
        assert_eq!(channels, [["beta".to_owned()], ["stable".to_owned()]]);
        let why = json!({ "motivo": "it loses data" });
        vendor.client.post_json(&format!("{path}/ritira"), why).expect(200);
        assert_eq!(published(vendor).len(), 2);
    });
}

#[test]
fn a_rollout_that_cannot_be_stopped_is_not_told_to_be() {
    on_each(|vendor| {
        vendor.released("0.9.0", &["stable"]);
        let stages = json!([{ "percentuale": 50, "dopo_ore": 0 }]);
        let release = vendor.staged("1.0.0", &["stable"], &stages);
        vendor.harness.sql(
            "update update_server_rollout set succeeded = 6, failed = 2 \
            where state = 'running'",
            [],
        );
        let tend = || {
            let job = vendor.harness.job_caller("tend-rollouts");
            vendor.harness.call("job:tend-rollouts", &job, Json::Null)
        };
        signing(vendor, false);
        tend().expect_err("nothing can be signed");
        signing(vendor, true);
        assert_eq!(heard::<Stopped>(vendor, STOPPED), []);
        tend().expect("it runs");
        tend().expect("it runs");
        let told = heard::<Stopped>(vendor, STOPPED);
        assert_eq!(told.len(), 1);
        let first = told.first().expect("one");
        assert_eq!((&first.release_id, first.succeeded, first.failed), (&release, 6, 2));
        assert_eq!((first.product_code.as_str(), first.channel.as_str()), (PRODUCT, "stable"));
    });
}

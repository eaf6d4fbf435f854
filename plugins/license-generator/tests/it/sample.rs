//! The sample of `cockpit demo`: keys in the states they are named after, entered once.

use plugin_testing::Harness;
use serde_json::Value as Json;

use crate::text;

#[test]
fn the_named_keys_are_what_they_say_and_stay() {
    Harness::on_each(license_generator::plugin, |harness| {
        for n in 0..12 {
            harness.account(&harness.organisations().reseller, &format!("Cliente {n}"));
        }
        let job = harness.job_caller("demo");
        let fill = || harness.call("sample", &job, Json::Null).expect("the sample fits");
        let first = fill();
        let count = |table: &str| {
            harness.scalar(&format!("select count(*) from license_generator_{table}"), [])
        };
        let tables = ["product", "licence", "activation", "activation_log"];
        let before = tables.map(count);
        assert!(before[1] >= 50, "{before:?}");
        harness.clock().advance_days(1);
        harness.account(&harness.organisations().reseller, "Nuovo");
        assert_eq!(fill(), first);
        assert_eq!(tables.map(count), before);

        let ask = |verb: &str, key: &str, device: &str| {
            let body = serde_json::json!({
                "chiave_licenza": text(&first, key), "dispositivo": {"impronta": device},
                "prodotto": text(&first, "product"),
            });
            harness.anonymous().post_json(&format!("/api/licenze/{verb}"), body)
        };
        for device in ["a", "b", "c"] {
            ask("attiva", "activation_key", device).expect(200);
        }
        assert_eq!(ask("attiva", "activation_key", "d").problem(), "limite_dispositivi");
        assert_eq!(ask("attiva", "trial_key", "a").expect(200).json()["stato"], "demo");
        let code = |key: &str| ask("valida", key, "a").expect(200).json()["codice"].clone();
        assert_eq!(code("expired_key"), "licenza_scaduta");
        assert_eq!(code("suspended_key"), "licenza_sospesa");
        let page = harness.superadmin().get("/crm/licences?limit=100").expect(200);
        for state in ["Active", "Trial running", "Expired", "Suspended", "Revoked", "Awaiting"] {
            assert!(page.html().contains(state), "{state}");
        }
    });
}

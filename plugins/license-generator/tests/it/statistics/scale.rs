//! Any number of licences for measurements: entered once, and more when more are asked for.

use plugin_testing::Harness;
use serde_json::json;

#[test]
fn licences_are_entered_up_to_the_number_asked_for() {
    Harness::on_each(license_generator::plugin, |harness| {
        harness.account(&harness.organisations().reseller, "Bianchi & Figli");
        harness.account(&harness.organisations().sibling, "Verdi");
        let caller = harness.job_caller("demo");
        let count = |what: &str| harness.scalar(&format!("select count(*) from {what}"), []);
        let scaled = "license_generator_licence where marker like 'scale-%'";
        for (asked, expected) in [(450, 450), (450, 450), (500, 500), (10, 500)] {
            harness.call("sample", &caller, json!({ "scale": asked })).expect("entered");
            assert_eq!(count(scaled), expected);
        }
        let seats = "license_generator_licence l where l.devices_used <> (select count(*) \
            from license_generator_activation a where a.licence_id = l.licence_id)";
        assert_eq!(count(seats), 0);
        let folds =
            harness.effects().jobs.into_iter().filter(|job| job.status.job == "fold-figures");
        assert_eq!(folds.count(), 2);
    });
}

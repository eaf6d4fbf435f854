//! Metadata ends; before that it is signed anew, and people are warned where that needs them.

use serde_json::json;
use update_server::domain::tuf::trust::Distrust;

use super::repository::{NO_END, Who};
use super::{Repository, on_each};

fn resign(repository: &Repository<'_>) {
    let caller = repository.harness.job_caller("resign-metadata");
    repository.harness.call("job:resign-metadata", &caller, json!(null)).expect("signed anew");
}

#[test]
fn the_job_keeps_everything_fresh_for_years() {
    on_each(|repository| {
        let all = Who::until(NO_END);
        repository.publish("1.0.0", "stable");
        let mut client = repository.trusting();
        repository.refresh(&mut client, &all).expect("trusted");
        let versions = "select count(*) from update_server_metadata";
        let before = repository.harness.scalar(versions, []);
        resign(repository);
        assert_eq!(repository.harness.scalar(versions, []), before, "nothing ends yet");

        repository.harness.clock().advance_days(2);
        assert_eq!(repository.keys()["warnings"][0]["matter"], "ended");
        let refused = repository.refresh(&mut client, &all).expect_err("refused");
        assert_eq!(refused, Distrust::Ended("timestamp.json".to_owned()));
        for _ in 0..40 {
            resign(repository);
            assert_eq!(repository.keys()["warnings"], json!([]));
            repository.refresh(&mut client, &all).expect("trusted");
            repository.harness.clock().advance_days(19);
        }
        resign(repository);
        repository.refresh(&mut client, &all).expect("trusted");
        assert!(client.root_version() > 1);
        let kept = "select count(*) from update_server_metadata where role <> 'root'";
        assert!(repository.harness.scalar(kept, []) < 20, "what nobody asks for goes");
        let effects = repository.harness.effects();
        let signed = effects.actions();
        assert!(signed.contains(&"update_metadata.signed_anew"));
    });
}

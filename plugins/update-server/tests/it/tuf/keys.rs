//! Keys are exchanged and taken elsewhere, and clients follow.

use plugin_testing::Answer;
use serde_json::{Value, json};
use update_server::domain::tuf::canonical::canonical;
use update_server::domain::tuf::key::{Keyring, PublicKey};

use super::repository::{NO_END, Who};
use super::{Repository, on_each};

/// A key the vendor keeps, and what it can sign with it.
fn vendors(n: u8) -> (Keyring, PublicKey) {
    let mut ring = Keyring::default();
    let key = ring.add(&[n; 32]);
    (ring, key)
}

/// Signs every document that waits for this key and sends them back.
fn sign(repository: &Repository<'_>, ring: &Keyring, key: &PublicKey) -> Answer {
    let mut waiting: Value = repository.client().get("/api/t/documents").expect(200).json();
    let all = waiting.as_array_mut().expect("a list");
    assert!(!all.is_empty(), "nothing waits");
    let waits = repository.keys()["waiting"].as_array().cloned().expect("a list");
    for document in all {
        let is_root = |role: &Value| role == "root";
        let it =
            waits.iter().find(|w| is_root(&w["role"]) == is_root(&document["signed"]["_type"]));
        let open = it.and_then(|it| it["open"].as_array()).expect("it waits");
        if !open.contains(&key.id().into()) {
            continue;
        }
        let signed = canonical(&document["signed"]).expect("canonical");
        let sig = ring.sign(&key.id(), &signed).expect("at hand");
        let list = document["signatures"].as_array_mut().expect("a list");
        list.push(json!({"keyid": key.id(), "sig": sig}));
    }
    repository.client().post_json("/api/t/documents", waiting)
}

#[test]
fn each_role_gets_a_new_key_and_clients_follow_through_every_root() {
    on_each(|repository| {
        let all = Who::until(NO_END);
        repository.publish("1.0.0", "stable");
        let mut client = repository.trusting();
        let stays_away = client.clone();
        for (n, role) in
            ["timestamp", "snapshot", "targets", "root", "root"].into_iter().enumerate()
        {
            repository.client().post_json(&format!("/api/t/rotate/{role}"), json!({})).expect(200);
            assert_eq!(repository.seen(&mut client, &all), ["1.0.0"], "{role}");
            assert_eq!(client.root_version(), i64::try_from(n).expect("few") + 2);
        }
        repository.publish("1.1.0", "stable");
        let mut returns = stays_away;
        assert_eq!(repository.seen(&mut returns, &all), ["1.0.0", "1.1.0"]);
        let sql =
            "select count(*) from update_server_key where state = 'retired' and secret_sealed = ''";
        assert_eq!(repository.harness.scalar(sql, []), 5);
        let effects = repository.harness.effects();
        let actions = effects.actions();
        assert_eq!(actions.iter().filter(|action| **action == "update_key.changed").count(), 5);
    });
}

#[test]
fn with_targets_signed_elsewhere_a_release_appears_when_its_signature_comes() {
    on_each(|repository| {
        let all = Who::until(NO_END);
        repository.publish("1.0.0", "stable");
        let until = repository.publish("1.1.0", "stable");
        let mut client = repository.trusting();
        let (ring, key) = vendors(7);
        let elsewhere = json!([key.hex()]);
        repository.client().post_json("/api/t/offline/targets", elsewhere.clone()).expect(200);
        let changing =
            repository.client().post_json("/api/t/rotate/targets", json!({})).expect(409);
        assert_eq!(changing.problem(), "tuf_changing");
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0", "1.1.0"]);
        assert_eq!(client.root_version(), 1, "nothing is half changed");

        sign(repository, &ring, &key).expect(200);
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0", "1.1.0"]);
        assert_eq!(client.root_version(), 2);
        assert_eq!(repository.keys()["waiting"], json!([]));

        repository.publish("2.0.0", "stable");
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0", "1.1.0"]);
        assert_eq!(repository.keys()["warnings"][0]["matter"], "waits");
        repository.harness.clock().advance_days(1);
        repository
            .harness
            .call(
                "job:resign-metadata",
                &repository.harness.job_caller("resign-metadata"),
                json!(null),
            )
            .expect("signed anew");
        assert_eq!(
            repository.seen(&mut client, &all),
            ["1.0.0", "1.1.0"],
            "it stays fresh meanwhile"
        );
        sign(repository, &ring, &key).expect(200);
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0", "1.1.0", "2.0.0"]);
        // Whose window ended before it needs no signature of his own.
        let mut ended = repository.trusting();
        assert_eq!(repository.seen(&mut ended, &Who::until(until)), ["1.0.0", "1.1.0"]);
        assert_eq!(repository.keys()["waiting"], json!([]));
        let again = repository.client().post_json("/api/t/offline/targets", elsewhere).expect(422);
        assert_eq!(again.problem(), "tuf_key_known");
    });
}

#[test]
fn the_root_goes_elsewhere_and_later_changes_wait_for_it() {
    on_each(|repository| {
        let all = Who::until(NO_END);
        repository.publish("1.0.0", "stable");
        let mut client = repository.trusting();
        let (ring, key) = vendors(8);
        repository.client().post_json("/api/t/offline/root", json!([key.hex()])).expect(200);
        sign(repository, &ring, &key).expect(200);
        repository.client().post_json("/api/t/rotate/timestamp", json!({})).expect(200);
        assert_eq!(repository.keys()["keys"]["is_changing"], true);
        // Meanwhile releases go on under the root in force.
        repository.publish("1.1.0", "stable");
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0", "1.1.0"]);
        assert_eq!(client.root_version(), 2);
        sign(repository, &ring, &key).expect(200);
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0", "1.1.0"]);
        assert_eq!(client.root_version(), 3);

        repository.client().post_json("/api/t/rotate/snapshot", json!({})).expect(200);
        repository.client().post_json("/api/t/give-up", json!({})).expect(200);
        repository.client().post_json("/api/t/give-up", json!({})).expect(404);
        assert_eq!(repository.keys()["waiting"], json!([]));
        let sql = "select count(*) from update_server_key where state = 'pending'";
        assert_eq!(repository.harness.scalar(sql, []), 0);
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0", "1.1.0"]);
    });
}

#[test]
fn it_takes_as_many_signatures_as_the_threshold_says_and_no_wrong_ones() {
    on_each(|repository| {
        let all = Who::until(NO_END);
        repository.publish("1.0.0", "stable");
        let mut client = repository.trusting();
        let (one, two, other) = (vendors(7), vendors(8), vendors(9).1);
        let elsewhere = json!([one.1.hex(), two.1.hex()]);
        repository.client().post_json("/api/t/offline/targets", elsewhere).expect(200);
        let foreign = json!({"signatures": [{"keyid": other.id(), "sig": "00".repeat(64)}]});
        let foreign = repository.client().post_json("/api/t/documents", foreign).expect(422);
        assert_eq!(foreign.problem(), "tuf_other_key");
        let wrong = json!({"signatures": [{"keyid": one.1.id(), "sig": "00".repeat(64)}]});
        let wrong = repository.client().post_json("/api/t/documents", wrong).expect(422);
        assert_eq!(wrong.problem(), "tuf_wrong_signature");
        let nothing = repository.client().post_json("/api/t/documents", json!({})).expect(400);
        assert_eq!(nothing.problem(), "tuf_signatures");
        let changed = json!({"signatures": [], "signed": {"_type": "root"}});
        let changed = repository.client().post_json("/api/t/documents", changed).expect(422);
        assert_eq!(changed.problem(), "tuf_other_document");

        sign(repository, &one.0, &one.1).expect(200);
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0"]);
        assert_eq!(client.root_version(), 1, "one of two is not enough");
        sign(repository, &two.0, &two.1).expect(200);
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0"]);
        assert_eq!(client.root_version(), 2);
    });
}

#[test]
fn changes_that_would_lock_clients_out_are_refused() {
    on_each(|repository| {
        let post = |path: &str, body: Value| repository.client().post_json(path, body);
        assert_eq!(post("/api/t/rotate/root", json!({})).expect(409).problem(), "tuf_not_begun");
        repository.publish("1.0.0", "stable");
        let key = vendors(7).1;
        let refused = |path: &str, body: Value| post(path, body).expect(422).problem();
        assert_eq!(refused("/api/t/offline/snapshot", json!([key.hex()])), "tuf_online");
        assert_eq!(refused("/api/t/offline/targets", json!(["no key"])), "tuf_key");
        assert_eq!(refused("/api/t/offline/targets", json!([])), "tuf_threshold");
        let more = |threshold: usize| {
            json!({
                "role": "targets", "here": 1, "elsewhere": [], "remove": [], "threshold": threshold
            })
        };
        assert_eq!(refused("/api/t/keys", more(3)), "tuf_threshold");
        let mut unknown = more(1);
        unknown["remove"] = json!(["0".repeat(64)]);
        assert_eq!(refused("/api/t/keys", unknown), "tuf_key_unknown");
        post("/api/t/keys", more(2)).expect(200);
        let mut client = repository.trusting();
        assert_eq!(repository.seen(&mut client, &Who::until(NO_END)), ["1.0.0"]);
        let count = "select count(*) from update_server_key";
        assert_eq!(repository.harness.scalar(count, []), 5, "refused keys are not kept");
    });
}

//! What clients get: metadata, files, and nothing that is not for them.

use super::on_each;
use super::repository::{NO_END, Who};

#[test]
fn a_client_finds_what_was_published_and_no_root_after_the_last() {
    on_each(|repository| {
        let all = Who::until(NO_END);
        repository.round().expect(200);
        repository.metadata(&all, "timestamp.json").expect(404);
        repository.publish("1.0.0", "stable");
        let mut client = repository.trusting();
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0"]);
        repository.publish("1.1.0", "beta");
        assert_eq!(repository.seen(&mut client, &all), ["1.1.0", "1.0.0"]);

        let timestamp = repository.metadata(&all, "timestamp.json").expect(200);
        assert_eq!(timestamp.header("cache-control"), Some("private, no-cache"));
        let root = repository.metadata(&all, "1.root.json").expect(200);
        assert_eq!(root.header("cache-control"), Some("private, max-age=31536000, immutable"));
        for file in ["2.root.json", "root.json", "1.timestamp.json", "9.stable.json", "x"] {
            repository.metadata(&all, file).expect(404);
        }
        repository.yank("1.0.0");
        assert_eq!(repository.seen(&mut client, &all), ["1.1.0"]);
    });
}

#[test]
fn files_are_found_in_every_form_and_only_by_those_they_are_for() {
    on_each(|repository| {
        let all = Who::until(NO_END);
        let at = repository.publish("1.0.0", "stable");
        let hash = plugin_api::hex(&<sha2::Sha256 as sha2::Digest>::digest("1.0.0"));
        for path in [
            format!("stable/1.0.0/{hash}.app.zip"),
            format!("{hash}.stable/1.0.0/app.zip"),
            "stable/1.0.0/app.zip".to_owned(),
        ] {
            repository.target(&all, &path).expect(200);
            repository.target(&Who::until(at), &path).expect(200);
            repository.target(&Who::until(at - 1), &path).expect(404);
        }
        for path in ["beta/1.0.0/app.zip", "stable/1.0.1/app.zip", "stable/1.0.0/app", "app.zip"] {
            repository.target(&all, path).expect(404);
        }
        let wrong = format!("stable/1.0.0/{}.app.zip", "0".repeat(64));
        repository.target(&all, &wrong).expect(404);

        let sql = "update update_server_release set modules = 'pro plus', \
            row_version = row_version + 1";
        repository.harness.sql(sql, []);
        let with = |module: &str| Who { module: Some(module.to_owned()), ..all.clone() };
        repository.target(&with("pro"), "stable/1.0.0/app.zip").expect(200);
        repository.target(&with("other"), "stable/1.0.0/app.zip").expect(404);
        repository.yank("1.0.0");
        repository.target(&all, "stable/1.0.0/app.zip").expect(404);
    });
}

#[test]
fn whose_window_ended_keeps_what_came_inside_it() {
    on_each(|repository| {
        let all = Who::until(NO_END);
        repository.publish("1.0.0", "stable");
        let until = repository.publish("1.1.0", "stable");
        let ended = Who::until(until + 1);
        let mut client = repository.trusting();
        assert_eq!(repository.seen(&mut client, &ended), ["1.0.0", "1.1.0"]);
        repository.publish("2.0.0", "stable");
        assert_eq!(repository.seen(&mut client, &ended), ["1.0.0", "1.1.0"]);
        let mut other = repository.trusting();
        assert_eq!(repository.seen(&mut other, &all), ["1.0.0", "1.1.0", "2.0.0"]);

        let later = (1..9).map(|version| format!("{version}.stable.json"));
        let answers = later.map(|file| {
            (
                repository.metadata(&all, &file).text().to_owned(),
                repository.metadata(&ended, &file).status,
            )
        });
        let told: Vec<_> = answers.filter(|(text, _)| text.contains("2.0.0")).collect();
        assert!(!told.is_empty() && told.iter().all(|(_, status)| *status == 404), "{told:?}");

        // The licence is renewed, and another release comes.
        assert_eq!(repository.seen(&mut client, &all), ["1.0.0", "1.1.0", "2.0.0"]);
        repository.publish("2.1.0", "stable");
        assert_eq!(repository.seen(&mut client, &all).len(), 4);
        let mut new = repository.trusting();
        assert_eq!(repository.seen(&mut new, &Who::until(0)), Vec::<String>::new());
    });
}

#[test]
fn a_file_that_clients_would_read_differently_is_not_signed() {
    on_each(|repository| {
        repository.place("1.0.0", "stable");
        repository.harness.sql("update update_server_artifact set file_name = 'caffè.zip'", []);
        let refused = repository.round().expect(422);
        assert_eq!(refused.problem(), "tuf_name");
        assert!(refused.text().contains("caffè.zip"), "{refused}");
        assert_eq!(repository.harness.scalar("select count(*) from update_server_key", []), 0);
    });
}

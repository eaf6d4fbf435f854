//! Rollouts in signed metadata: who is reached sees the release, nobody else does.

use super::repository::{NO_END, Who};
use super::{Repository, on_each};

fn roll_out(repository: &Repository<'_>, version: &str, percent: i64) {
    let schedule = format!("[{{\"at\": 0, \"percent\": {percent}}}]");
    repository.harness.sql(
        "insert into update_server_rollout (rollout_id, product_code, channel, release_id, state, \
         schedule, started_at) values (?, 'app', 'stable', ?, 'running', ?, 0)",
        [format!("rollout-{version}").into(), format!("release-{version}").into(), schedule.into()],
    );
    repository.round().expect(200);
}

fn state(repository: &Repository<'_>, sql: &str) {
    repository.harness.sql(&format!("update update_server_rollout set {sql}"), []);
    repository.round().expect(200);
}

#[test]
fn the_share_grows_stops_and_ends_and_every_client_follows() {
    on_each(|repository| {
        repository.publish("1.0.0", "stable");
        repository.place("2.0.0", "stable");
        roll_out(repository, "2.0.0", 40);
        let mut clients: Vec<_> = (0..10)
            .map(|n| {
                let installation = Some(format!("installation-{n}"));
                (Who { installation, ..Who::until(NO_END) }, repository.trusting())
            })
            .collect();
        let mut reached = || -> Vec<bool> {
            let sees =
                clients.iter_mut().map(|(who, client)| repository.seen(client, who).len() == 2);
            sees.collect()
        };
        let few = reached();
        assert!(few.contains(&true) && few.contains(&false), "{few:?}");
        assert_eq!(reached(), few, "always the same");
        // The share grows by itself: nothing is signed for it.
        let grown = "schedule = '[{\"at\": 0, \"percent\": 80}]'";
        repository.harness.sql(&format!("update update_server_rollout set {grown}"), []);
        let more = reached();
        assert!(more.iter().zip(&few).all(|(more, few)| more >= few) && more != few, "{more:?}");
        state(repository, "state = 'stopped', frozen_percent = 0");
        assert_eq!(reached(), [false; 10]);
        state(repository, "state = 'done'");
        assert_eq!(reached(), [true; 10]);
    });
}

#[test]
fn a_fourth_rollout_at_once_is_refused() {
    on_each(|repository| {
        for version in ["1.0.0", "2.0.0", "3.0.0"] {
            repository.place(version, "stable");
            roll_out(repository, version, 10);
        }
        repository.place("4.0.0", "stable");
        repository.harness.sql(
            "insert into update_server_rollout (rollout_id, product_code, channel, release_id, \
             state, schedule, started_at) \
             values ('r4', 'app', 'stable', 'release-4.0.0', 'running', '[]', 0)",
            [],
        );
        assert_eq!(repository.round().expect(422).problem(), "tuf_rollouts");
    });
}

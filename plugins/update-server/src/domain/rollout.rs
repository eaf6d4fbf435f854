//! How a release reaches the installations of a channel: a few of them first, always the same ones.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Places an installation can have; a rollout of one percent reaches a hundred of them.
pub const PLACES: u32 = 10_000;

/// Where a rollout stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It goes on as its schedule says.
    Running,
    /// It stays at the share it had reached.
    Paused,
    /// It ended early: the release counts as taken back in its channel.
    Stopped,
    /// Everybody gets it.
    Done,
}

impl State {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Stopped => "stopped",
            Self::Done => "done",
        }
    }

    /// As the API says it.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Running => "in_corso",
            Self::Paused => "sospesa",
            Self::Stopped => "fermata",
            Self::Done => "conclusa",
        }
    }
}

/// From an instant on, so many percent have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Unix milliseconds.
    pub at: i64,
    /// 0 to 100.
    pub percent: i64,
}

/// What decides who has a release: the part of a stored rollout that counts for clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollout {
    /// Its id.
    pub rollout_id: String,
    /// The channel.
    pub channel: String,
    /// The release.
    pub release_id: String,
    /// Where it stands.
    pub state: State,
    /// Ascending.
    pub schedule: Vec<Stage>,
    /// While paused: how many percent have it.
    pub frozen_percent: Option<i64>,
}

impl Rollout {
    /// How many percent of the installations get it at `now`, 0 to 100.
    pub fn percent(&self, now: i64) -> i64 {
        percent(self.state, &self.schedule, self.frozen_percent, now)
    }

    /// Whether this installation gets it at `now`. One that cannot be told from others gets it once
    /// all do.
    pub fn reaches(&self, seed: &str, installation: Option<&str>, now: i64) -> bool {
        let percent = self.percent(now);
        let Some(installation) = installation else { return percent == 100 };
        let place = i64::from(place(seed, &self.rollout_id, installation));
        place < percent * i64::from(PLACES) / 100
    }
}

/// How many percent of the installations a rollout reaches at `now`, 0 to 100.
pub fn percent(state: State, schedule: &[Stage], frozen: Option<i64>, now: i64) -> i64 {
    let percent = match state {
        State::Done => 100,
        State::Stopped => 0,
        State::Paused => frozen.unwrap_or_default(),
        State::Running => reached(schedule, now).map_or(0, |stage| stage.percent),
    };
    percent.clamp(0, 100)
}

/// The stage a schedule is at: the last that has begun.
fn reached(schedule: &[Stage], now: i64) -> Option<&Stage> {
    schedule.iter().rev().find(|stage| stage.at <= now)
}

/// Where an installation stands in a rollout: 0 to 9,999. Always the same, so that who has a release
/// keeps it while the share grows; another in each rollout, so that nobody is always the first.
pub fn place(seed: &str, rollout_id: &str, installation: &str) -> u32 {
    let mut hash = Sha256::new();
    for part in [seed, rollout_id, installation] {
        hash.update(part);
        hash.update([0]);
    }
    let sum = hash.finalize().iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    // The remainder of 64 bits favours no place by more than one in 10¹⁵.
    u32::try_from(sum % u64::from(PLACES)).unwrap_or_default()
}

/// Whether so many failures stop a rollout: more than `stop_percent` of at least `stop_minimum`
/// outcomes.
pub fn must_stop(
    (succeeded, failed): (i64, i64),
    (stop_percent, stop_minimum): (i64, i64),
) -> bool {
    let outcomes = succeeded.saturating_add(failed);
    let share = failed.saturating_mul(100);
    outcomes >= stop_minimum && share > stop_percent.saturating_mul(outcomes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rollout(percent: i64) -> Rollout {
        Rollout {
            rollout_id: "018f".to_owned(),
            channel: "stable".to_owned(),
            release_id: "r".to_owned(),
            state: State::Running,
            schedule: vec![Stage { at: 10, percent }],
            frozen_percent: None,
        }
    }

    fn reached_of(installations: &[String], percent: i64) -> Vec<bool> {
        let rollout = rollout(percent);
        installations.iter().map(|id| rollout.reaches("seed", Some(id), 10)).collect()
    }

    #[test]
    fn ten_percent_are_ten_percent_and_among_the_twenty_that_follow() {
        let installations: Vec<String> = (0..10_000).map(|n| format!("machine-{n}")).collect();
        let (ten, twenty) = (reached_of(&installations, 10), reached_of(&installations, 20));
        let count = |reached: &[bool]| reached.iter().filter(|reached| **reached).count();
        // Four standard deviations of a binomial distribution: √(10,000·p·(1−p)) is 30 and 40.
        assert!(count(&ten).abs_diff(1000) < 120, "{}", count(&ten));
        assert!(count(&twenty).abs_diff(2000) < 160, "{}", count(&twenty));
        assert!(ten.iter().zip(&twenty).all(|(early, later)| !early || *later));
        assert_eq!(count(&reached_of(&installations, 0)), 0);
        assert_eq!(count(&reached_of(&installations, 100)), 10_000);
    }

    #[test]
    fn every_rollout_and_every_product_has_an_order_of_its_own() {
        let places = |seed: &str, id: &str| {
            (0..100).map(|n| place(seed, id, &n.to_string())).collect::<Vec<_>>()
        };
        assert_ne!(places("a", "1"), places("a", "2"));
        assert_ne!(places("a", "1"), places("b", "1"));
        assert_ne!(place("a", "b", "c"), place("ab", "", "c"));
    }

    #[test]
    fn the_share_follows_the_schedule_in_steps() {
        let mut rollout = rollout(10);
        rollout.schedule.push(Stage { at: 20, percent: 50 });
        assert_eq!([9, 10, 19, 20, 99].map(|now| rollout.percent(now)), [0, 10, 10, 50, 50]);
        rollout.state = State::Paused;
        rollout.frozen_percent = Some(10);
        assert_eq!(rollout.percent(99), 10);
        rollout.state = State::Stopped;
        assert_eq!(rollout.percent(99), 0);
        rollout.state = State::Done;
        assert_eq!(rollout.percent(0), 100);
    }

    #[test]
    fn who_cannot_be_told_from_others_waits_for_all() {
        assert!(!rollout(99).reaches("seed", None, 10));
        assert!(rollout(100).reaches("seed", None, 10));
    }

    #[test]
    fn errors_stop_a_rollout_once_there_are_enough_outcomes() {
        let limits = (5, 20);
        assert!(!must_stop((0, 19), limits), "too few to tell");
        assert!(must_stop((18, 2), limits));
        assert!(!must_stop((19, 1), limits), "five percent are not more than five");
        assert!(must_stop((0, 1), (0, 1)));
        assert!(!must_stop((0, 0), (0, 0)));
    }

    proptest! {
        #[test]
        fn who_has_a_release_keeps_it_while_the_share_grows(
            installation in ".{0,40}", seed in "[0-9a-f]{8}", less in 0..=100_i64, more in 0..=100_i64,
        ) {
            let (less, more) = (less.min(more), less.max(more));
            let has = |percent| rollout(percent).reaches(&seed, Some(&installation), 10);
            prop_assert!(!has(less) || has(more));
            prop_assert_eq!(has(less), has(less));
            prop_assert!(place(&seed, "r", &installation) < PLACES);
        }
    }
}

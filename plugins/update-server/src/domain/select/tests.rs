//! Selection: the cases people care for, and all others against a model without any cleverness.

use proptest::prelude::*;

use super::*;
use crate::domain::fixture::{artifact, release};
use crate::domain::rollout::{self, Rollout, Stage};

const NOW: i64 = 1_000;

fn catalogue(releases: impl IntoIterator<Item = Release>) -> Catalogue {
    Catalogue { releases: releases.into_iter().collect(), ..Catalogue::default() }
}

fn rollout(release: &str, state: rollout::State, percent: i64) -> Rollout {
    Rollout {
        rollout_id: format!("of-{release}"),
        channel: "stable".to_owned(),
        release_id: release.to_owned(),
        state,
        schedule: vec![Stage { at: 0, percent }],
        frozen_percent: Some(percent),
    }
}

fn running(current: &str) -> Asked {
    Asked { version: Version::claimed(current), channel: "stable".to_owned(), ..Asked::default() }
}

/// What is said: a mark (`=` has it, `+` newer, `!` a step, `-` back to) and the version.
fn said(catalogue: &Catalogue, asked: &Asked, window: &Window) -> String {
    let choice = select(catalogue, asked, window, NOW);
    let mark = match &choice {
        Choice::Nothing => return "nothing".to_owned(),
        Choice::Current(_) => '=',
        Choice::Update { is_step: true, .. } => '!',
        Choice::Update { .. } => '+',
        Choice::Rollback(_) => '-',
    };
    let offer = choice.offer().expect("not nothing");
    format!("{mark}{}", offer.release.version)
}

#[test]
fn the_newest_by_precedence_and_nothing_for_who_has_it_or_more() {
    let all = catalogue(["1.9.0", "1.10.0", "1.10.0-rc.1"].map(release));
    let open = &Window::OPEN;
    assert_eq!(said(&all, &running("1.9.0"), open), "+1.10.0");
    assert_eq!(said(&all, &running("1.10.0"), open), "=1.10.0");
    assert_eq!(said(&all, &running("2.0.0"), open), "=1.10.0");
    assert_eq!(said(&all, &running("0.0.1-never-published"), open), "+1.10.0");
    assert_eq!(said(&all, &running(""), open), "+1.10.0");
    let elsewhere = Asked { channel: "beta".to_owned(), ..running("1.9.0") };
    assert_eq!(said(&all, &elsewhere, open), "nothing");
}

#[test]
fn who_has_a_yanked_version_is_brought_to_a_good_one() {
    let mut all = catalogue(["1.0.0", "2.0.0"].map(release));
    all.releases[1].state = State::Yanked;
    assert_eq!(said(&all, &running("2.0.0"), &Window::OPEN), "-1.0.0");
    assert_eq!(said(&all, &running("1.0.0"), &Window::OPEN), "=1.0.0");
    all.releases.push(release("2.0.1"));
    assert_eq!(said(&all, &running("2.0.0"), &Window::OPEN), "+2.0.1");
}

#[test]
fn a_stopped_rollout_takes_the_release_back_in_its_channel_only() {
    let mut all = catalogue(["1.0.0", "2.0.0"].map(release));
    all.releases[1].channels.insert("beta".to_owned());
    all.rollouts = vec![rollout("2.0.0", rollout::State::Stopped, 100)];
    assert_eq!(said(&all, &running("2.0.0"), &Window::OPEN), "-1.0.0");
    let beta = Asked { channel: "beta".to_owned(), ..running("2.0.0") };
    assert_eq!(said(&all, &beta, &Window::OPEN), "=2.0.0");
    all.rollouts.push(rollout("2.0.0", rollout::State::Running, 100));
    assert_eq!(said(&all, &running("2.0.0"), &Window::OPEN), "=2.0.0", "the last rollout counts");
}

#[test]
fn an_ended_maintenance_keeps_the_newest_inside_its_window() {
    let mut all = catalogue(["1.0.0", "2.0.0", "1.5.0"].map(release));
    all.releases[1].published_at = 20;
    all.releases[2].published_at = 30;
    let until = |until| Window { until, ..Window::OPEN };
    assert_eq!(said(&all, &running("1.0.0"), &until(20)), "+2.0.0");
    assert_eq!(said(&all, &running("1.0.0"), &until(19)), "=1.0.0");
    assert_eq!(said(&all, &running("1.0.0"), &until(-1)), "nothing");
}

#[test]
fn releases_for_modules_are_for_who_has_one_of_them() {
    let mut all = catalogue(["1.0.0", "2.0.0"].map(release));
    all.releases[1].modules = ["pdf".to_owned(), "ocr".to_owned()].into();
    let with = |modules: &[&str]| Window {
        modules: Some(modules.iter().map(ToString::to_string).collect()),
        ..Window::OPEN
    };
    assert_eq!(said(&all, &running("1.0.0"), &with(&["ocr"])), "+2.0.0");
    assert_eq!(said(&all, &running("1.0.0"), &with(&["mail"])), "=1.0.0");
    assert_eq!(said(&all, &running("1.0.0"), &Window::OPEN), "+2.0.0");
}

#[test]
fn a_licence_for_some_versions_gets_the_newest_of_them() {
    let all = catalogue(["1.9.0", "2.0.0", "2.1.3", "3.0.0"].map(release));
    let up_to = |newest| Window { newest: Some(newest), ..Window::OPEN };
    assert_eq!(said(&all, &running("1.0.0"), &up_to((2, None))), "+2.1.3");
    assert_eq!(said(&all, &running("1.0.0"), &up_to((2, Some(0)))), "+2.0.0");
    assert_eq!(said(&all, &running("2.0.0"), &up_to((1, None))), "=1.9.0");
}

#[test]
fn nobody_goes_past_a_step() {
    let mut all = catalogue(["1.0.0", "2.0.0", "3.0.0", "4.0.0", "5.0.0"].map(release));
    all.releases[1].is_step = true;
    all.releases[3].is_step = true;
    assert_eq!(said(&all, &running("1.0.0"), &Window::OPEN), "!2.0.0");
    assert_eq!(said(&all, &running("2.0.0"), &Window::OPEN), "!4.0.0");
    assert_eq!(said(&all, &running("4.0.0"), &Window::OPEN), "+5.0.0");
    all.rollouts = vec![rollout("2.0.0", rollout::State::Running, 0)];
    assert_eq!(said(&all, &running("1.0.0"), &Window::OPEN), "=1.0.0", "not past it either");
    all.releases[1].state = State::Yanked;
    assert_eq!(said(&all, &running("1.0.0"), &Window::OPEN), "!4.0.0");
}

#[test]
fn outside_a_rollout_there_is_the_release_before() {
    let mut all = catalogue(["1.0.0", "2.0.0", "3.0.0"].map(release));
    all.rollouts = vec![rollout("3.0.0", rollout::State::Running, 30)];
    let told = (0..200).map(|n| {
        let installation = Some(n.to_string());
        said(&all, &Asked { installation, ..running("") }, &Window::OPEN)
    });
    let told: BTreeSet<String> = told.collect();
    assert_eq!(told, ["+2.0.0".to_owned(), "+3.0.0".to_owned()].into());
    let unknown = said(&all, &running("1.0.0"), &Window::OPEN);
    assert_eq!(unknown, "+2.0.0", "who cannot be told from others waits");
}

#[test]
fn files_fit_the_machine_and_the_best_comes_first() {
    let mut one = release("1.0.0");
    one.artifacts = vec![
        artifact("app-any.msi", Platform::Any, Architecture::Any),
        artifact("app-x64.msi", Platform::Windows, Architecture::X86_64),
        artifact("app-x64.exe", Platform::Windows, Architecture::X86_64),
        artifact("app-arm64.exe", Platform::Windows, Architecture::Aarch64),
    ];
    one.minimum_system = [(Platform::Windows, "10.0.17763".to_owned())].into();
    let all = catalogue([one]);
    let names = |asked: &Asked| {
        let choice = select(&all, asked, &Window::OPEN, NOW);
        let artifacts = choice.offer().map(|offer| offer.artifacts.clone()).unwrap_or_default();
        artifacts.iter().map(|file| file.file_name.clone()).collect::<Vec<_>>()
    };
    let windows = Asked {
        platform: Some(Platform::Windows),
        architecture: Some(Architecture::X86_64),
        formats: vec![Format::Msi, Format::Exe],
        ..running("")
    };
    assert_eq!(names(&windows), ["app-x64.msi", "app-any.msi", "app-x64.exe"]);
    let old = Asked { system: Some("6.1.7601".to_owned()), ..windows.clone() };
    assert_eq!(names(&old), [""; 0]);
    let new = Asked { system: Some("10.0.19045".to_owned()), ..windows.clone() };
    assert_eq!(names(&new).len(), 3);
    let mac = Asked { platform: Some(Platform::MacOs), ..windows.clone() };
    assert_eq!(names(&mac), ["app-any.msi"]);
    assert_eq!(names(&Asked { minisigned: true, ..windows }), [""; 0]);
}

/// The rules as one would say them, tried on every release.
fn model(all: &Catalogue, asked: &Asked, window: &Window) -> String {
    let live = |release: &&Release| {
        let rollout = all.rollouts.iter().rfind(|rollout| rollout.release_id == release.release_id);
        release.state == State::Published
            && release.channels.contains(&asked.channel)
            && rollout.is_none_or(|rollout| rollout.state != rollout::State::Stopped)
            && release.published_at <= window.until
            && release.artifacts.iter().any(|file| Some(file.platform) == asked.platform)
    };
    let mut step: Option<&Release> = None;
    for release in all.releases.iter().filter(live).filter(|release| release.is_step) {
        let above = asked.version.as_ref().is_some_and(|current| release.version > *current);
        if above && step.is_none_or(|lowest| release.version < lowest.version) {
            step = Some(release);
        }
    }
    let mut best: Option<&Release> = None;
    for release in all.releases.iter().filter(live) {
        let rollout = all.rollouts.iter().rfind(|rollout| rollout.release_id == release.release_id);
        let installation = asked.installation.as_deref().unwrap_or_default();
        let reached = rollout.is_none_or(|rollout| {
            let place = rollout::place(&all.seed, &rollout.rollout_id, installation);
            i64::from(place) < rollout.percent(NOW) * 100
        });
        let allowed = step.is_none_or(|step| release.version <= step.version);
        if reached && allowed && best.is_none_or(|best| release.version > best.version) {
            best = Some(release);
        }
    }
    let Some(best) = best else { return "nothing".to_owned() };
    let current = asked.version.as_ref();
    let bad = all.releases.iter().find(|release| Some(&release.version) == current);
    let bad = bad.is_some_and(|release| {
        let rollout = all.rollouts.iter().rfind(|rollout| rollout.release_id == release.release_id);
        let stopped = rollout.is_some_and(|rollout| rollout.state == rollout::State::Stopped);
        release.state == State::Yanked || stopped
    });
    let mark = match current {
        Some(current) if best.version > *current && best.is_step => '!',
        Some(current) if best.version > *current => '+',
        None => '+',
        _ if bad => '-',
        _ => '=',
    };
    format!("{mark}{}", best.version)
}

prop_compose! {
    fn any_release(number: String)(
        state in prop_oneof![4 => Just(State::Published), 1 => Just(State::Draft), 2 => Just(State::Yanked)],
        is_step in prop::bool::weighted(0.25),
        placed in prop::bool::weighted(0.85),
        published_at in 0..10_i64,
        platform in prop_oneof![4 => Just(Platform::Windows), 1 => Just(Platform::Linux)],
    ) -> Release {
        let channel = if placed { "stable" } else { "beta" };
        Release {
            state, is_step, published_at, channels: [channel.to_owned()].into(),
            artifacts: vec![artifact("app.exe", platform, Architecture::X86_64)],
            ..release(&number)
        }
    }
}

fn any_rollout() -> impl Strategy<Value = Rollout> {
    let state = prop_oneof![
        2 => Just(rollout::State::Running),
        1 => Just(rollout::State::Paused),
        1 => Just(rollout::State::Stopped),
        1 => Just(rollout::State::Done),
    ];
    (0..8_u32, state, 0..=100_i64)
        .prop_map(|(release, state, percent)| rollout(&format!("1.{release}.0"), state, percent))
}

fn any_catalogue() -> impl Strategy<Value = Catalogue> {
    let releases: Vec<_> = (0..8).map(|minor| any_release(format!("1.{minor}.0"))).collect();
    let some = (releases, prop::collection::vec(any::<bool>(), 8)).prop_map(|(releases, kept)| {
        let kept = releases.into_iter().zip(kept).filter(|(_, kept)| *kept);
        kept.map(|(release, _)| release).collect::<Vec<_>>()
    });
    (some.prop_shuffle(), prop::collection::vec(any_rollout(), 0..4))
        .prop_map(|(releases, rollouts)| Catalogue { releases, rollouts, ..Catalogue::default() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn it_chooses_as_the_rules_say(
        all in any_catalogue(), current in proptest::option::of(0..9_u32), until in -1..10_i64,
        installation in 0..50_u32,
    ) {
        let current = current.map_or(String::new(), |minor| format!("1.{minor}.0"));
        let asked = Asked {
            platform: Some(Platform::Windows),
            installation: Some(installation.to_string()),
            ..running(&current)
        };
        let window = Window { until, ..Window::OPEN };
        prop_assert_eq!(said(&all, &asked, &window), model(&all, &asked, &window));
    }

    #[test]
    fn following_what_it_says_comes_to_an_end_at_something_good(
        all in any_catalogue(), current in 0..9_u32, installation in 0..50_u32,
    ) {
        let mut asked = Asked {
            installation: Some(installation.to_string()), ..running(&format!("1.{current}.0"))
        };
        for _ in 0..=all.releases.len() {
            let choice = select(&all, &asked, &Window::OPEN, NOW);
            let Some(change) = choice.change() else { return Ok(()) };
            prop_assert!(!all.is_withdrawn(change.release, "stable"));
            asked.version = Some(change.release.version.clone());
        }
        prop_assert!(false, "it goes round in circles");
    }
}

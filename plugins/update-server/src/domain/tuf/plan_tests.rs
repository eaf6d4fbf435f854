//! Whole repositories, round after round, as clients see them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::catalogue::{Catalogue, File, NO_END, Release, Rollout};
use super::document::Document;
use super::key::Keyring;
use super::plan::{InUse, Plan, Situation, plan, refresh};
use super::role::{Role, Root};
use super::trust::{Distrust, Trusted};
use super::view::{View, find};

const DAY: i64 = 86_400_000;

/// A repository of its own, with a root of one key for each role.
struct Repository {
    ring: Keyring,
    root: Root,
    first_root: Vec<u8>,
    files: BTreeMap<String, Vec<u8>>,
    in_use: InUse,
    untils: BTreeSet<i64>,
    now: i64,
}

impl Repository {
    fn new() -> Self {
        let mut ring = Keyring::default();
        let secrets = Role::ALL.into_iter().zip(1u8..);
        let keys: Vec<_> = secrets.map(|(role, n)| (role, ring.add(&[n; 32]))).collect();
        let root = Root::first(keys);
        let document = root.document(None, &ring, 0).expect("a root");
        let first_root = document.bytes();
        let files = BTreeMap::from([("1.root.json".to_owned(), first_root.clone())]);
        let (in_use, untils) = (InUse::default(), BTreeSet::new());
        Self { ring, root, first_root, files, in_use, untils, now: 0 }
    }

    fn situation<'a>(&'a self, all: &'a Catalogue, waiting: &'a [Document]) -> Situation<'a> {
        let Self { in_use, ring: keyring, untils, now, .. } = self;
        Situation { catalogue: all, in_use, keyring, waiting, untils, now: *now }
    }

    fn round(&mut self, all: &Catalogue) -> Plan {
        let plan = plan(self.situation(all, &[]), &self.root).expect("it can be written");
        self.carry_out(&plan);
        plan
    }

    fn carry_out(&mut self, plan: &Plan) {
        assert_eq!(plan.missing, []);
        for document in &plan.documents {
            let name = format!("{}.{}.json", document.version, document.role);
            assert_eq!(self.files.insert(name, document.bytes()), None, "nothing is written twice");
        }
        self.in_use = self.in_use.after(plan);
    }

    fn view(&self, until: i64, mask: i64) -> View {
        find(&self.in_use.views, until, mask).cloned().expect("a view")
    }

    /// What a client of this view takes in.
    fn refresh(&self, client: &mut Trusted, until: i64, mask: i64) -> Result<(), Distrust> {
        let timestamp = format!("{}.timestamp.json", self.view(until, mask).timestamp);
        let fetch = |file: &str| {
            let file = if file == "timestamp.json" { timestamp.as_str() } else { file };
            self.files.get(file).cloned()
        };
        client.refresh(&fetch, self.now)
    }

    fn client(&self) -> Trusted {
        Trusted::begin(&self.first_root).expect("a root")
    }
}

fn release(id: &str, published_at: i64) -> Release {
    let file =
        File { name: "app.zip".to_owned(), size: 1, sha256: "ab".repeat(32), ..File::default() };
    Release {
        release_id: id.to_owned(),
        version: format!("{id}.0.0"),
        published_at,
        channels: vec!["stable".to_owned()],
        files: vec![file],
    }
}

fn rollout(release_id: &str) -> Rollout {
    let channel = "stable".to_owned();
    Rollout { rollout_id: format!("r{release_id}"), channel, release_id: release_id.to_owned() }
}

fn catalogue(releases: Vec<Release>, rollouts: Vec<Rollout>) -> Catalogue {
    Catalogue { channels: vec!["beta".to_owned(), "stable".to_owned()], releases, rollouts }
}

fn seen(client: &Trusted) -> Vec<&str> {
    client.targets().keys().filter_map(|name| name.split('/').nth(1)).collect()
}

#[test]
fn a_rollout_shows_its_release_to_those_it_reached_and_takes_it_back() {
    let mut repository = Repository::new();
    let mut all = catalogue(vec![release("1", 10)], vec![]);
    repository.round(&all);
    let (mut early, mut late) = (repository.client(), repository.client());
    repository.refresh(&mut early, NO_END, 0).expect("trusted");
    assert_eq!(seen(&early), ["1.0.0"]);

    all = catalogue(vec![release("1", 10), release("2", 20)], vec![rollout("2")]);
    let plan = repository.round(&all);
    let written = |role: &str| plan.documents.iter().filter(|d| d.role == role).count();
    assert_eq!((written("stable"), written("beta"), written("targets")), (1, 0, 0));
    repository.refresh(&mut early, NO_END, 1).expect("trusted");
    repository.refresh(&mut late, NO_END, 0).expect("trusted");
    assert_eq!((seen(&early), seen(&late)), (vec!["1.0.0", "2.0.0"], vec!["1.0.0"]));
    repository.refresh(&mut late, NO_END, 1).expect("the rollout went on");
    assert_eq!(seen(&late), ["1.0.0", "2.0.0"]);

    // Stopped: whoever had it finds a newer document without it.
    all = catalogue(vec![release("1", 10)], vec![]);
    repository.round(&all);
    repository.refresh(&mut early, NO_END, 0).expect("trusted");
    assert_eq!(seen(&early), ["1.0.0"]);
}

#[test]
fn whose_window_ended_sees_what_was_there_then_and_all_of_it_once_it_is_extended() {
    let mut repository = Repository::new();
    let mut releases = vec![release("1", 10), release("2", 20)];
    repository.round(&catalogue(releases.clone(), vec![]));
    let mut client = repository.client();
    repository.refresh(&mut client, NO_END, 0).expect("trusted");
    releases.push(release("3", 30));
    let all = catalogue(releases, vec![]);
    repository.round(&all);

    let until = all.canonical(25);
    assert_eq!(until, 20);
    assert!(find(&repository.in_use.views, until, 0).is_none(), "nobody asked yet");
    repository.untils.insert(until);
    repository.round(&all);
    repository.refresh(&mut client, until, 0).expect("trusted");
    assert_eq!(seen(&client), ["1.0.0", "2.0.0"]);
    repository.refresh(&mut client, NO_END, 0).expect("trusted");
    assert_eq!(seen(&client), ["1.0.0", "2.0.0", "3.0.0"]);
}

#[test]
fn a_new_day_signs_a_timestamp_and_nothing_else_until_it_ends() {
    let mut repository = Repository::new();
    let all = catalogue(vec![release("1", 10)], vec![]);
    repository.round(&all);
    let mut client = repository.client();
    repository.refresh(&mut client, NO_END, 0).expect("trusted");
    repository.now = 2 * DAY;
    let refused = repository.refresh(&mut client, NO_END, 0).expect_err("refused");
    assert_eq!(refused, Distrust::Ended("timestamp.json".to_owned()));
    let roles = |plan: &Plan| -> Vec<String> {
        plan.documents.iter().map(|document| document.role.clone()).collect()
    };
    assert_eq!(roles(&repository.round(&all)), ["timestamp"]);
    repository.refresh(&mut client, NO_END, 0).expect("trusted");
    repository.now = 5 * DAY;
    let again = refresh(repository.situation(&all, &[]), &repository.root).expect("written");
    repository.carry_out(&again);
    assert_eq!(roles(&again), ["snapshot", "timestamp"]);
    repository.now = 320 * DAY;
    assert_eq!(
        roles(&repository.round(&all)),
        ["beta", "stable", "targets", "snapshot", "timestamp"]
    );
    repository.refresh(&mut client, NO_END, 0).expect("trusted");
}

#[test]
fn what_is_signed_elsewhere_waits_and_then_counts_as_it_was_signed() {
    let mut repository = Repository::new();
    repository.round(&catalogue(vec![release("1", 10)], vec![]));
    let here = std::mem::take(&mut repository.ring);
    let mut vendor = Keyring::default();
    for n in [3, 4] {
        repository.ring.add(&[n; 32]);
    }
    vendor.add(&[2; 32]);

    let all = catalogue(vec![release("1", 10), release("2", 20)], vec![]);
    let waits = plan(repository.situation(&all, &[]), &repository.root).expect("planned");
    assert!(waits.documents.is_empty() && waits.views.is_empty());
    let mut waiting = waits.missing;
    assert_eq!(waiting.iter().map(|d| d.role.as_str()).collect::<Vec<_>>(), ["stable"]);
    for document in &mut waiting {
        document.sign(&repository.root.keys_of(Role::Targets), &vendor);
    }
    repository.now = DAY;
    let next = plan(repository.situation(&all, &waiting), &repository.root).expect("planned");
    repository.carry_out(&next);
    assert!(next.documents.contains(&waiting[0]), "as it was signed, end and all");
    let mut client = repository.client();
    repository.refresh(&mut client, NO_END, 0).expect("trusted");
    assert_eq!(seen(&client), ["1.0.0", "2.0.0"]);
    drop(here);
}

#[test]
fn a_channel_that_is_gone_stays_listed_and_empty() {
    let mut repository = Repository::new();
    repository.round(&catalogue(vec![release("1", 10)], vec![]));
    let mut client = repository.client();
    repository.refresh(&mut client, NO_END, 0).expect("trusted");
    let gone = Catalogue { channels: vec!["beta".to_owned()], ..Catalogue::default() };
    repository.round(&gone);
    repository.refresh(&mut client, NO_END, 0).expect("trusted");
    assert!(client.targets().is_empty());
}

#[test]
fn the_client_refuses_what_tuf_clients_refuse() {
    let mut repository = Repository::new();
    let all = catalogue(vec![release("1", 10)], vec![]);
    repository.round(&all);
    let old = repository.files.clone();
    let view = repository.view(NO_END, 0);
    repository.now = DAY / 2 + 1;
    repository.round(&catalogue(vec![release("1", 10), release("2", 20)], vec![]));
    let mut client = repository.client();
    repository.refresh(&mut client, NO_END, 0).expect("trusted");

    let newer = repository.view(NO_END, 0);
    let refused = |files: &BTreeMap<String, Vec<u8>>, timestamp: i64| {
        let name = format!("{timestamp}.timestamp.json");
        let fetch = |file: &str| {
            files.get(if file == "timestamp.json" { name.as_str() } else { file }).cloned()
        };
        client.clone().refresh(&fetch, repository.now).expect_err("refused")
    };
    let rolled_back = refused(&old, view.timestamp);
    assert_eq!(rolled_back, Distrust::Version("timestamp".to_owned()));

    let mut mixed = repository.files.clone();
    let snapshot = format!("{}.snapshot.json", newer.snapshot);
    mixed.insert(snapshot.clone(), old[&format!("{}.snapshot.json", view.snapshot)].clone());
    assert_eq!(refused(&mixed, newer.timestamp), Distrust::Content(snapshot));

    let mut forged = repository.files.clone();
    let timestamp = format!("{}.timestamp.json", newer.timestamp);
    let text = String::from_utf8(forged[&timestamp].clone()).expect("ASCII");
    forged.insert(timestamp, text.replace("1.0.34", "1.0.35").into_bytes());
    let forged = refused(&forged, newer.timestamp);
    assert_eq!(forged, Distrust::Unsigned("timestamp.json".to_owned()));
}

/// Something that happens to a product.
#[derive(Debug, Clone)]
enum Event {
    Publish { staged: bool },
    Yank(usize),
    End(usize),
    Stop(usize),
    Ask(i64),
    Days(i64),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        any::<bool>().prop_map(|staged| Event::Publish { staged }),
        (0usize..8).prop_map(Event::Yank),
        (0usize..3).prop_map(Event::End),
        (0usize..3).prop_map(Event::Stop),
        (0i64..12).prop_map(Event::Ask),
        (1i64..24).prop_map(Event::Days),
    ];
    prop::collection::vec(event, 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    /// Each client has a window and a place in rollouts, which reach the first at once.
    /// None is ever refused anything, whatever happens and however long it stays away.
    #[test]
    fn no_client_ever_sees_a_version_go_back(events in events(), lazy in 1usize..4) {
        let mut repository = Repository::new();
        let mut all = catalogue(vec![], vec![]);
        let mut clients: Vec<(i64, i64, Trusted)> = Vec::new();
        for until in [2, 5, NO_END] {
            for place in 0..3 {
                clients.push((until, place, repository.client()));
            }
        }
        // The time of publications; the clock runs on its own.
        let mut at = 0;
        for (step, event) in events.into_iter().enumerate() {
            at += 1;
            match event {
                Event::Publish { staged } => {
                    all.releases.push(release(&at.to_string(), at));
                    if staged && all.rollouts.len() < 3 {
                        all.rollouts.push(rollout(&at.to_string()));
                    }
                }
                Event::Yank(n) if n < all.releases.len() => {
                    let gone = all.releases.remove(n).release_id;
                    all.rollouts.retain(|rollout| rollout.release_id != gone);
                }
                Event::End(n) if n < all.rollouts.len() => {
                    all.rollouts.remove(n);
                }
                Event::Stop(n) if n < all.rollouts.len() => {
                    let stopped = all.rollouts.remove(n).release_id;
                    for release in all.releases.iter_mut().filter(|r| r.release_id == stopped) {
                        release.channels.clear();
                    }
                }
                Event::Ask(until) => {
                    repository.untils.insert(until);
                }
                Event::Days(days) => repository.now += days * DAY,
                _ => {}
            }
            all.releases.retain(|release| !release.channels.is_empty());
            repository.round(&all);
            for (n, (until, place, client)) in clients.iter_mut().enumerate() {
                if (step + n) % lazy != 0 {
                    continue;
                }
                let until = if *until < at { all.canonical(*until) } else { NO_END };
                if find(&repository.in_use.views, until, 0).is_none_or(|view| view.until != until) {
                    repository.untils.insert(until);
                    repository.round(&all);
                }
                // Rollouts go on: they reach the first at once, the last after a while.
                let reached = |(bit, rollout): (usize, &Rollout)| {
                    let begun: i64 = rollout.release_id.parse().expect("a number");
                    (at >= begun + 2 * *place).then_some(1 << bit)
                };
                let mask: i64 = all.rollouts.iter().enumerate().filter_map(reached).sum();
                prop_assert_eq!(repository.refresh(client, until, mask), Ok(()));
                let own = all.targets("stable", until, mask);
                prop_assert_eq!(client.targets(), &own.targets);
            }
        }
    }
}

//! The vendor at work while his server is killed: what was acknowledged must be there afterwards, what
//! was cut off is there whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use cockpit_tests::jws::sha256;
use cockpit_tests::tuf::{Gone, Target, Targets};
use cockpit_tests::vendor_keys::{minisign, minisign_key};
use cockpit_tests::{Answer, Client};
use reqwest::Method;
use serde_json::{Value, json};

/// Bytes of a file: enough that some uploads are cut in the middle.
const SIZE: usize = 400_000;
/// Releases that stay out when the oldest is taken back.
const LEAST: usize = 2;

/// What the vendor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    Upload,
    Publish,
    Promote,
    Yank,
    Sign,
}

impl Act {
    pub(super) const ALL: [Self; 5] =
        [Self::Publish, Self::Promote, Self::Sign, Self::Yank, Self::Upload];
}

/// Where a release stands; it only goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Draft,
    Beta,
    Both,
    Yanked,
}

#[derive(Debug)]
struct Release {
    id: String,
    number: u32,
    state: State,
}

/// What was asked for and not acknowledged.
#[derive(Debug, Clone, Copy)]
struct Cut {
    act: Act,
    release: usize,
    after: State,
}

/// The vendor, and what he knows of his releases.
#[derive(Debug)]
pub(super) struct Vendor {
    product: String,
    token: String,
    releases: Vec<Release>,
    uploads: u32,
    signed: u32,
    cut: Option<Cut>,
    took: BTreeMap<Act, Duration>,
    /// Of what was cut off: how much is there, how much is not.
    pub(super) became: (usize, usize),
}

impl Vendor {
    /// Sets the product up: programs get signed files, and no rollout goes on.
    pub(super) async fn begin(url: &str, product: &str, token: &str) -> Self {
        let vendor = Self {
            product: product.to_owned(),
            token: token.to_owned(),
            releases: Vec::new(),
            uploads: 0,
            signed: 0,
            cut: None,
            took: BTreeMap::new(),
            became: (0, 0),
        };
        let client = vendor.client(url);
        let path = format!("/api/admin/aggiornamenti/{product}");
        let body = json!({ "chiave_minisign": minisign_key() });
        client.send(client.request(Method::PUT, &path).json(&body)).await.assert(200);
        let list = client.get("/api/admin/distribuzioni").await.expect(200).json();
        let rollout = list["dati"][0]["id"].as_str().expect("the demo's").to_owned();
        let path = format!("/api/admin/distribuzioni/{rollout}/concludi");
        client.post(&path, &json!({})).await.assert(200);
        vendor
    }

    fn client(&self, url: &str) -> Client {
        Client::with_token(url, &self.token)
    }

    /// Does what must be done before `act` can be; answers how long that one took at most so far.
    pub(super) async fn prepare(&mut self, url: &str, act: Act) -> Duration {
        let client = self.client(url);
        let before: &[Act] = match act {
            Act::Upload | Act::Sign => &[],
            Act::Publish => &[Act::Upload],
            Act::Promote => &[Act::Upload, Act::Publish],
            Act::Yank => &[Act::Upload, Act::Publish, Act::Upload, Act::Publish],
        };
        for act in before {
            assert!(self.act(&client, *act).await.is_ok(), "it runs");
        }
        self.took.get(&act).copied().unwrap_or(Duration::from_millis(150))
    }

    /// Works until the server is gone, beginning with `first`; answers what was cut off.
    pub(super) async fn work(&mut self, url: &str, first: Act) -> Act {
        let client = self.client(url);
        let begin = Act::ALL.iter().position(|act| *act == first).unwrap_or_default();
        for act in Act::ALL.iter().cycle().skip(begin) {
            let begun = Instant::now();
            if self.act(&client, *act).await.is_err() {
                return *act;
            }
            let took = self.took.entry(*act).or_default();
            *took = begun.elapsed().max(*took);
        }
        first
    }

    async fn act(&mut self, client: &Client, act: Act) -> Result<(), Gone> {
        let live = |release: &&Release| [State::Beta, State::Both].contains(&release.state);
        let in_state = |state| self.releases.iter().rposition(|release| release.state == state);
        let (release, after, path, body) = match act {
            Act::Upload => {
                self.uploads += 1;
                let after = State::Draft;
                self.cut = Some(Cut { act, release: usize::MAX, after });
                let number = self.uploads;
                let path = "/api/admin/rilasci";
                let body = json!({ "prodotto": self.product, "versione": version(number),
                    "canali": ["beta"] });
                let answer = ask(client.request(Method::POST, path).json(&body), client).await?;
                let id = answer.expect(201).json()["id"].as_str().expect("an id").to_owned();
                self.send(client, &id, number).await?;
                self.releases.push(Release { id, number, state: State::Draft });
                self.cut = None;
                return Ok(());
            }
            Act::Sign => {
                self.signed += 1;
                let path = format!("/api/admin/aggiornamenti/{}/chiavi/rifirma", self.product);
                let body = json!({ "radice": self.signed.is_multiple_of(2) });
                let answer = ask(client.request(Method::POST, &path).json(&body), client).await?;
                answer.assert(200);
                return Ok(());
            }
            Act::Publish => (
                in_state(State::Draft),
                State::Beta,
                "pubblica",
                json!({ "conferma_avvisi": true }),
            ),
            Act::Promote => {
                (in_state(State::Beta), State::Both, "promuovi", json!({ "canale": "stable" }))
            }
            Act::Yank => {
                let oldest = self.releases.iter().position(|release| live(&release));
                let are_many = self.releases.iter().filter(live).count() > LEAST;
                let body = json!({ "motivo": "too old" });
                (oldest.filter(|_| are_many), State::Yanked, "ritira", body)
            }
        };
        let Some(release) = release else { return Ok(()) };
        self.cut = Some(Cut { act, release, after });
        let path = format!("/api/admin/rilasci/{}/{path}", self.releases[release].id);
        ask(client.request(Method::POST, &path).json(&body), client).await?.assert(200);
        self.releases[release].state = after;
        self.cut = None;
        Ok(())
    }

    /// Sends the file of a draft, and its signature.
    async fn send(&self, client: &Client, id: &str, number: u32) -> Result<(), Gone> {
        let (name, content) = (self.file(number), content(number));
        let signature = minisign(&content, &name, &version(number)).into_bytes();
        for (name, body) in [(name.clone(), content), (format!("{name}.minisig"), signature)] {
            let path = format!("/api/admin/rilasci/{id}/file/{name}");
            ask(client.request(Method::PUT, &path).body(body), client).await?.assert(200);
        }
        Ok(())
    }

    fn file(&self, number: u32) -> String {
        format!("{}-{}-setup.exe", self.product, version(number))
    }

    /// Finds out what became of what was cut off: all of it or nothing. A file that did not come is
    /// sent again.
    pub(super) async fn look(&mut self, url: &str) {
        let client = self.client(url);
        let Some(cut) = self.cut.take() else { return };
        if cut.act == Act::Upload {
            self.look_for_upload(&client).await;
            return;
        }
        let release = &mut self.releases[cut.release];
        let found = client.get(&format!("/api/admin/rilasci/{}", release.id)).await.expect(200);
        let found = state_of(&found.json());
        assert!(found == release.state || found == cut.after, "{cut:?} left {found:?}");
        let is_there = found == cut.after;
        release.state = found;
        self.count(is_there);
    }

    fn count(&mut self, is_there: bool) {
        let (there, not) = self.became;
        self.became = if is_there { (there + 1, not) } else { (there, not + 1) };
    }

    async fn look_for_upload(&mut self, client: &Client) {
        let number = self.uploads;
        let version = version(number);
        let path = format!("/api/admin/rilasci?prodotto={}&versione={version}", self.product);
        let list = client.get(&path).await.expect(200).json();
        let found = list["dati"].as_array().expect("rows").iter();
        let mut found = found.filter(|row| row["versione"] == version.as_str());
        let found = found.next().and_then(|row| row["id"].as_str());
        self.count(found.is_some());
        let Some(id) = found else { return };
        let detail = client.get(&format!("/api/admin/rilasci/{id}")).await.expect(200).json();
        assert_eq!(state_of(&detail), State::Draft);
        for file in detail["file"].as_array().expect("files") {
            assert_eq!(file["nome"], self.file(number));
            assert_eq!(file["sha256"], sha256(&content(number)), "a file is whole");
            assert_eq!(file["dimensione"], SIZE);
        }
        assert!(self.send(client, id, number).await.is_ok(), "it runs");
        self.releases.push(Release { id: id.to_owned(), number, state: State::Draft });
    }

    /// The numbers of the releases in a channel, ascending.
    fn in_channel(&self, channel: &str) -> Vec<u32> {
        let states: &[State] =
            if channel == "beta" { &[State::Beta, State::Both] } else { &[State::Both] };
        let there = self.releases.iter().filter(|release| states.contains(&release.state));
        there.map(|release| release.number).collect()
    }

    /// Holds what clients see of his releases, and what the API lists, against what he knows.
    pub(super) async fn compare(&self, url: &str, seen: &Targets) {
        let mut expected = Targets::new();
        for channel in ["beta", "stable"] {
            for number in self.in_channel(channel) {
                let path = format!("{channel}/{}/{}", version(number), self.file(number));
                let sha256 = sha256(&content(number));
                expected.insert(path, Target { length: SIZE as u64, sha256 });
            }
        }
        let is_ours = |path: &str| path.split('/').nth(1).is_some_and(|it| it.starts_with("2."));
        let (ours, before): (Targets, Targets) =
            seen.clone().into_iter().partition(|(path, _)| is_ours(path));
        assert_eq!(ours, expected);
        assert_eq!(before.len(), 12, "those of the demo stay: {:?}", before.keys());
        let path =
            format!("/api/admin/rilasci?prodotto={}&stato=published&limit=100", self.product);
        let list = self.client(url).get(&path).await.expect(200).json();
        let rows = list["dati"].as_array().expect("rows").iter();
        let ours =
            rows.filter(|row| row["versione"].as_str().is_some_and(|it| it.starts_with('2')));
        let listed: BTreeSet<(String, bool)> = ours
            .map(|row| {
                let channels = row["canali"].as_array().expect("channels");
                (row["versione"].as_str().unwrap_or_default().to_owned(), channels.len() == 2)
            })
            .collect();
        let stable = self.in_channel("stable");
        let known = self.in_channel("beta").into_iter();
        let known = known.map(|number| (version(number), stable.contains(&number)));
        assert_eq!(listed, known.collect::<BTreeSet<_>>());
    }

    /// Feeds offer the newest release of their channel, and its file is whole.
    pub(super) async fn feeds(&self, client: &Client, base: &str) {
        for channel in ["beta", "stable"] {
            let newest = self.in_channel(channel).last().copied();
            let tauri = format!("{base}/tauri/{channel}/windows/x86_64/0.1.0");
            let tauri = client.get(&tauri).await;
            let electron = client.get(&format!("{base}/electron/{channel}/latest.yml")).await;
            let electron = electron.expect(200).body;
            let Some(newest) = newest else {
                tauri.assert(204);
                assert!(electron.starts_with("version: \"1.2.0\"\n"), "{electron}");
                continue;
            };
            assert_eq!(tauri.expect(200).json()["version"], version(newest));
            let begin = format!("version: \"{}\"\n", version(newest));
            assert!(electron.starts_with(&begin), "{electron} is not {begin}");
            let file = self.file(newest);
            for path in [
                format!("{base}/files/{}/{file}", version(newest)),
                format!("{base}/targets/{channel}/{}/{file}", version(newest)),
            ] {
                let bytes = cockpit_tests::tuf::fetch(client, &path).await;
                let bytes = bytes.expect("it runs").expect("the file");
                assert_eq!(sha256(&bytes), sha256(&content(newest)), "{path}");
            }
        }
    }

    /// A file that signed metadata names: the newest in `beta`, else one of the demo.
    pub(super) fn newest(&self) -> String {
        let newest = self.in_channel("beta").last().copied();
        newest.map_or_else(
            || format!("stable/1.0.0/{}-1.0.0-x64.exe", self.product),
            |number| format!("beta/{}/{}", version(number), self.file(number)),
        )
    }

    /// How many releases he made.
    pub(super) fn made(&self) -> usize {
        self.releases.len()
    }
}

/// Sends a request; the server may go away before it answers.
async fn ask(request: reqwest::RequestBuilder, client: &Client) -> Result<Answer, Gone> {
    client.try_send(request).await.map_err(|_| Gone)
}

fn state_of(detail: &Value) -> State {
    let channels = detail["canali"].as_array().expect("channels").len();
    match (detail["stato"].as_str(), channels) {
        (Some("bozza"), _) => State::Draft,
        (Some("pubblicato"), 1) => State::Beta,
        (Some("pubblicato"), 2) => State::Both,
        (Some("ritirato"), _) => State::Yanked,
        _ => panic!("{detail}"),
    }
}

fn version(number: u32) -> String {
    format!("2.{number}.0")
}

/// The file of a release: the same in each run.
fn content(number: u32) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(u64::from(number));
    std::iter::repeat_with(|| random.u8(..)).take(SIZE).collect()
}

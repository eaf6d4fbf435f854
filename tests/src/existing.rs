//! The existing cockpit of `host/examples`, which ours joins: mounted in it, or running beside it.

use std::fs::File;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::client::{Answer, Client};
use crate::place::Place;
use crate::server::{Cockpit, Process, free_port};
use crate::{environment, eventually};

/// How long it may take to end.
const STOP: Duration = Duration::from_secs(30);

/// A running existing cockpit, killed when dropped.
pub struct Existing {
    /// Where it answers, without a final slash.
    pub url: String,
    /// Where ours answers, without a final slash.
    pub ours: String,
    // Before the other cockpit and the place: it must have ended when their database is dropped.
    process: Process,
    /// The cockpit that runs beside it.
    pub beside: Option<Cockpit>,
    /// Where it runs.
    _place: Option<Place>,
}

impl Existing {
    /// With the cockpit of `place` mounted in it.
    pub async fn mounting(place: Place) -> Self {
        let url = format!("http://127.0.0.1:{}", free_port());
        let data = place.data();
        let process = started(&place, &url, &["--data", data.to_str().expect("UTF-8")]);
        let ours = format!("{url}/crm-base");
        Self { url, ours, process, beside: None, _place: Some(place) }.ready().await
    }

    /// With the cockpit of `place` running beside it.
    pub async fn beside(place: Place) -> Self {
        let url = format!("http://127.0.0.1:{}", free_port());
        let keys = place.file("keys/jwks.json");
        let place = place
            .with("COCKPIT_SSO__ISSUER", "https://existing.example")
            .with("COCKPIT_SSO__KEYS", keys.to_str().expect("UTF-8"))
            .with("COCKPIT_SSO__CREATE_USERS", "true")
            .with("COCKPIT_SSO__ROLES", "chief=superadmin,seller=agent")
            .with("COCKPIT_SSO__ORGANISATIONS", &format!("head-office={ROOT}"))
            .with("COCKPIT_COCKPIT__ORIGINS", &url);
        let cockpit = Cockpit::serve(place).await;
        let process = started(&cockpit.place, &url, &["--cockpit", &cockpit.url]);
        let ours = cockpit.url.clone();
        Self { url, ours, process, beside: Some(cockpit), _place: None }.ready().await
    }

    async fn ready(self) -> Self {
        let client = Client::anonymous(&self.url);
        eventually("the existing cockpit answers", async || {
            let request = client.request(reqwest::Method::GET, "/");
            client.try_send(request).await.is_ok_and(|answer| answer.status == 200)
        })
        .await;
        self
    }

    /// A browser that is signed in at the existing cockpit.
    pub async fn signed_in(&self, name: &str) -> Client {
        let browser = Client::browser(&self.url);
        browser.submit("/login", &[("name", name), ("password", "existing")]).await.assert(303);
        browser
    }

    /// What the frame in a page of the existing cockpit shows: a page of ours.
    pub async fn framed(&self, browser: &Client, page: &Answer) -> Answer {
        let source = page.body.split("<iframe").nth(1).and_then(|rest| rest.split("src=\"").nth(1));
        let source = source.and_then(|rest| rest.split('"').next());
        let source = source.unwrap_or_else(|| panic!("no frame in {}", page.body));
        let signed_in = browser.get(&crate::html::unescaped(source)).await.expect(303);
        let origin = self.ours.strip_suffix("/crm-base").unwrap_or(&self.ours);
        browser.get(&format!("{origin}{}", signed_in.header("location"))).await
    }

    /// Ends it as an administrator would.
    pub async fn stopped(mut self) -> ExitStatus {
        let id = i32::try_from(self.process.child.id()).ok().and_then(Pid::from_raw);
        kill_process(id.expect("an id"), Signal::INT).expect("a running process");
        let started = Instant::now();
        while started.elapsed() < STOP {
            if let Some(status) = self.process.child.try_wait().expect("a child") {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it does not end");
    }
}

/// The root of the tree of organisations, in every installation.
const ROOT: &str = "00000000-0000-7000-8000-000000000001";

fn started(place: &Place, url: &str, arguments: &[&str]) -> Process {
    let log = place.file("existing.txt");
    let file = || File::options().create(true).append(true).open(&log).expect("a log");
    let child = Command::new(environment::existing_cockpit())
        .arg("--keys")
        .arg(place.file("keys"))
        .args(["--listen", url.trim_start_matches("http://")])
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::from(file()))
        .stderr(Stdio::from(file()))
        .spawn()
        .expect("it starts");
    Process { child, log }
}

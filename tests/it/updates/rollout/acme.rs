//! A vendor whose releases have a file for every client, and what each client is told of them.

use cockpit_tests::tuf::Trusted;
use cockpit_tests::vendor_keys::{minisign, minisign_key, sparkle, sparkle_key};
use cockpit_tests::{Client, Cockpit};
use reqwest::Method;
use serde_json::{Value, json};

/// The vendor's own connection, and the addresses programs ask at.
pub(super) struct Acme {
    vendor: Client,
    client: Client,
    /// Code of the product, which anybody may have.
    pub(super) product: String,
    /// What stands before the protocol in the address of one licence.
    pub(super) licensed: String,
}

/// A program that asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Running<'a> {
    /// What it runs.
    pub(super) version: &'a str,
    /// What it calls itself, where its protocol can say it.
    pub(super) installation: Option<&'a str>,
}

/// What it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    /// To run this version.
    Version(String),
    /// To stay what it is.
    NoNews,
}

impl Acme {
    /// Makes the product of the demo one that anybody may have, without a rollout.
    pub(super) async fn open(cockpit: &Cockpit) -> Self {
        let updates = &cockpit.told().updates;
        let acme = Self {
            vendor: cockpit.software(),
            client: cockpit.anonymous(),
            product: updates.product.clone(),
            licensed: format!("/u/{}", updates.token),
        };
        let body = json!({ "accesso": "pubblico", "chiave_minisign": minisign_key(),
            "chiave_sparkle": sparkle_key(),
            "stop_percentuale": 10, "stop_minimo": 20 });
        let path = format!("/api/admin/aggiornamenti/{}", acme.product);
        let vendor = &acme.vendor;
        vendor.send(vendor.request(Method::PUT, &path).json(&body)).await.assert(200);
        let list = vendor.get("/api/admin/distribuzioni").await.expect(200).json();
        acme.steer(list["dati"][0]["id"].as_str().expect("the demo's"), "concludi").await;
        acme
    }

    /// The same after the server was started anew.
    pub(super) fn at(self, cockpit: &Cockpit, token: &str) -> Self {
        let vendor = Client::with_token(&cockpit.url, token);
        Self { vendor, client: cockpit.anonymous(), ..self }
    }

    /// What stands before the protocol for everybody.
    pub(super) fn public(&self) -> String {
        format!("/u/~{}", self.product)
    }

    /// Publishes a release in `stable`; answers the id of its rollout, if it has one.
    pub(super) async fn release(&self, version: &str, stages: &Value, is_step: bool) -> String {
        let body = json!({ "prodotto": self.product, "versione": version, "canali": ["stable"],
            "tappa": is_step });
        let made = self.vendor.post("/api/admin/rilasci", &body).await.expect(201).json();
        let id = made["id"].as_str().expect("an id");
        let (setup, content) = (format!("Acme-{version}-setup.exe"), format!("Acme {version}"));
        let signature = minisign(content.as_bytes(), &setup, version);
        for (name, body) in [
            (setup.clone(), content.clone()),
            (format!("{setup}.minisig"), signature),
            (format!("Acme-{version}-mac.zip?piattaforma=macos&architettura=any"), content.clone()),
            (format!("Acme.App-{version}-full.nupkg?piattaforma=windows"), content.clone()),
        ] {
            let path = format!("/api/admin/rilasci/{id}/file/{name}");
            let put = self.vendor.request(Method::PUT, &path).body(body);
            self.vendor.send(put).await.assert(200);
        }
        let body = json!({ "firma_sparkle": sparkle(content.as_bytes()) });
        let path = format!("/api/admin/rilasci/{id}/file/Acme-{version}-mac.zip");
        let signed = self.vendor.request(Method::PATCH, &path).json(&body);
        self.vendor.send(signed).await.assert(200);
        let body = json!({ "conferma_avvisi": true, "fasi": stages });
        let path = format!("/api/admin/rilasci/{id}/pubblica");
        self.vendor.post(&path, &body).await.assert(200);
        let path = "/api/admin/distribuzioni?stato=running";
        let list = self.vendor.get(path).await.expect(200).json();
        list["dati"][0]["id"].as_str().unwrap_or_default().to_owned()
    }

    /// Steers a rollout.
    pub(super) async fn steer(&self, rollout: &str, act: &str) {
        let path = format!("/api/admin/distribuzioni/{rollout}/{act}");
        self.vendor.post(&path, &json!({})).await.assert(200);
    }

    /// Where a rollout stands.
    pub(super) async fn state_of(&self, rollout: &str) -> String {
        let path = format!("/api/admin/distribuzioni/{rollout}");
        let rollout = self.vendor.get(&path).await.expect(200).json();
        rollout["stato"].as_str().unwrap_or_default().to_owned()
    }

    /// Takes a release back.
    pub(super) async fn yank(&self, version: &str) {
        let path = format!("/api/admin/rilasci?prodotto={}&versione={version}", self.product);
        let list = self.vendor.get(&path).await.expect(200).json();
        let id = list["dati"][0]["id"].as_str().expect("one");
        let body = json!({ "motivo": "It breaks" });
        self.vendor.post(&format!("/api/admin/rilasci/{id}/ritira"), &body).await.assert(200);
    }

    /// The files of a release are not handed out any more.
    pub(super) async fn is_gone(&self, version: &str) {
        for path in [
            format!("files/{version}/Acme-{version}-setup.exe"),
            format!("targets/stable/{version}/Acme-{version}-setup.exe"),
            format!("electron/stable/Acme-{version}-setup.exe"),
            format!("velopack/stable/Acme.App-{version}-full.nupkg"),
        ] {
            self.client.get(&format!("{}/{path}", self.public())).await.assert(404);
        }
    }

    /// What a program that runs `running` is told in each protocol at this address.
    pub(super) async fn everywhere(
        &self,
        base: &str,
        running: &Running<'_>,
    ) -> Vec<(&'static str, Seen)> {
        let (version, named) = (running.version, running.installation.unwrap_or_default());
        let key = match base.strip_prefix("/u/") {
            Some(secret) if !secret.starts_with('~') => format!("&key={secret}"),
            _ => String::new(),
        };
        let check = format!(
            "/api/aggiornamenti/verifica?prodotto={}&versione={version}&piattaforma=windows\
             &formato=nsis&installazione={named}{key}",
            self.product
        );
        let local = format!("localVersion={version}");
        let mut all = Vec::new();
        for (protocol, path) in [
            ("verifica", check),
            ("tauri", format!("{base}/tauri/stable/windows/x86_64/{version}")),
            ("electron", format!("{base}/electron/stable/latest.yml?versione={version}")),
            ("electron", format!("{base}/electron/stable/latest-mac.yml?versione={version}")),
            ("sparkle", format!("{base}/sparkle/stable/appcast.xml")),
            ("squirrel", format!("{base}/squirrel/stable/RELEASES?{local}")),
            ("squirrel-mac", format!("{base}/squirrel-mac/stable?version={version}")),
            (
                "velopack",
                format!("{base}/velopack/stable/releases.win.json?{local}&stagingId={named}"),
            ),
        ] {
            let request = self.client.request(Method::GET, &path);
            let request = match running.installation {
                Some(named) if protocol == "electron" => request.header("x-user-staging-id", named),
                _ => request,
            };
            let answer = self.client.send(request).await;
            let seen = match answer.status {
                204 => Seen::NoNews,
                200 => newest(&answer.body),
                _ => panic!("{path}: {} {}", answer.status, answer.body),
            };
            all.push((protocol, seen));
        }
        let mut trusted = Trusted::begin(&self.client, base).await;
        let targets = trusted.walk(&self.client, base).await.expect("it runs");
        let stable: Vec<_> = targets.keys().filter(|path| path.starts_with("stable/")).collect();
        all.push(("tuf", newest(&format!("{stable:?}"))));
        all
    }

    /// Fails unless this version is what everybody is brought to, in each protocol.
    pub(super) async fn all_get(&self, base: &str, running: &Running<'_>, version: &str) {
        let expected = Seen::Version(version.to_owned());
        for (protocol, seen) in self.everywhere(base, running).await {
            let is_there = running.version == version && seen == Seen::NoNews;
            assert!(
                seen == expected || is_there,
                "{protocol} at {base}: {running:?} is told {seen:?}, not {version}"
            );
        }
    }

    /// Fails unless a program that runs `from` is led to `to`, where its protocol says what it runs;
    /// the others say it in their own way.
    pub(super) async fn steps(&self, from: &str, to: &str) {
        let running = Running { version: from, installation: None };
        for (protocol, seen) in self.everywhere(&self.public(), &running).await {
            match protocol {
                // Feeds for all: the client is told what it must have before.
                "sparkle" | "tuf" => assert_eq!(seen, Seen::Version("2.3.0".to_owned())),
                _ => assert_eq!(seen, Seen::Version(to.to_owned()), "{protocol} from {from}"),
            }
        }
        let path = format!("{}/sparkle/stable/appcast.xml", self.public());
        let feed = self.client.get(&path).await.expect(200).body;
        let step = format!("{}/files/2.2.0/Acme-2.2.0-setup.exe", self.public());
        let is_out = self.client.get(&step).await.status == 200;
        let asks = feed.contains("<sparkle:minimumUpdateVersion>2.2.0</");
        assert_eq!(asks, is_out, "{feed}");
    }
}

/// The highest version `2.x.0` a text names; one below those of the demo is no news.
fn newest(text: &str) -> Seen {
    let named = |minor: &u32| text.contains(&format!("2.{minor}.0"));
    let minor = (0..10).rev().find(named);
    minor.map_or(Seen::NoNews, |minor| Seen::Version(format!("2.{minor}.0")))
}

//! Debian's chromedriver with a Chromium of its own; both end with the test.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use cockpit_tests::environment;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Whether pages may run scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// As in most browsers.
    On,
    /// As some people have it.
    Off,
}

/// A running chromedriver.
pub(super) struct Driver {
    process: Child,
    /// Where it answers.
    pub(super) url: String,
    /// The session in it, once there is one.
    pub(super) session: String,
    /// The name under which a failure leaves its traces.
    name: &'static str,
    profile: TempDir,
}

impl Driver {
    /// Starts it on a port that it chooses itself.
    pub(super) fn start(name: &'static str) -> Self {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("chromedriver is installed");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let port = output.lines().map_while(Result::ok).find_map(|line| {
            let port = line.split_once("started successfully on port ")?.1;
            Some(port.trim_end_matches('.').to_owned())
        });
        let profile = tempfile::Builder::new().prefix("cockpit-browser-").tempdir();
        Self {
            process,
            url: format!("http://127.0.0.1:{}", port.expect("it says where it listens")),
            session: String::new(),
            name,
            profile: profile.expect("a directory"),
        }
    }

    /// What the browser is asked to be.
    pub(super) fn capabilities(&self, script: Script) -> Value {
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--force-prefers-reduced-motion",
            "--lang=en",
            &profile,
        ];
        let javascript = if script == Script::On { 1 } else { 2 };
        json!({
            "goog:chromeOptions": {
                "args": arguments,
                "prefs": {
                    "profile.managed_default_content_settings.javascript": javascript,
                    "intl.accept_languages": "en",
                },
            },
            "goog:loggingPrefs": { "browser": "WARNING" },
        })
    }

    /// A request that fantoccini does not know.
    pub(super) async fn send(&self, path: &str, body: &Value) -> Value {
        let url = format!("{}/session/{}/{path}", self.url, self.session);
        let answer = reqwest::Client::new().post(&url).json(body).send().await;
        let answer: Value = answer.expect("chromedriver answers").json().await.expect("JSON");
        assert!(answer["value"]["error"].is_null(), "{path}: {answer}");
        answer["value"].clone()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let session = format!("{}/session/{}", self.url, self.session);
        let traces = std::thread::panicking().then(|| traces(self.name));
        // The test's own runtime cannot be waited for here.
        let ended = std::thread::spawn(move || end(&session, traces));
        let _ = ended.join();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where a failure of this test leaves what the browser showed, without extension.
fn traces(name: &str) -> PathBuf {
    environment::repository().join("target/browser").join(name)
}

/// Ends the browser; after a failure it is asked first what it shows.
fn end(session: &str, traces: Option<PathBuf>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(10)).build();
        let client = client.expect("a client");
        if let Some(path) = traces {
            let _ = std::fs::create_dir_all(path.parent().expect("a folder"));
            let shown = async |what: &str| -> Option<Value> {
                client.get(format!("{session}/{what}")).send().await.ok()?.json().await.ok()
            };
            for (what, extension) in [("screenshot", "png"), ("source", "html"), ("url", "url")] {
                let answer = shown(what).await.unwrap_or_default();
                let text = answer["value"].as_str().unwrap_or_default();
                let content = if what == "screenshot" { decoded(text) } else { text.into() };
                let _ = std::fs::write(path.with_extension(extension), content);
            }
            eprintln!("what the browser showed: {}.png and .html", path.display());
        }
        let _ = client.delete(session).send().await;
    });
}

fn decoded(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).unwrap_or_default()
}

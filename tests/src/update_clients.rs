//! Clients of update servers as their makers publish them, run as programs of their own.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::client::Client;
use crate::environment::{python, repository, variable};
use crate::eventually;
use crate::jws::sha256;
use crate::server::free_port;

/// A client of TUF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tuf {
    /// `ngclient` of python-tuf.
    Python,
    /// tuf-js.
    Node,
}

impl Tuf {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Python, Self::Node];
}

/// An installation with a client of TUF: what it trusts is kept from one time to the next.
#[derive(Debug)]
pub struct TufClient {
    /// Which one.
    pub kind: Tuf,
    kept: TempDir,
}

impl TufClient {
    /// A new installation; the first root came with the program.
    pub fn new(kind: Tuf, root: &[u8]) -> Self {
        let kept = tempfile::tempdir().expect("a directory");
        std::fs::write(kept.path().join("first.json"), root).expect("a file");
        Self { kind, kept }
    }

    /// Refreshes and downloads the target; what came of it: `ok`, then `root`, `timestamp`, `snapshot`
    /// and `target`, or `error` and `message`.
    pub async fn ask(&self, base: &str, target: &str) -> Value {
        self.run(base, target, &[]).await
    }

    /// The same on a machine whose clock is so many days ahead.
    pub async fn ask_after(&self, days: u32, base: &str, target: &str) -> Value {
        self.run(base, target, &["--days", &days.to_string()]).await
    }

    /// The same with names of targets asked for as they are, without a hash in them. Python only.
    pub async fn ask_plainly(&self, base: &str, target: &str) -> Value {
        self.run(base, target, &["--plain"]).await
    }

    async fn run(&self, base: &str, target: &str, more: &[&str]) -> Value {
        let (mut command, script) = match self.kind {
            Tuf::Python => (Command::new(python()), "tuf_client.py"),
            Tuf::Node => (node(), "tuf_client.mjs"),
        };
        let kept = self.kept.path();
        command.arg(repository().join("tests/it/updates").join(script)).arg(base);
        command.arg(kept.join("first.json")).arg(target).arg(kept.join("trusted")).args(more);
        told(command).await
    }
}

/// An installation with electron-updater.
#[derive(Debug)]
pub struct Electron {
    cache: TempDir,
    installation: String,
    /// What it runs, for a differential download.
    pub old: Option<PathBuf>,
}

impl Electron {
    /// A new installation, which calls itself so.
    pub fn new(installation: &str) -> Self {
        let cache = tempfile::tempdir().expect("a directory");
        Self { cache, installation: installation.to_owned(), old: None }
    }

    /// Has downloaded this installer before.
    pub fn has(&mut self, content: &[u8]) {
        let path = self.cache.path().join("old.exe");
        std::fs::write(&path, content).expect("a file");
        self.old = Some(path);
    }

    /// Checks `feed` for Windows while `version` runs, with what `more` says besides; see
    /// `electron_client.mjs` for it and for what is answered.
    pub async fn ask(&self, feed: &str, version: &str, more: Value) -> Value {
        let mut asked = json!({
            "feed": feed, "version": version, "platform": "win32",
            "installation": self.installation, "cache": self.cache.path().join("cache"),
            "old": self.old,
        });
        if let (Value::Object(asked), Value::Object(more)) = (&mut asked, more) {
            asked.extend(more);
        }
        let mut command = node();
        command.arg(repository().join("tests/it/updates/electron_client.mjs"));
        command.arg(asked.to_string());
        told(command).await
    }
}

/// An installation with Velopack, of the channel `win`.
#[derive(Debug)]
pub struct Velopack {
    installed: TempDir,
}

impl Velopack {
    /// A new installation.
    pub fn new() -> Self {
        Self { installed: tempfile::tempdir().expect("a directory") }
    }

    /// Checks `feed` while `version` runs and downloads what is offered; what came of it: `available`,
    /// then `version`, `downgrade` and `sha256`, or `error`.
    pub async fn ask(&self, feed: &str, version: &str) -> Value {
        self.run(feed, version, &[]).await
    }

    /// The same where the program lets itself be taken back.
    pub async fn ask_even_for_older(&self, feed: &str, version: &str) -> Value {
        self.run(feed, version, &["--downgrade"]).await
    }

    async fn run(&self, feed: &str, version: &str, more: &[&str]) -> Value {
        let mut command = Command::new(python());
        command.arg(repository().join("tests/it/updates/velopack_client.py"));
        command.args([feed, version]).arg(self.installed.path()).args(more);
        told(command).await
    }
}

impl Default for Velopack {
    fn default() -> Self {
        Self::new()
    }
}

/// A folder behind a web server that knows nothing of updates.
#[derive(Debug)]
pub struct Folder {
    /// Its address, without a final slash.
    pub url: String,
    _process: Child,
}

impl Folder {
    /// Serves `folder` until it is dropped.
    pub async fn serve(folder: &Path) -> Self {
        let port = free_port();
        let mut command = Command::new(python());
        command.args(["-m", "http.server", "--bind", "127.0.0.1", "--directory"]).arg(folder);
        command.arg(port.to_string()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.kill_on_drop(true).spawn().expect("a program");
        let url = format!("http://127.0.0.1:{port}");
        let client = Client::anonymous(&url);
        let answers = || async { client.try_send(client.request(Method::GET, "/")).await.is_ok() };
        eventually("the folder is served", answers).await;
        Self { url, _process: process }
    }
}

fn node() -> Command {
    let modules = variable("COCKPIT_TEST_NODE_MODULES")
        .unwrap_or_else(|| repository().join("target/tools/node_modules").display().to_string());
    let mut command = Command::new("node");
    command.env("COCKPIT_TEST_NODE_MODULES", modules);
    command
}

async fn told(mut command: Command) -> Value {
    let output = command.stdin(Stdio::null()).output().await.expect("a program");
    let told = String::from_utf8_lossy(&output.stdout);
    let line = told.lines().last().unwrap_or_default();
    serde_json::from_str(line)
        .unwrap_or_else(|_| panic!("{told}{}", String::from_utf8_lossy(&output.stderr)))
}

/// The file at `path`, which must be there.
pub async fn file(client: &Client, path: &str) -> Vec<u8> {
    let found = crate::tuf::fetch(client, path).await.expect("it runs");
    found.unwrap_or_else(|| panic!("{path} is not there"))
}

/// Fails unless the client got the target, and it is `content`.
#[track_caller]
pub fn accepted(outcome: &Value, content: &[u8]) {
    assert_eq!(outcome["ok"], true, "{outcome}");
    assert_eq!(outcome["target"]["sha256"], sha256(content).as_str(), "{outcome}");
}

/// Fails unless the client refused for one of these reasons: a class of errors or, where tuf-js wraps
/// one up in another, words of its message.
#[track_caller]
pub fn refused(outcome: &Value, reasons: &[&str]) {
    let text = |name: &str| outcome[name].as_str().unwrap_or_default();
    let (error, message) = (text("error"), text("message"));
    let is_wrapped = error == "RuntimeError";
    let mut reasons_met = reasons
        .iter()
        .filter(|reason| error == **reason || is_wrapped && message.contains(**reason));
    let is_refused = outcome["ok"] == false && reasons_met.next().is_some();
    assert!(is_refused, "{outcome} is not {reasons:?}");
}

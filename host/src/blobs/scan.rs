//! Looks for viruses in files: a program that the administrator chose gets each one on its standard
//! input, and says with its exit status what it found.

use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use plugin_api::lent::Scan;
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use crate::config;

/// How much of what a scanner says is listened to, bytes.
const HEARD: u64 = 64 * 1024;
/// How much of it is told, characters.
const TOLD: usize = 500;
/// How long between two looks whether it is done.
const LOOK: Duration = Duration::from_millis(20);
/// Where a scanner finds programs; it gets nothing else of our environment, which holds secrets.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The content of a file.
pub(super) type Content = BoxStream<'static, io::Result<Bytes>>;

/// The scanner of the settings, if there is one; looks at one file at a time.
#[derive(Debug, Clone)]
pub struct Scanner {
    command: Arc<[String]>,
    limit: Duration,
    turn: Arc<Semaphore>,
}

impl Scanner {
    /// The one of the settings.
    pub fn of(config: &config::Scan) -> Self {
        Self {
            command: config.command.clone().into(),
            limit: Duration::from_secs(config.timeout_seconds),
            turn: Arc::new(Semaphore::new(1)),
        }
    }

    /// Whether there is one.
    pub fn is_there(&self) -> bool {
        !self.command.is_empty()
    }

    /// What it says of this content.
    pub(super) async fn scan(&self, content: Content) -> Scan {
        if !self.is_there() {
            return Scan::NotConfigured;
        }
        let Ok(_turn) = self.turn.acquire().await else {
            return Scan::Failed("the host stops".to_owned());
        };
        match timeout(self.limit, run(&self.command, content)).await {
            Ok(Ok(scan)) => scan,
            Ok(Err(error)) => Scan::Failed(error.to_string()),
            Err(_) => Scan::Failed(format!("no answer within {} s", self.limit.as_secs())),
        }
    }
}

/// A scanner at work. It ends with whoever waits for it, and everything it started.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(Some(_))) {
            return;
        }
        if let Some(group) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
            // It may be gone by now; then there is nothing to end.
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.0.wait();
    }
}

impl Running {
    fn start(command: &[String]) -> io::Result<Self> {
        let (program, arguments) =
            command.split_first().ok_or_else(|| io::Error::other("there is no scanner"))?;
        let child = Command::new(program)
            .args(arguments)
            .env_clear()
            .env("PATH", PATH)
            .env("LC_ALL", "C")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn();
        child.map(Self).map_err(|error| io::Error::other(format!("{program}: {error}")))
    }

    async fn end(&mut self) -> io::Result<ExitStatus> {
        loop {
            if let Some(status) = self.0.try_wait()? {
                return Ok(status);
            }
            sleep(LOOK).await;
        }
    }
}

async fn run(command: &Arc<[String]>, content: Content) -> io::Result<Scan> {
    let command = Arc::clone(command);
    let started = spawn_blocking(move || Running::start(&command)).await;
    let mut running = started.map_err(io::Error::other)??;
    let (input, output, errors) =
        (running.0.stdin.take(), running.0.stdout.take(), running.0.stderr.take());
    let fed = feed(input.map(OwnedFd::from), content);
    let (all, output, errors) = tokio::join!(fed, heard(output), heard(errors));
    let status = running.end().await?;
    let said = [output?, errors?].iter().find_map(|text| first_line(text));
    Ok(match (status.code(), all?) {
        (Some(0), true) => Scan::Clean,
        (Some(0), false) => Scan::Failed("it did not read the whole file".to_owned()),
        (Some(1), _) => Scan::Infected(said.unwrap_or_else(|| "it does not say what".to_owned())),
        _ => Scan::Failed(said.unwrap_or_else(|| status.to_string())),
    })
}

/// Hands the content to a scanner; false when it closed its input before the end.
async fn feed(input: Option<OwnedFd>, mut content: Content) -> io::Result<bool> {
    let Some(input) = input else { return Ok(false) };
    let mut input = File::from_std(input.into());
    while let Some(piece) = content.next().await {
        if input.write_all(&piece?).await.is_err() {
            return Ok(false);
        }
    }
    Ok(input.flush().await.is_ok())
}

/// What a scanner says until it says no more; of the rest only that it came.
async fn heard(from: Option<impl Read + Send + 'static>) -> io::Result<Vec<u8>> {
    let Some(mut from) = from else { return Ok(Vec::new()) };
    let hear = move || {
        let mut text = Vec::new();
        from.by_ref().take(HEARD).read_to_end(&mut text)?;
        io::copy(&mut from, &mut io::sink())?;
        Ok(text)
    };
    spawn_blocking(hear).await.map_err(io::Error::other)?
}

fn first_line(text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().filter(|c| !c.is_control()).take(TOLD).collect())
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use futures_util::stream;

    use super::*;

    /// The test file of EICAR, taken apart so that no scanner finds it here.
    const EICAR: [&str; 2] =
        ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"];
    /// Says it as clamdscan does.
    const SCRIPT: &str = "if grep -q EICAR-STANDARD-; then echo 'stream: Eicar FOUND'; exit 1; fi";

    fn scanner(script: &str, timeout_seconds: u64) -> Scanner {
        let command = ["/bin/sh", "-c", script].map(str::to_owned).to_vec();
        Scanner::of(&config::Scan { command, timeout_seconds })
    }

    fn content(pieces: &[&str]) -> Content {
        let pieces: Vec<_> =
            pieces.iter().map(|piece| Ok(Bytes::copy_from_slice(piece.as_bytes()))).collect();
        stream::iter(pieces).boxed()
    }

    async fn said(script: &str, pieces: &[&str]) -> Scan {
        scanner(script, 30).scan(content(pieces)).await
    }

    #[tokio::test]
    async fn the_exit_status_says_what_was_found() {
        assert_eq!(said(SCRIPT, &["nothing"]).await, Scan::Clean);
        assert_eq!(said(SCRIPT, &[]).await, Scan::Clean);
        let found = Scan::Infected("stream: Eicar FOUND".to_owned());
        assert_eq!(said(SCRIPT, &EICAR).await, found);
        let broken = "cat > /dev/null; echo 'no database' >&2; exit 2";
        assert_eq!(said(broken, &["x"]).await, Scan::Failed("no database".to_owned()));
        let none = Scanner::of(&config::Scan::default());
        assert!(!none.is_there());
        assert_eq!(none.scan(content(&["x"])).await, Scan::NotConfigured);
    }

    #[tokio::test]
    async fn who_does_not_look_at_everything_has_not_said_that_it_is_clean() {
        let large = "x".repeat(1024 * 1024);
        let pieces = [large.as_str(); 8];
        assert!(
            matches!(said("exit 0", &pieces).await, Scan::Failed(told) if told.contains("whole"))
        );
        let many = "cat > /dev/null; head -c 3000000 /dev/zero | tr '\\0' x; exit 2";
        assert!(matches!(said(many, &pieces).await, Scan::Failed(told) if told.len() == TOLD));
        let absent = config::Scan { command: vec!["/no/scanner".to_owned()], timeout_seconds: 5 };
        let failed = Scanner::of(&absent).scan(content(&["x"])).await;
        assert!(matches!(failed, Scan::Failed(told) if told.starts_with("/no/scanner")));
        let cut: Content =
            stream::iter([Ok(Bytes::from("x")), Err(io::Error::other("gone"))]).boxed();
        let failed = scanner(SCRIPT, 5).scan(cut).await;
        assert_eq!(failed, Scan::Failed("gone".to_owned()));
    }

    #[tokio::test]
    async fn one_that_hangs_is_ended_with_all_it_started() {
        let begun = Instant::now();
        let hangs = scanner("sleep 60 & sleep 60; wait", 1);
        let failed = hangs.scan(content(&["x"])).await;
        assert_eq!(failed, Scan::Failed("no answer within 1 s".to_owned()));
        assert!(begun.elapsed() < Duration::from_secs(20));
    }

    #[tokio::test]
    async fn one_file_is_looked_at_at_a_time_and_without_our_secrets() {
        let folder = tempfile::tempdir().expect("a folder");
        let alone = format!(
            "cat > /dev/null; mkdir {0}/turn || exit 2; sleep 0.1; rmdir {0}/turn",
            folder.path().display()
        );
        let scanner = scanner(&alone, 30);
        let scans = (0..4).map(|_| scanner.scan(content(&["x"])));
        let all = futures_util::future::join_all(scans).await;
        assert!(all.iter().all(|scan| *scan == Scan::Clean), "{all:?}");
        let environment =
            said("cat > /dev/null; env | grep -v ^PATH= | grep CARGO; exit 2", &[]).await;
        assert_eq!(environment, Scan::Failed("exit status: 2".to_owned()));
    }
}

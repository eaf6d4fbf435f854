//! A running server of our own, killed when dropped.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::client::Client;
use crate::demo::Demo;
use crate::libraries;
use crate::place::Place;
use crate::setup::{Linking, Setup};

/// How long a server may take to answer; generous, because tests share two processors.
const START: Duration = Duration::from_secs(90);
/// How long one may take to end.
const STOP: Duration = Duration::from_secs(30);

/// How much of its log a failed test shows.
const LAST_LINES: usize = 20;

/// A running server.
pub struct Cockpit {
    /// Where it answers, without a final slash.
    pub url: String,
    demo: Option<Demo>,
    // Before the place: it must have ended when its database is dropped.
    process: Process,
    /// What it runs on.
    pub place: Place,
}

/// A process that does not outlive its test.
pub(crate) struct Process {
    /// The process.
    pub(crate) child: Child,
    /// Where it complains.
    pub(crate) log: PathBuf,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(&self.log).unwrap_or_default();
            let lines: Vec<&str> = log.lines().collect();
            let last = &lines[lines.len().saturating_sub(LAST_LINES)..];
            eprintln!("the last lines of the server's log:\n{}", last.join("\n"));
        }
    }
}

impl Cockpit {
    /// `cockpit demo` in a new place, with its libraries signed and installed when it loads them.
    pub async fn demo(setup: Setup) -> Self {
        Self::demo_in(Place::prepared(setup).await).await
    }

    /// `cockpit demo` in this place.
    pub async fn demo_in(place: Place) -> Self {
        let mut arguments = vec!["demo".to_owned()];
        if let Some(url) = place.database_url() {
            arguments.extend(["--database".to_owned(), url.to_owned()]);
        }
        let mut cockpit = Self::start(place, &arguments, free_port()).await;
        let demo = Demo::read(&cockpit.place.data()).and_then(Result::ok);
        cockpit.demo = Some(demo.unwrap_or_else(|| cockpit.fail("there is no demo.json")));
        cockpit
    }

    /// `cockpit serve` in this place.
    pub async fn serve(place: Place) -> Self {
        Self::serve_at(place, free_port()).await
    }

    /// The same at this port, where clients may be asking already.
    pub async fn serve_at(place: Place, port: u16) -> Self {
        Self::start(place, &["serve".to_owned()], port).await
    }

    async fn start(place: Place, arguments: &[String], port: u16) -> Self {
        let address = format!("127.0.0.1:{port}");
        let file = |name| File::create(place.file(name)).expect("a log");
        let (stdout, stderr) = (file("stdout.txt"), file("stderr.txt"));
        let mut command = place.command();
        command.args(arguments).arg("--data").arg(place.data()).args(["--listen", &address]);
        let child = command
            .stdout(Stdio::from(stdout))
            .stderr(Stdio::from(stderr))
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let process = Process { child, log: place.file("stderr.txt") };
        let url = format!("http://{address}");
        let mut cockpit = Self { url, demo: None, process, place };
        cockpit.wait_until_ready(arguments[0] == "demo").await;
        cockpit
    }

    async fn wait_until_ready(&mut self, is_demo: bool) {
        let client = Client::anonymous(&self.url);
        let started = Instant::now();
        while started.elapsed() < START {
            if let Some(status) = self.process.child.try_wait().expect("a child") {
                self.fail(&format!("it ended with {status}"));
            }
            let answer = client.try_send(client.request(reqwest::Method::GET, "/readyz")).await;
            let is_ready = answer.is_ok_and(|answer| answer.status == 200);
            let told = Demo::read(&self.place.data());
            if let Some(Err(error)) = &told {
                self.fail(&format!("demo.json is not whole: {error}"));
            }
            let told = told.is_some_and(|demo| demo.is_ok_and(|demo| demo.url == self.url));
            if is_ready && (told || !is_demo) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        self.fail("it does not answer");
    }

    fn fail(&self, what: &str) -> ! {
        panic!("{what}\nstdout: {}\nstderr: {}", self.stdout(), self.log());
    }

    /// What `demo.json` says.
    pub fn told(&self) -> &Demo {
        self.demo.as_ref().expect("a demo")
    }

    /// What it printed.
    pub fn stdout(&self) -> String {
        std::fs::read_to_string(self.place.file("stdout.txt")).unwrap_or_default()
    }

    /// What it logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.place.file("stderr.txt")).unwrap_or_default()
    }

    /// The number of its process.
    pub fn process_id(&self) -> u32 {
        self.process.child.id()
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        self.process.child.try_wait().expect("a child").is_none()
    }

    /// A client without any right.
    pub fn anonymous(&self) -> Client {
        Client::anonymous(&self.url)
    }

    /// Software with the token of the demo.
    pub fn software(&self) -> Client {
        Client::with_token(&self.url, &self.told().token)
    }

    /// A browser with nobody signed in.
    pub fn browser(&self) -> Client {
        Client::browser(&self.url)
    }

    /// A browser with the superadmin of the demo signed in.
    pub async fn superadmin(&self) -> Client {
        let person = &self.told().superadmin;
        self.signed_in(&person.email, &person.password).await
    }

    /// A browser with somebody signed in.
    pub async fn signed_in(&self, email: &str, password: &str) -> Client {
        let browser = self.browser();
        let answer = browser.sign_in(email, password).await;
        assert_eq!(answer.status, 303, "sign-in of {email}: {}", answer.body);
        browser
    }

    /// Asks it to end, without waiting.
    pub fn ask_to_stop(&self) {
        let id =
            i32::try_from(self.process.child.id()).ok().and_then(Pid::from_raw).expect("an id");
        kill_process(id, Signal::TERM).expect("a running process");
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        let started = Instant::now();
        while started.elapsed() < STOP {
            if let Some(status) = self.process.child.try_wait().expect("a child") {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.fail("it does not end");
    }

    /// Ends it at once, as a power cut would, and gives its place back.
    pub fn kill(mut self) -> Place {
        self.process.child.kill().expect("a running process");
        self.process.child.wait().expect("its end");
        self.place
    }

    /// Ends it as an administrator would, and gives its place back.
    pub async fn stop(mut self) -> Place {
        self.ask_to_stop();
        let status = self.ended().await;
        assert!(status.success(), "{status}: {}", self.log());
        self.place
    }
}

impl Place {
    /// A place for `setup`; a loaded one has a vendor and both of our libraries, signed.
    pub async fn prepared(setup: Setup) -> Self {
        let place = Self::new(setup).await;
        if setup.linking == Linking::Loaded {
            place.cockpit(&["init"]).success();
            for id in libraries::OURS {
                libraries::install(&place, id);
            }
        }
        place
    }
}

pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}

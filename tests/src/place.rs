//! A data directory of our own with its database, and the program that runs on it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use cockpit_database::throwaway::{self, ThrowAway};
use plugin_api::db::{Statement, Value};
use tempfile::TempDir;

use crate::environment;
use crate::setup::{Database, Linking, Setup};

/// A data directory, a database and a program, gone when dropped.
pub struct Place {
    directory: TempDir,
    database: Option<ThrowAway>,
    program: PathBuf,
    environment: Vec<(String, String)>,
}

/// How a command ended.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// What it printed.
    pub stdout: String,
    /// What it complained about.
    pub stderr: String,
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }
}

impl Outcome {
    /// Its output, which must be that of a success.
    #[track_caller]
    pub fn success(self) -> String {
        assert_eq!(self.code, Some(0), "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self.stdout
    }

    /// What it complained about, which must be that of a refusal and not of a crash.
    #[track_caller]
    pub fn refusal(self) -> String {
        let refused = self.code.is_some_and(|code| code != 0 && code != 101);
        assert!(refused, "{:?}\nstdout: {}\nstderr: {}", self.code, self.stdout, self.stderr);
        self.stderr
    }
}

impl Place {
    /// An empty place for `setup`; a loaded one has no libraries yet.
    pub async fn new(setup: Setup) -> Self {
        let database = match setup.database {
            Database::Sqlite => None,
            Database::MariaDb => {
                let url = throwaway::server().expect("readable").expect("COCKPIT_TEST_MARIADB");
                Some(ThrowAway::mariadb(&url).await.expect("a database of our own"))
            }
        };
        let program = match setup.linking {
            Linking::CompiledIn => environment::program(),
            Linking::Loaded => environment::bare_program(),
        };
        let directory = tempfile::Builder::new().prefix("cockpit-").tempdir().expect("a directory");
        Self { directory, database, program, environment: Vec::new() }
    }

    /// Sets a variable for every program that runs here from now on.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// A file outside the data directory.
    pub fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The address of the database, if it is a server's.
    pub fn database_url(&self) -> Option<&str> {
        self.database.as_ref()?.settings().url.as_deref()
    }

    /// Runs a statement on the database itself, as somebody who got hold of it could, and answers
    /// how many rows it changed; no server may run meanwhile.
    pub async fn tamper(&self, sql: &str) -> u64 {
        let database = self.opened().await;
        let statement = Statement::new(sql.to_owned()).render(database.dialect());
        let changed = database.execute(statement).await.expect("the statement runs");
        database.close().await;
        changed
    }

    /// The first column of what a query finds in the database itself; no server may run meanwhile.
    pub async fn numbers(&self, sql: &str) -> Vec<i64> {
        let database = self.opened().await;
        let statement = Statement::new(sql.to_owned()).render(database.dialect());
        let rows = database.query(statement).await.expect("the query runs");
        database.close().await;
        let number = |row: &[Value]| match row.first() {
            Some(Value::Int(number)) => *number,
            other => panic!("{other:?} is no number"),
        };
        rows.iter().map(number).collect()
    }

    async fn opened(&self) -> cockpit_database::Database {
        let settings = match &self.database {
            Some(database) => database.settings().clone(),
            None => cockpit_database::Settings::sqlite(self.data().join("cockpit.db")),
        };
        cockpit_database::Database::open(&settings).await.expect("it opens")
    }

    /// Runs `cockpit <arguments> --data <data>` to its end.
    pub fn cockpit<A: AsRef<std::ffi::OsStr>>(&self, arguments: &[A]) -> Outcome {
        let mut command = self.command();
        command.args(arguments).arg("--data").arg(self.data());
        run(&mut command)
    }

    /// Makes a user with this password.
    pub fn add_user(&self, email: &str, password: &str, roles: &[&str]) {
        std::fs::create_dir_all(self.data()).expect("the data directory");
        let mut command = self.command();
        command.args(["user", "add", "--email", email, "--name", "Somebody", "--password-stdin"]);
        command.args(roles.iter().flat_map(|role| ["--role", role]));
        command.arg("--data").arg(self.data());
        run_with_input(&mut command, password.as_bytes()).success();
    }

    /// The id of the installation, as an administrator finds it for the vendor.
    pub fn installation(&self) -> String {
        let told = self.cockpit(&["plugin", "list"]).success();
        let line = told.lines().find_map(|line| line.strip_prefix("Installation: "));
        line.unwrap_or_else(|| panic!("no installation in {told}")).trim().to_owned()
    }

    /// A key that unlocks `modules` of an installation, made with the vendor's key of this place.
    pub fn unlock_key(&self, installation: &str, modules: &[&str]) -> String {
        let key = crate::libraries::unlock_key(self);
        let key = key.to_str().expect("a path in UTF-8");
        let modules = modules.join(",");
        let arguments = ["vendor", "unlock-key", "--key", key, "--installation", installation];
        let more = ["--modules", &modules, "--days", "30"];
        self.cockpit(&[&arguments[..], &more[..]].concat()).success().trim().to_owned()
    }

    /// The program with the environment of this place and no arguments yet.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.stdin(Stdio::null()).current_dir(self.directory.path());
        without_ours(&mut command);
        if let Some(url) = self.database_url() {
            command.env("COCKPIT_DATABASE__URL", url);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// Settings of whoever runs the tests must not reach the programs under test.
fn without_ours(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("COCKPIT_") {
            command.env_remove(name);
        }
    }
}

/// Runs a command to its end.
#[track_caller]
pub fn run(command: &mut Command) -> Outcome {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}")).into()
}

/// Runs a command to its end with something to read.
#[track_caller]
pub fn run_with_input(command: &mut Command, input: &[u8]) -> Outcome {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut pipe = child.stdin.take().expect("its input");
    // A command that refuses its arguments ends without reading.
    let _ = pipe.write_all(input);
    drop(pipe);
    child.wait_with_output().expect("it ends").into()
}

/// Copies a file, also over one that is there.
pub fn copy(from: &Path, to: &Path) {
    std::fs::copy(from, to)
        .unwrap_or_else(|error| panic!("{} to {}: {error}", from.display(), to.display()));
}

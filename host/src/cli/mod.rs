//! The command line: every act an administrator needs where there is no browser.

mod audit;
mod demo;
mod exit;
mod init;
mod keys;
mod mail;
mod migrate;
mod open;
mod password;
mod plugin;
mod reference;
mod release;
mod routes;
mod serve;
mod settings;
#[cfg(test)]
mod tests;
mod token;
mod unlock;
mod user;
mod vendor;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Given, Loaded, Sources};

pub(crate) use exit::Failure;
pub(crate) use open::{make_directory, started};
pub(crate) use password::fresh_password;

use open::{Opened, listener, stop_signal};

/// Sells, activates and counts what you licence: one web application whose CRM section is made of
/// plugins.
#[derive(Debug, Parser)]
#[command(name = "cockpit", version, after_help = EXAMPLES, after_long_help = LONG)]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Where everything is kept; the same flags on every command.
#[derive(Debug, Default, clap::Args)]
struct Place {
    /// Directory of the database, the keys and the plugins [default: cockpit-data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Settings file [default: cockpit.toml in the data directory, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address of a MariaDB to use instead of SQLite
    ///
    /// Other users of this machine see the arguments of running programs; where that matters, use
    /// `COCKPIT_DATABASE__URL` or `COCKPIT_DATABASE__URL_FILE`.
    #[arg(long, global = true, value_name = "mysql://USER:PASSWORD@HOST:3306/NAME")]
    database: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve pages and API until told to stop; this is what `cockpit` alone does
    Serve(serve::Serve),
    /// Serve a fictitious company with customers and licences, to look around
    Demo(demo::Demo),
    /// Make a data directory: database, keys, a settings file to fill in
    #[command(after_help = "\
Examples:
  cockpit init
  cockpit init --data /var/lib/cockpit")]
    Init,
    /// Enter a key that unlocks plugins
    Unlock(unlock::Unlock),
    /// See which plugins there are; sign a plugin library or check its signature
    #[command(subcommand)]
    Plugin(plugin::Plugin),
    /// Make users
    #[command(subcommand)]
    User(user::User),
    /// Make API tokens
    #[command(subcommand)]
    Token(token::Token),
    /// Publish releases of your software on a cockpit, from a build server
    #[command(subcommand)]
    Release(release::Release),
    /// Try the settings of mails out
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Bring the database up to date, or show what that would do
    Migrate(migrate::Migrate),
    /// Replace signing keys, take them back, keep the root elsewhere
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Check the audit log
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Print the settings in force and where each comes from
    Config(settings::Settings),
    /// Print commands, settings, permissions, routes and jobs as Markdown
    Reference(reference::Reference),
    /// Print every route of this installation and who may call it
    Routes(routes::Routes),
    /// For who sells the cockpit: make keys, and keys that unlock
    #[command(subcommand)]
    Vendor(vendor::Vendor),
}

macro_rules! examples {
    () => {
        "\
Examples:
  cockpit demo                          look around; nothing to prepare
  cockpit init                          make a data directory for real work
  cockpit                               serve it on http://127.0.0.1:8080
  cockpit serve --listen 0.0.0.0:80     on another address
  cockpit unlock - < key.txt            enter the key your vendor sent you
  cockpit user add --email ann@example.com --name Ann"
    };
}

const EXAMPLES: &str = concat!(
    examples!(),
    "\n\n`cockpit COMMAND --help` tells more about each; `cockpit --help` about settings and exit codes."
);

const LONG: &str = concat!(
    examples!(),
    "

Settings come from the defaults, then the settings file, then environment variables, then flags;
later ones win. The setting http.listen is the variable COCKPIT_HTTP__LISTEN, or in the file
    [http]
    listen = \"127.0.0.1:8080\"
`cockpit config` prints what is in force, `cockpit config --reference` everything there is.

With SQLite, one process at a time uses a data directory: stop the server before a command that
needs the database, or do the same on its pages. With MariaDB both may run.

Exit codes:
  0   done
  1   refused or failed; a sentence on standard error says why
  2   the arguments cannot be understood
  75  another process uses the database; stop it and try again
  78  the settings cannot be used"
);

/// Runs the command of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // What we write holds keys, customers and sessions: for our own user only.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            return Failure::refused(format!("no threads can be started: {error}")).exit();
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.exit(),
    }
}

async fn run(Cli { place, command }: Cli) -> Result<(), Failure> {
    match command.unwrap_or(Command::Serve(serve::Serve::default())) {
        Command::Serve(command) => command.run(&place).await,
        Command::Demo(command) => command.run(&place).await,
        Command::Init => init::run(&place).await,
        Command::Unlock(command) => command.run(&place).await,
        Command::Plugin(command) => command.run(&place).await,
        Command::User(command) => command.run(&place).await,
        Command::Token(command) => command.run(&place).await,
        Command::Release(command) => command.run().await,
        Command::Mail(command) => command.run(&place).await,
        Command::Migrate(command) => command.run(&place).await,
        Command::Keys(command) => command.run(&place).await,
        Command::Audit(command) => command.run(&place).await,
        Command::Config(command) => command.run(&place),
        Command::Reference(command) => command.run(),
        Command::Routes(command) => command.run(&place).await,
        Command::Vendor(command) => command.run(),
    }
}

impl Place {
    /// The settings these flags, the environment and the file give; `more` are a command's own.
    fn load(&self, more: Vec<Given>) -> Result<Loaded, Failure> {
        let mut sources = Sources::from_environment();
        let data = self.data.as_ref().map(|path| Given::flag("data", "data", text(path)));
        let url = self.database.as_deref();
        let url = url.map(|url| Given::flag("database", "database.url", url));
        sources.flags.extend(data.into_iter().chain(url).chain(more));
        sources.file = self.config.clone().or(sources.file);
        Ok(Loaded::from(&sources)?)
    }
}

fn text(path: &std::path::Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Prints a line for whoever ran the command, or for the program that reads it. That a reader went
/// away is no failure of ours.
pub(crate) fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

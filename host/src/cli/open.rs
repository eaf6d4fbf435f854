//! What commands open: the installation without serving it, an address to serve it on.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::Arc;

use plugin_api::{Cx, Fault, FaultKind};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{Failure, Place};
use crate::config::{Config, Loaded};
use crate::state::State;
use crate::{logging, start};

/// An installation that is open for one command.
pub(crate) struct Opened {
    /// The installation.
    pub(crate) state: Arc<State>,
    /// The context of the command, in whose name it is audited.
    pub(crate) cx: Cx,
}

impl Opened {
    /// Opens the installation of `place` for the command `name`.
    pub(crate) async fn at(place: &Place, name: &str) -> Result<Self, Failure> {
        let loaded = place.load(Vec::new())?;
        must_exist(&loaded)?;
        quietly(&loaded)?;
        let state = started(loaded.config).await?;
        let cx = state.system(&format!("cockpit {name}"));
        Ok(Self { state, cx })
    }

    /// Writes what is still held in memory, then closes the database.
    pub(crate) async fn close(self) {
        self.state.behind.flush().await;
        self.state.database.clone().close().await;
    }
}

/// Opens everything; a failure says what to do.
pub(crate) async fn started(config: Config) -> Result<Arc<State>, Failure> {
    let data = config.data.display().to_string();
    start(config).await.map_err(|fault| failure(&data, fault))
}

pub(super) fn failure(data: &str, fault: Fault) -> Failure {
    match fault.kind {
        FaultKind::Refused if fault.message.starts_with("another process") => {
            Failure::busy(format!(
                "another process, probably the server, uses the database in {data}. Stop it, run this \
             again, then start it; or do the same on its pages, in the browser."
            ))
        }
        FaultKind::Refused | FaultKind::Invalid => Failure::config(fault.message),
        _ => Failure::refused(fault.message),
    }
}

/// Makes the data directory where it is missing; only its owner may look into it.
pub(crate) fn make_directory(data: &Path) -> Result<(), Failure> {
    DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(|error| {
        Failure::config(format!("the data directory {} cannot be made: {error}", data.display()))
    })
}

/// A mistyped `--data` must not become a new, empty installation.
fn must_exist(loaded: &Loaded) -> Result<(), Failure> {
    let data = &loaded.config.data;
    if data.is_dir() {
        return Ok(());
    }
    Err(Failure::config(format!(
        "there is no data directory {} ({}); `cockpit init` makes one, --data names another",
        data.display(),
        loaded.origins.get("data").map_or("", String::as_str),
    )))
}

/// A command tells its outcome itself, so its log holds only warnings unless a filter was set.
pub(super) fn quietly(loaded: &Loaded) -> Result<(), Failure> {
    let mut config = loaded.config.clone();
    if loaded.is_default("log.filter") {
        "warn".clone_into(&mut config.log.filter);
    }
    logging::start(&config).map_err(|fault| Failure::config(fault.message))
}

/// Listens where the settings say, and puts the address really taken into them (port 0 takes a free
/// one). Bound before anything is opened, so that a taken address fails at once.
pub(crate) async fn listener(config: &mut Config) -> Result<TcpListener, Failure> {
    let wanted = config.http.listen;
    let cannot = |error| {
        Failure::refused(format!(
            "cannot listen on {wanted}: {error}; --listen or http.listen names another address"
        ))
    };
    let listener = TcpListener::bind(wanted).await.map_err(cannot)?;
    config.http.listen = listener.local_addr().map_err(cannot)?;
    Ok(listener)
}

/// Ends when somebody asks the process to stop: SIGTERM, or Ctrl-C.
pub(crate) fn stop_signal() -> Result<impl Future<Output = ()> + Send, Failure> {
    let listen = |kind| {
        signal(kind).map_err(|error| Failure::refused(format!("no signals can be heard: {error}")))
    };
    let (mut terminate, mut interrupt) =
        (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

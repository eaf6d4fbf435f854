//! What the host does by itself: jobs, events, mails, writes that may wait, cleaning up; started and stopped together.

mod backoff;
mod carrier;
pub(crate) mod housekeeping;
mod insist;
mod pool;
mod stop;
mod take;
#[cfg(test)]
pub(crate) mod testing;
mod wake;

use std::sync::Arc;
use std::time::Duration;

use plugin_api::Fault;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use crate::audit;
use crate::blobs::{self, Blobs, Scanner};
use crate::config::Config;
use crate::jobs::{self, Jobs};
use crate::keys;
use crate::mail;
use crate::outbox;
use crate::settings::Settings;
use crate::state::State;

pub(crate) use backoff::backoff;
pub(crate) use carrier::Bench;
#[cfg(test)]
pub(crate) use carrier::{Carried, Carrier};
pub(crate) use insist::insist;
pub(crate) use pool::{Source, pool};
pub(crate) use stop::Stop;
pub(crate) use take::take;
pub use wake::Wake;

/// What the workers share with requests.
#[derive(Clone)]
pub struct Work {
    /// Running jobs, and the bell of their runner.
    pub jobs: Jobs,
    /// The bell of the dispatcher of events.
    pub outbox: Wake,
    /// The bell of the worker that sends mails.
    pub mail: Wake,
    /// Settings as last read.
    pub settings: Settings,
    /// Where files are kept.
    pub blobs: Blobs,
    /// What looks for viruses in them.
    pub scanner: Scanner,
}

impl Work {
    /// Files are kept as the settings say.
    pub fn new(config: &Config) -> Result<Self, Fault> {
        Ok(Self {
            jobs: Jobs::default(),
            outbox: Wake::default(),
            mail: Wake::default(),
            settings: Settings::default(),
            blobs: Blobs::of(config)?,
            scanner: Scanner::of(&config.scan),
        })
    }
}

/// How long running work may go on when the host stops.
const PATIENCE: Duration = Duration::from_secs(10);

/// Starts every worker; needs the runtime they are to run on. When the handles are dropped, the
/// workers go on as long as that runtime.
pub fn start(state: &Arc<State>) -> Handles {
    let (asking, stop) = stop::new();
    let bench = Bench {
        cx: state.system("work"),
        carrier: Arc::new(carrier::Registered(Arc::clone(state))),
    };
    let tasks = vec![
        tokio::spawn(jobs::run(bench.clone(), state.work.jobs.clone(), stop.clone())),
        tokio::spawn(jobs::schedule(bench.clone(), state.work.jobs.clone(), stop.clone())),
        tokio::spawn(outbox::run(bench, state.work.outbox.clone(), stop.clone())),
        tokio::spawn(mail::run(
            state.system("mail"),
            state.config.clone(),
            state.work.mail.clone(),
            stop.clone(),
        )),
        tokio::spawn(blobs::carry::run(Arc::clone(state), stop.clone())),
        tokio::spawn(audit::sealer::run(Arc::clone(state), stop.clone())),
        tokio::spawn(keys::watch::run(Arc::clone(state), stop.clone())),
        tokio::spawn(housekeeping::run(Arc::clone(state), stop)),
    ];
    Handles { asking, tasks, state: Arc::clone(state) }
}

/// The running workers.
pub struct Handles {
    asking: stop::Asking,
    tasks: Vec<JoinHandle<()>>,
    state: Arc<State>,
}

impl Handles {
    /// Ends live streams, takes no new work, lets what runs finish for ten seconds, and writes what
    /// was written behind.
    pub async fn stop(self) {
        self.state.live.close();
        let deadline = Instant::now() + PATIENCE;
        self.asking.stop_by(deadline);
        // A little longer than the workers themselves wait, so that they can hand back their jobs.
        let last = deadline + Duration::from_secs(2);
        for mut task in self.tasks {
            if timeout_at(last, &mut task).await.is_err() {
                task.abort();
            }
        }
        self.state.behind.flush().await;
    }
}

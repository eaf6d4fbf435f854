//! An interactive transaction: a connection of its own until it ends.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::Fault;
use plugin_api::db::{Rendered, Rows};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

use super::runtime::Inside;
use super::session::Session;
use crate::transaction::{ended, expired, is_fatal};

/// A transaction whose calls run one after the other. Dropping it rolls back.
pub(crate) struct Transaction {
    state: Arc<Mutex<State>>,
    deadline: Instant,
    runtime: Handle,
    watch: AbortHandle,
}

enum State {
    Open(Session),
    /// Why no further step is possible.
    Over(Fault),
}

impl Transaction {
    /// Takes over a session in which a transaction was begun.
    pub(super) fn new(session: Session, limit: Duration, runtime: Handle) -> Self {
        let deadline = Instant::now() + limit;
        let state = Arc::new(Mutex::new(State::Open(session)));
        let watched = Arc::clone(&state);
        let watch = runtime
            .spawn(async move {
                sleep_until(deadline).await;
                end(&mut *watched.lock().await, expired()).await;
            })
            .abort_handle();
        Self { state, deadline, runtime, watch }
    }

    pub(crate) async fn query(&self, statement: Rendered) -> Result<Rows, Fault> {
        let work = self.step(1, async |session| session.read(self.deadline, &statement).await);
        Inside::new(self.runtime.clone(), work).await
    }

    pub(crate) async fn batch(&self, statements: Vec<Rendered>) -> Result<Vec<u64>, Fault> {
        let count = statements.len();
        let work =
            self.step(count, async |session| session.run_all(self.deadline, &statements).await);
        Inside::new(self.runtime.clone(), work).await
    }

    pub(crate) async fn commit(&self) -> Result<(), Fault> {
        let work = async {
            let outcome = self.step(0, async |session| session.commit().await).await;
            end(&mut *self.state.lock().await, ended()).await;
            outcome
        };
        Inside::new(self.runtime.clone(), work).await
    }

    pub(crate) async fn rollback(&self) {
        let work = async { end(&mut *self.state.lock().await, ended()).await };
        Inside::new(self.runtime.clone(), work).await;
    }

    async fn step<T>(
        &self,
        statements: usize,
        work: impl AsyncFnOnce(&mut Session) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut state = self.state.lock().await;
        let session = match &mut *state {
            State::Open(session) => session,
            State::Over(fault) => return Err(fault.clone()),
        };
        let outcome =
            if Instant::now() < self.deadline { work(session).await } else { Err(expired()) };
        if let Err(fault) = &outcome
            && is_fatal(statements, fault)
        {
            end(&mut state, fault.clone()).await;
        }
        outcome
    }
}

/// Undoes what is open and remembers why it is over, unless it is over already.
async fn end(state: &mut State, fault: Fault) {
    if let State::Open(session) = state {
        session.rollback().await;
        *state = State::Over(fault);
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        // The session in the state rolls back when it is dropped with the watch's half.
        self.watch.abort();
    }
}

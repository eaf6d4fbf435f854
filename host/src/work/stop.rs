//! How workers are told to stop, and until when they may finish what they are at.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep};

/// The side that asks.
pub(crate) struct Asking(watch::Sender<Option<Instant>>);

/// The side that is asked.
#[derive(Clone)]
pub(crate) struct Stop(watch::Receiver<Option<Instant>>);

pub(crate) fn new() -> (Asking, Stop) {
    let (sender, receiver) = watch::channel(None);
    (Asking(sender), Stop(receiver))
}

impl Asking {
    /// Asks to be finished by `deadline`.
    pub(crate) fn stop_by(&self, deadline: Instant) {
        self.0.send_replace(Some(deadline));
    }
}

impl Stop {
    /// Whether to stop.
    pub(crate) fn is_asked(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Waits until asked; for ever when nobody is left who could ask.
    pub(crate) async fn asked(&mut self) {
        if self.0.wait_for(Option::is_some).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Until when running work may go on.
    pub(crate) fn deadline(&self) -> Instant {
        self.0.borrow().unwrap_or_else(Instant::now)
    }

    /// Waits for `time`; answers whether to go on.
    pub(crate) async fn pause(&mut self, time: Duration) -> bool {
        tokio::select! {
            () = self.asked() => false,
            () = sleep(time) => true,
        }
    }
}

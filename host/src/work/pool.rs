//! A worker that takes what is due and runs a few things side by side: under jobs and events alike.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::Fault;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout_at};

use super::{Stop, Wake};

/// How often to look for what other processes queued.
const POLL: Duration = Duration::from_secs(1);

/// Where work comes from.
pub(crate) trait Source: Send + Sync + 'static {
    /// One piece of work, already claimed.
    type Item: Send + 'static;

    /// Claims at most `room` pieces that are due.
    fn claim(&self, room: usize) -> impl Future<Output = Result<Vec<Self::Item>, Fault>> + Send;

    /// Does one and notes its outcome.
    fn run(&self, item: Self::Item) -> impl Future<Output = ()> + Send;

    /// Hands back what was cut off when the host stopped.
    fn hand_back(&self) -> impl Future<Output = ()> + Send;
}

/// Works until stopped, on at most `width` pieces at a time.
pub(crate) async fn pool<S: Source>(source: Arc<S>, width: usize, wake: Wake, mut stop: Stop) {
    let mut running = JoinSet::new();
    while !stop.is_asked() {
        while running.try_join_next().is_some() {}
        let room = width.saturating_sub(running.len());
        let claimed = if room == 0 { Vec::new() } else { claim(&*source, room).await };
        let more = room > 0 && claimed.len() == room;
        for item in claimed {
            let source = Arc::clone(&source);
            running.spawn(async move { source.run(item).await });
        }
        if more {
            continue;
        }
        tokio::select! {
            () = wake.rung() => {}
            Some(_) = running.join_next() => {}
            () = sleep(POLL) => {}
            () = stop.asked() => {}
        }
    }
    let finishing = async { while running.join_next().await.is_some() {} };
    if timeout_at(stop.deadline(), finishing).await.is_err() {
        running.shutdown().await;
    }
    source.hand_back().await;
}

async fn claim<S: Source>(source: &S, room: usize) -> Vec<S::Item> {
    source.claim(room).await.unwrap_or_else(|fault| {
        tracing::warn!(%fault, "Work that is due could not be taken; trying again.");
        Vec::new()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Instant;

    use tokio::sync::mpsc;

    use super::*;
    use crate::work::stop;

    /// Numbers to be worked on; 0 never ends.
    struct Numbers {
        waiting: Mutex<Vec<u32>>,
        told: mpsc::UnboundedSender<String>,
    }

    impl Source for Numbers {
        type Item = u32;

        async fn claim(&self, room: usize) -> Result<Vec<u32>, Fault> {
            let mut waiting = self.waiting.lock().unwrap();
            let count = waiting.len().min(room);
            Ok(waiting.drain(..count).collect())
        }

        async fn run(&self, item: u32) {
            self.told.send(format!("begun {item}")).unwrap();
            if item == 0 {
                std::future::pending::<()>().await;
            }
        }

        async fn hand_back(&self) {
            self.told.send("handed back".to_owned()).unwrap();
        }
    }

    #[tokio::test]
    async fn it_works_at_once_when_woken_and_stops_in_time() {
        let (told, mut hear) = mpsc::unbounded_channel();
        let source = Arc::new(Numbers { waiting: Mutex::new(vec![0]), told });
        let (asking, asked) = stop::new();
        let wake = Wake::default();
        let worker = tokio::spawn(pool(Arc::clone(&source), 2, wake.clone(), asked));
        assert_eq!(hear.recv().await.unwrap(), "begun 0");
        // One place is left beside the one that never ends.
        source.waiting.lock().unwrap().extend([1, 2, 3]);
        let begun = Instant::now();
        wake.wake();
        for n in 1..=3 {
            assert_eq!(hear.recv().await.unwrap(), format!("begun {n}"));
        }
        assert!(begun.elapsed() < POLL, "it waited for the clock");
        asking.stop_by(tokio::time::Instant::now() + Duration::from_millis(50));
        assert_eq!(hear.recv().await.unwrap(), "handed back");
        worker.await.unwrap();
    }

    #[tokio::test]
    async fn nobody_to_ask_means_working_on() {
        let (asking, asked) = stop::new();
        drop(asking);
        assert!(!asked.is_asked());
        assert!(asked.clone().pause(Duration::from_millis(1)).await);
    }
}

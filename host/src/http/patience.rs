//! Files may take long to arrive: as long as more of them comes, nobody gives up.

use std::io::{Error, ErrorKind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use futures_util::StreamExt as _;
use futures_util::stream::try_unfold;
use tokio::time::{Instant, sleep_until, timeout};

/// How long a handler may be at what came, after the last of it.
const AFTER: Duration = Duration::from_mins(10);

/// When the last piece of a body came; travels in the extensions of its request.
#[derive(Debug, Clone)]
pub(crate) struct Patience(Arc<Mutex<Instant>>);

impl Patience {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    /// `body`, which breaks off when nothing of it came for `idle`.
    pub(super) fn attend(&self, body: Body, idle: Duration) -> Body {
        let waiting = (self.clone(), body.into_data_stream());
        Body::from_stream(try_unfold(waiting, move |(patience, mut pieces)| async move {
            let piece = timeout(idle, pieces.next()).await;
            *patience.last() = Instant::now();
            match piece {
                Ok(Some(piece)) => Ok(Some((piece.map_err(Error::other)?, (patience, pieces)))),
                Ok(None) => Ok(None),
                Err(_) => Err(Error::from(ErrorKind::TimedOut)),
            }
        }))
    }

    /// Done when the handler has had its time.
    pub(crate) async fn over(&self) {
        loop {
            let deadline = *self.last() + AFTER;
            if deadline <= Instant::now() {
                return;
            }
            sleep_until(deadline).await;
        }
    }

    fn last(&self) -> std::sync::MutexGuard<'_, Instant> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use futures_util::stream;

    use super::*;

    #[tokio::test]
    async fn a_body_lasts_as_long_as_more_of_it_comes() {
        let patience = Patience::new();
        let slow = |every: u64| {
            Body::from_stream(stream::iter(0..4).then(move |_| async move {
                tokio::time::sleep(Duration::from_millis(every)).await;
                Ok::<_, Error>("x")
            }))
        };
        let body = patience.attend(slow(60), Duration::from_millis(200));
        assert_eq!(to_bytes(body, 1_000).await.expect("all of it").len(), 4);
        assert!(patience.last().elapsed() < Duration::from_millis(200));
        let body = patience.attend(slow(400), Duration::from_millis(200));
        assert!(to_bytes(body, 1_000).await.is_err());
    }
}

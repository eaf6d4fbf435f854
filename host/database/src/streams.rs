//! Counts the streams that are open, so that slow takers cannot use up what others need.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use plugin_api::{Fault, FaultKind};

/// How many streams are open and how many may be.
#[derive(Clone)]
pub(crate) struct Streams {
    open: Arc<AtomicUsize>,
    most: usize,
}

/// One of the open streams, until dropped.
pub(crate) struct Place(Streams);

impl Streams {
    /// At most `most` streams at a time.
    pub(crate) fn new(most: usize) -> Self {
        Self { open: Arc::default(), most }
    }

    /// Opens one more, or says that it has to wait.
    pub(crate) fn enter(&self) -> Result<Place, Fault> {
        // Counted before it is checked, so that leaving on drop is right either way.
        let before = self.open.fetch_add(1, Ordering::Relaxed);
        let place = Place(self.clone());
        if before < self.most {
            return Ok(place);
        }
        Err(Fault::new(FaultKind::Retry, format!("{} long reads are running already", self.most)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

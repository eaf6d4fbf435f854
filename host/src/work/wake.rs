//! A bell: tells a worker of this process that there is something to do.

use std::sync::Arc;

use tokio::sync::Notify;

/// A bell; clones ring the same one.
#[derive(Debug, Clone, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// Rings it; a worker that is busy hears it afterwards.
    pub fn wake(&self) {
        self.0.notify_one();
    }

    pub(crate) async fn rung(&self) {
        self.0.notified().await;
    }
}

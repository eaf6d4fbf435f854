//! Waiting without a runtime.

use std::time::Duration;

use crate::{Cx, Fault};

impl Cx {
    /// Waits; for jobs. At most a minute at a time.
    pub async fn sleep(&self, time: Duration) -> Result<(), Fault> {
        self.ask("timer.sleep", &u64::try_from(time.as_millis()).unwrap_or(u64::MAX)).await
    }
}

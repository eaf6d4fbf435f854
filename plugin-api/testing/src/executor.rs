//! The plainest executor there is: a plugin that needs more than this needs a runtime it may not
//! have.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// Nothing a test awaits takes this long; what does never will be woken.
const PATIENCE: Duration = Duration::from_mins(1);

struct Unpark {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// Runs `future` to its end on this thread.
///
/// # Panics
/// When nobody wakes the future for a minute: it awaits something that only a runtime would drive.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let unpark = Arc::new(Unpark { thread: thread::current(), woken: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&unpark));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        let step = Duration::from_secs(5);
        let mut idle = Duration::ZERO;
        while !unpark.woken.swap(false, Ordering::Acquire) {
            assert!(
                idle < PATIENCE,
                "the future was not woken for {PATIENCE:?}: does it need tokio?"
            );
            thread::park_timeout(step);
            idle += step;
        }
    }
}

//! Lets futures that need tokio be polled and dropped by any executor.

use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};

use plugin_api::Fault;
use tokio::runtime::{Builder, Handle, Runtime};

/// A future that is polled and dropped inside a tokio runtime, whoever polls or drops it.
pub(super) struct Inside<F> {
    runtime: Handle,
    future: Option<Pin<Box<F>>>,
}

impl<F> Inside<F> {
    pub(super) fn new(runtime: Handle, future: F) -> Self {
        Self { runtime, future: Some(Box::pin(future)) }
    }
}

impl<F: Future> Future for Inside<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self { runtime, future } = &mut *self;
        let _entered = runtime.enter();
        match future {
            Some(future) => future.as_mut().poll(cx),
            None => Poll::Pending,
        }
    }
}

impl<F> Drop for Inside<F> {
    fn drop(&mut self) {
        let _entered = self.runtime.enter();
        self.future.take();
    }
}

/// The runtime the caller runs in; else one thread of our own, shared by the whole process.
pub(super) fn handle() -> Result<Handle, Fault> {
    static OWN: OnceLock<Runtime> = OnceLock::new();
    if let Ok(current) = Handle::try_current() {
        return Ok(current);
    }
    if let Some(own) = OWN.get() {
        return Ok(own.handle().clone());
    }
    let own = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("mariadb")
        .enable_all()
        .build()
        .map_err(Fault::internal)?;
    Ok(OWN.get_or_init(|| own).handle().clone())
}

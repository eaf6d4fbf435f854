//! Bodies across the border: small ones whole, the others piece by piece.

use std::sync::Arc;

use abi_stable::std_types::{RResult, RVec};
use async_ffi::{FfiFuture, FutureExt as _};
use axum::body::Body;
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::lock::Mutex;
use futures_util::stream::{BoxStream, unfold};
use http_body::Body as _;
use http_body_util::BodyExt as _;

use super::v1;
use crate::Fault;

/// Bodies up to this length cross in one piece.
const WHOLE: u64 = 256 * 1024;

/// A body as it crosses; one of known small length is collected first.
pub async fn to_border(body: Body) -> Result<v1::Body, Fault> {
    if body.size_hint().exact().is_some_and(|length| length <= WHOLE) {
        let bytes = body.collect().await.map_err(Fault::internal)?.to_bytes();
        return Ok(v1::Body::Bytes(RVec::from(bytes.to_vec())));
    }
    let pieces = body.into_data_stream().map(|piece| piece.map(|b| b.to_vec()));
    let pieces = pieces.map(|piece| piece.map_err(Fault::internal));
    Ok(v1::Body::Chunks(chunks(Box::pin(pieces))))
}

/// A body that came over the border.
pub fn from_border(body: v1::Body) -> Body {
    match body {
        v1::Body::Bytes(bytes) => Body::from(bytes.into_vec()),
        v1::Body::Chunks(chunks) => Body::from_stream(pieces(chunks).map(|p| p.map(Bytes::from))),
    }
}

/// A stream as it crosses. Empty pieces are dropped: they would read as the end.
pub fn chunks(stream: Pieces) -> v1::ChunksBox {
    v1::Chunks_TO::from_value(
        Shared(Arc::new(Mutex::new(stream))),
        abi_stable::sabi_trait::TD_Opaque,
    )
}

/// A stream that came over the border.
pub fn pieces(chunks: v1::ChunksBox) -> Pieces {
    let stream = unfold(Some(chunks), |chunks| async move {
        let chunks = chunks?;
        match chunks.next().await {
            RResult::ROk(piece) if piece.is_empty() => None,
            RResult::ROk(piece) => Some((Ok(piece.into_vec()), Some(chunks))),
            RResult::RErr(fault) => Some((Err(fault_from(&fault)), None)),
        }
    });
    Box::pin(stream)
}

/// A fault as it crosses.
pub fn fault_to(fault: &Fault) -> v1::FaultBytes {
    serde_json::to_vec(fault).unwrap_or_default().into()
}

/// A fault that came over the border.
pub fn fault_from(bytes: &[u8]) -> Fault {
    serde_json::from_slice(bytes).unwrap_or_else(Fault::internal)
}

/// Bytes piece by piece.
pub type Pieces = BoxStream<'static, Result<Vec<u8>, Fault>>;

struct Shared(Arc<Mutex<Pieces>>);

impl v1::Chunks for Shared {
    fn next(&self) -> v1::Answer {
        let stream = Arc::clone(&self.0);
        let next = async move {
            let mut stream = stream.lock().await;
            loop {
                match stream.next().await {
                    Some(Ok(piece)) if piece.is_empty() => {}
                    Some(Ok(piece)) => return RResult::ROk(piece.into()),
                    Some(Err(fault)) => return RResult::RErr(fault_to(&fault)),
                    None => return RResult::ROk(RVec::new()),
                }
            }
        };
        contained(next, |fault| RResult::RErr(fault_to(&fault)))
    }
}

/// A future that crosses the border: a panic while it runs or while it is dropped becomes a fault
/// instead of ending the process.
pub fn contained<T: Send + 'static>(
    future: impl Future<Output = T> + Send + 'static,
    failed: impl FnOnce(Fault) -> T + Send + 'static,
) -> FfiFuture<T> {
    use std::panic::AssertUnwindSafe;

    use futures_util::FutureExt as _;
    // The inner future is dropped inside `catch_unwind` too: a destructor that panics while the
    // host drops an unfinished FfiFuture would abort.
    let mut guarded = DropGuard(Some(Box::pin(future)));
    async move {
        let Some(running) = guarded.0.as_mut() else {
            return failed(Fault::internal("nothing to run"));
        };
        match AssertUnwindSafe(running).catch_unwind().await {
            Ok(value) => value,
            Err(panic) => failed(Fault::internal(format!("panic: {}", panic_text(&*panic)))),
        }
    }
    .into_ffi()
}

struct DropGuard<F>(Option<F>);

impl<F> Drop for DropGuard<F> {
    fn drop(&mut self) {
        let inner = self.0.take();
        let dropped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || drop(inner)));
        if dropped.is_err() {
            tracing::error!("A destructor of a plugin panicked.");
        }
    }
}

/// What a panic said.
pub fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

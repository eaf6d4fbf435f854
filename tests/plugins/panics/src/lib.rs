//! A plugin that fails in every way it can: panics in a handler, a stream, a destructor; and hangs.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use futures_util::stream;
use plugin_api::{Access, Cx, Plugin, Problem, Query, Routes};

const TEXTS: plugin_api::lang::Sources =
    &[("en", include_str!("../locales/en.ftl")), ("it", include_str!("../locales/it.ftl"))];

/// The plugin.
pub fn plugin() -> Plugin {
    Plugin::new("panics", env!("CARGO_PKG_VERSION"), TEXTS)
        .routes(
            Routes::new()
                .get("/api/panics/works", works, Access::Public)
                .get("/api/panics/running", running, Access::Public)
                .get("/api/panics/slow", slow, Access::Public)
                .post("/api/panics/slow", slow, Access::Public)
                .get("/api/panics/hang", hang, Access::Public)
                .get("/api/panics/handler", handler, Access::Public)
                .post("/api/panics/handler", handler, Access::Public)
                .get("/api/panics/stream", in_stream, Access::Public)
                .get("/api/panics/drop", in_drop, Access::Public),
        )
        .build()
}

async fn works() -> &'static str {
    "works"
}

/// How many slow requests run right now.
static RUNNING: AtomicUsize = AtomicUsize::new(0);

async fn running() -> String {
    RUNNING.load(Ordering::SeqCst).to_string()
}

/// Answers after the milliseconds asked for.
async fn slow(cx: Cx, Query(asked): Query<Asked>) -> Result<&'static str, Problem> {
    RUNNING.fetch_add(1, Ordering::SeqCst);
    cx.sleep(Duration::from_millis(asked.ms)).await?;
    RUNNING.fetch_sub(1, Ordering::SeqCst);
    Ok("late")
}

#[derive(serde::Deserialize)]
struct Asked {
    ms: u64,
}

async fn hang() -> &'static str {
    std::future::pending().await
}

async fn handler() -> &'static str {
    panic!("a panic in a handler")
}

/// Sends a first piece, then panics where the second one should come from.
async fn in_stream() -> Response {
    let pieces = stream::unfold(0, |place: u32| async move {
        assert!(place == 0, "a panic in a stream");
        Some((Ok::<_, Infallible>("first piece"), place + 1))
    });
    Response::new(Body::from_stream(pieces))
}

/// Hangs, and panics when it is given up.
async fn in_drop() -> &'static str {
    let _given_up = PanicsWhenDropped;
    std::future::pending().await
}

struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "a panic in a destructor");
    }
}

plugin_api::export_library!(plugin);

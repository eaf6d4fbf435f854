//! `GET /live?topic=…`: a stream of server-sent events; `GET /live/poll` for where none gets through.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt as _};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, HeaderName, HeaderValue};
use plugin_api::{Access, Actor, Cx, Json, Problem, Query, Routes};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep_until};

use super::{Message, Subscription, permission};
use crate::state::{App, State};

/// How often a silent stream shows that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// How long a stream lasts; the browser opens it again, and its rights are looked at again.
const LONGEST: Duration = Duration::from_mins(15);
/// After how long a browser opens a stream again.
const RETRY: Duration = Duration::from_secs(3);
/// Tells nginx not to hold events back.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The routes of live topics.
pub fn routes() -> Routes {
    Routes::new().get("/live", listen, Access::SignedIn).get("/live/poll", poll, Access::SignedIn)
}

/// Seconds after which somebody with too many pages open may ask again.
const AGAIN: u32 = 30;

#[derive(Deserialize)]
struct Asked {
    topic: String,
    after: Option<u64>,
}

#[derive(Serialize)]
struct Polled {
    messages: Vec<Message>,
    last: u64,
}

async fn listen(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    may_listen(&state, &cx, &asked.topic)?;
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let subscription = state
        .live
        .subscribe(&asked.topic, &person(&cx), seen.or(asked.after))
        .ok_or_else(|| Problem::too_many_requests(AGAIN))?;
    let stream = Sse::new(events(subscription)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    let mut response = stream.into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(UNBUFFERED, HeaderValue::from_static("no"));
    Ok(response)
}

async fn poll(
    App(state): App,
    cx: Cx,
    Query(asked): Query<Asked>,
) -> Result<Json<Polled>, Problem> {
    may_listen(&state, &cx, &asked.topic)?;
    let (messages, last) = state.live.after(&asked.topic, asked.after);
    Ok(Json(Polled { messages, last }))
}

fn may_listen(state: &State, cx: &Cx, topic: &str) -> Result<(), Problem> {
    let mut manifests = state.registry.enabled();
    manifests.push(state.registry.host_manifest());
    let needed = permission(&manifests, topic).ok_or_else(Problem::not_found)?;
    if cx.may(needed) { Ok(()) } else { Err(Problem::forbidden()) }
}

fn person(cx: &Cx) -> String {
    match &cx.caller().actor {
        Actor::User { id, .. } | Actor::Token { id, .. } => id.clone(),
        Actor::Job { name } => name.clone(),
        Actor::Anonymous => String::new(),
    }
}

/// The messages as events, until the host stops or the stream is old.
pub(super) fn events(
    mut subscription: Subscription,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let missed =
        std::mem::take(&mut subscription.missed).into_iter().map(|message| event(&message));
    // The first bytes open the stream at once, whatever stands between.
    let opening = std::iter::once(Event::default().retry(RETRY).comment("open"));
    let end = Instant::now() + LONGEST;
    let coming = stream::unfold(subscription, move |mut subscription| async move {
        let Subscription { coming, closed, .. } = &mut subscription;
        let event = tokio::select! {
            message = coming.recv() => match message {
                Ok(message) => event(&message),
                // Too slow: one hint stands for all that was missed.
                Err(RecvError::Lagged(_)) => Event::default().data("null"),
                Err(RecvError::Closed) => return None,
            },
            _ = closed.wait_for(|closed| *closed) => return None,
            () = sleep_until(end) => return None,
        };
        Some((event, subscription))
    });
    stream::iter(opening.chain(missed)).chain(coming).map(Ok)
}

fn event(message: &Message) -> Event {
    Event::default().id(message.id.to_string()).data(message.data.to_string())
}

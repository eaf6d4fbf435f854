//! `/sso`: takes a token, in the address or as a form, and begins a session.

use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use plugin_api::{Access, Cx, Form, Problem, Query, Routes, SeeOther};
use serde::Deserialize;

use super::PATH;
use crate::pages::second_factor::asked as second_factor;
use crate::people::{self, Step, local_path};
use crate::state::{App, State};

/// The routes of this file. The form needs no guard against other sites: it comes from one.
pub(crate) fn routes() -> Routes {
    Routes::new().get(PATH, by_link, Access::Credential).post(PATH, by_form, Access::Credential)
}

/// What another cockpit sends; not `Debug`, because of the token.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Handover {
    token: String,
    next: String,
}

async fn by_link(
    app: App,
    cx: Cx,
    headers: HeaderMap,
    Query(handed): Query<Handover>,
) -> Result<Response, Problem> {
    take(app, cx, headers, handed).await
}

async fn by_form(
    app: App,
    cx: Cx,
    headers: HeaderMap,
    Form(handed): Form<Handover>,
) -> Result<Response, Problem> {
    take(app, cx, headers, handed).await
}

async fn take(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    handed: Handover,
) -> Result<Response, Problem> {
    if !state.config.sso.is_on() {
        return Err(Problem::not_found());
    }
    let mut cookies = HeaderMap::new();
    let step = people::sso::sign_in(&state, &cx, &handed.token, &headers, &mut cookies).await??;
    let next = inner(&state, &cx, &handed.next);
    let there = match step {
        Step::SecondFactor => second_factor(&cx, next),
        _ => SeeOther::to(cx.url(next)),
    };
    Ok((cookies, there).into_response())
}

/// Where he goes on: a page of ours, named with or without the prefix its links begin with.
fn inner<'a>(state: &State, cx: &Cx, asked: &'a str) -> &'a str {
    let path = local_path(asked);
    let prefixes = [&cx.caller().base_path, &state.config.http.base_path];
    let inner = prefixes
        .into_iter()
        .find_map(|prefix| path.strip_prefix(prefix.as_str()).filter(|rest| rest.starts_with('/')));
    inner.unwrap_or(path)
}

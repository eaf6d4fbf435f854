//! `POST /preferences`: theme and language, of the browser and of the user who is signed in.

use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use plugin_api::db::Batch;
use plugin_api::lang::LANGUAGES;
use plugin_api::{Access, Actor, Cx, Form, Problem, Routes, SeeOther};

use super::Fields;
use crate::frame::THEMES;
use crate::people::{CookieRules, local_path};
use crate::state::App;
use crate::store::users::{self, Preference};

pub(super) fn routes() -> Routes {
    Routes::new().post("/preferences", keep, Access::Public)
}

async fn keep(App(state): App, cx: Cx, Form(form): Form<Fields>) -> Result<Response, Problem> {
    let rules = CookieRules::of(&state.config.http);
    let (mut cookies, mut batch, mut changes) = (HeaderMap::new(), Batch::new(), false);
    let known: [(&str, &[&str], Preference); 2] =
        [("lang", &LANGUAGES, Preference::Language), ("theme", &THEMES, Preference::Theme)];
    for (name, values, preference) in known {
        let value = form.get(name);
        if !values.contains(&value) {
            continue;
        }
        rules.remember(&mut cookies, name, value);
        if let Actor::User { id, .. } = &cx.caller().actor {
            batch = batch.and(users::preference(cx.scope(), id, preference, value));
            changes = true;
        }
    }
    if changes {
        cx.db().batch(batch).await?;
    }
    // `back` is the address of the page as the browser knows it, base path included.
    let back = match local_path(form.get("back")) {
        "/" => cx.url("/"),
        path => path.to_owned(),
    };
    Ok((cookies, SeeOther::to(back)).into_response())
}

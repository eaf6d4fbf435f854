//! A user is barred, let in again, or gets another password.

use axum::response::{IntoResponse as _, Response};
use plugin_api::{Cx, Form, Path, Problem, Routes, SeeOther};

use super::edit::{address, refused_act};
use crate::access::{self, Kind};
use crate::pages::{Fields, may};
use crate::people::{entry_of, sessions, users};
use crate::state::{App, State};
use crate::store::users::UserRow;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/system/users/{user_id}/disable", disable, may("users"))
        .post("/system/users/{user_id}/enable", enable, may("users"))
        .post("/system/users/{user_id}/password", password, may("users"))
}

async fn disable(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let user = users::find(&state, &cx, &id).await?;
    let done = users::disable(&cx, &user).await;
    answer(&state, &cx, &user, done, "user-disabled-now").await
}

async fn enable(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let user = users::find(&state, &cx, &id).await?;
    let done = users::enable(&cx, &user).await;
    answer(&state, &cx, &user, done, "user-enabled-now").await
}

async fn password(
    App(state): App,
    cx: Cx,
    headers: http::HeaderMap,
    Path(id): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response, Problem> {
    let user = users::find(&state, &cx, &id).await?;
    let kept = sessions::current(&state, &headers);
    let done = users::set_password(&state, &cx, &user, form.get("password"), &kept).await;
    if done.is_ok() {
        access::note(&state, entry_of(&cx, Kind::PasswordChanged, &user, &headers));
    }
    answer(&state, &cx, &user, done, "user-password-now").await
}

async fn answer(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    done: Result<(), Problem>,
    said: &str,
) -> Result<Response, Problem> {
    match done {
        Ok(()) => {
            let said = cx.lang().with(said, &[("name", &user.name)]);
            Ok(SeeOther::to(address(cx, user, "")).saying(said).into_response())
        }
        Err(problem) => refused_act(state, cx, user, problem).await,
    }
}

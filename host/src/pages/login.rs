//! `/login` and `/logout`.

use axum::response::{IntoResponse as _, Response};
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, StatusCode};
use plugin_api::ui::{Card, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Access, Cx, Form as Sent, Page, Problem, Query, Routes, SeeOther};
use serde::Deserialize;

use super::Form;
use crate::people::{self, CookieRules, Refusal, local_path, sessions, setup};
use crate::state::{App, State};

pub(super) fn routes() -> Routes {
    Routes::new().get("/login", show, Access::Public).post("/login", submit, Access::Public).post(
        "/logout",
        leave,
        Access::Public,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Next {
    next: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct LoginForm {
    email: String,
    password: String,
    next: String,
}

async fn show(App(state): App, cx: Cx, Query(asked): Query<Next>) -> Result<Response, Problem> {
    if setup::is_needed(&state).await? {
        return Ok(SeeOther::to(cx.url("/setup")).into_response());
    }
    if cx.caller().is_signed_in() {
        return Ok(SeeOther::to(cx.url(local_path(&asked.next))).into_response());
    }
    let form = LoginForm { next: asked.next, ..LoginForm::default() };
    Ok(page(&state, &cx, &form, &FormErrors::new()).into_response())
}

async fn submit(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Sent(form): Sent<LoginForm>,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let mut cookies = HeaderMap::new();
    let given = (form.email.as_str(), form.password.as_str());
    let refusal = people::sign_in(&state, &cx, given, &headers, &mut cookies).await?;
    let (sentence, status) = match refusal {
        Ok(()) => {
            let home = SeeOther::to(cx.url(local_path(&form.next)));
            return Ok((cookies, home).into_response());
        }
        Err(Refusal::Unknown) => (lang.t("login-refused"), StatusCode::UNPROCESSABLE_ENTITY),
        Err(Refusal::Insecure) => (lang.t("login-insecure"), StatusCode::UNPROCESSABLE_ENTITY),
        Err(Refusal::Wait(seconds)) => {
            cookies.insert(RETRY_AFTER, HeaderValue::from(seconds));
            let minutes = (seconds + 59) / 60;
            (lang.n("login-wait", minutes), StatusCode::TOO_MANY_REQUESTS)
        }
    };
    let errors = [("", sentence)].into_iter().collect();
    Ok((cookies, page(&state, &cx, &form, &errors).status(status)).into_response())
}

fn page(state: &State, cx: &Cx, form: &LoginForm, errors: &FormErrors) -> Page {
    let lang = cx.lang();
    let mut html = Markup::of(&Head::new(lang.t("sign-in")));
    if !CookieRules::of(&state.config.http).usable {
        let notice = Notice::new(Tone::Bad, lang.t("login-insecure-how"));
        html = html.and(&notice.title(lang.t("login-insecure")));
    } else if !errors.is_empty() {
        html = html.and(&errors.summary(&lang));
    }
    let email = Field::email("email", lang.t("email")).autocomplete("username");
    let password = Field::password("password", lang.t("password")).autocomplete("current-password");
    let fields = Form::new(cx.url("/login"), lang.t("sign-in"))
        .field(&super::form::Hidden::new("next", local_path(&form.next)))
        .field(&email.value(&form.email).required().autofocus())
        .field(&password.required());
    let html = html.and(&Card::new("login", lang.t("login-title")).body(&fields));
    Page::html(lang.t("sign-in"), html)
}

async fn leave(App(state): App, cx: Cx, headers: HeaderMap) -> Result<Response, Problem> {
    let mut cookies = HeaderMap::new();
    sessions::end(&state, &cx, &headers, &mut cookies).await?;
    let goodbye = SeeOther::to(cx.url("/login")).saying(cx.lang().t("signed-out"));
    Ok((cookies, goodbye).into_response())
}

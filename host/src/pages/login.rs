//! `/login` and `/logout`.

use axum::response::{IntoResponse as _, Response};
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderValue, StatusCode};
use plugin_api::ui::{Action, Card, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Access, Cx, Form as Sent, Lang, Page, Problem, Query, Routes, SeeOther};

use super::form::Hidden;
use super::second_factor::asked as second_factor;
use super::{Fields, Form};
use crate::people::{self, CookieRules, Refusal, Step, local_path, sessions, setup};
use crate::state::{App, State};

pub(super) fn routes() -> Routes {
    Routes::new().get("/login", show, Access::Public).post("/login", submit, Access::Public).post(
        "/logout",
        leave,
        Access::Public,
    )
}

async fn show(App(state): App, cx: Cx, Query(asked): Query<Fields>) -> Result<Response, Problem> {
    if setup::is_needed(&state).await? {
        return Ok(SeeOther::to(cx.url("/setup")).into_response());
    }
    if cx.caller().is_signed_in() {
        return Ok(SeeOther::to(cx.url(local_path(asked.get("next")))).into_response());
    }
    Ok(page(&state, &cx, &asked, &FormErrors::new()).into_response())
}

async fn submit(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let mut cookies = HeaderMap::new();
    let given = (form.get("email"), form.get("password"));
    let outcome = people::sign_in(&state, &cx, given, &headers, &mut cookies).await?;
    let next = local_path(form.get("next"));
    let refusal = match outcome {
        Ok(Step::SecondFactor) => {
            return Ok((cookies, second_factor(&cx, next)).into_response());
        }
        Ok(_) => return Ok((cookies, SeeOther::to(cx.url(next))).into_response()),
        Err(refusal) => refusal,
    };
    let (sentence, status) = refused(&cx.lang(), refusal, &mut cookies);
    let errors = [("", sentence)].into_iter().collect();
    Ok((cookies, page(&state, &cx, &form, &errors).status(status)).into_response())
}

/// What is said to who was not let in; `answer` says how long to wait.
pub(super) fn refused(
    lang: &Lang,
    refusal: Refusal,
    answer: &mut HeaderMap,
) -> (String, StatusCode) {
    let key = match refusal {
        Refusal::Wait(seconds) => return wait(lang, seconds, answer),
        Refusal::Unknown => "login-refused",
        Refusal::WrongCode => "second-factor-wrong",
        Refusal::Over => "second-factor-over",
        Refusal::Insecure => "login-insecure",
    };
    (lang.t(key), StatusCode::UNPROCESSABLE_ENTITY)
}

/// What is said to who tried too often.
pub(super) fn wait(lang: &Lang, seconds: u32, answer: &mut HeaderMap) -> (String, StatusCode) {
    answer.insert(RETRY_AFTER, HeaderValue::from(seconds));
    (lang.n("login-wait", i64::from(seconds.div_ceil(60))), StatusCode::TOO_MANY_REQUESTS)
}

fn page(state: &State, cx: &Cx, form: &Fields, errors: &FormErrors) -> Page {
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
        .field(&Hidden::new("next", local_path(form.get("next"))))
        .field(&email.value(form.get("email")).required().autofocus())
        .field(&password.required());
    let forgot = Action::link(lang.t("forgot-link"), cx.url("/forgot")).quiet();
    let card = Card::new("login", lang.t("login-title")).body(&fields).body(&forgot);
    Page::html(lang.t("sign-in"), html.and(&card))
}

async fn leave(App(state): App, cx: Cx, headers: HeaderMap) -> Result<Response, Problem> {
    let mut cookies = HeaderMap::new();
    sessions::end(&state, &cx, &headers, &mut cookies).await?;
    let goodbye = SeeOther::to(cx.url("/login")).saying(cx.lang().t("signed-out"));
    Ok((cookies, goodbye).into_response())
}

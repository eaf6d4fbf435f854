//! `/forgot` and `/reset`: a forgotten password is replaced through a link sent by mail.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use plugin_api::ui::{Action, Card, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Access, Cx, Form as Sent, Page, Problem, Query, Routes, SeeOther};

use super::form::Hidden;
use super::login::wait;
use super::{Fields, Form, form_errors, link, new_password};
use crate::people::reset;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/forgot", ask, Access::Public)
        .post("/forgot", send, Access::Public)
        .get("/reset", show, Access::Public)
        .post("/reset", submit, Access::Public)
}

async fn ask(cx: Cx) -> Page {
    ask_page(&cx, "", &FormErrors::new())
}

fn ask_page(cx: &Cx, email: &str, errors: &FormErrors) -> Page {
    let lang = cx.lang();
    let title = lang.t("forgot-title");
    let field = Field::email("email", lang.t("email")).autocomplete("username").value(email);
    let form = Form::new(cx.url("/forgot"), lang.t("forgot-send"))
        .field(&field.maxlength(254).errors(errors).required().autofocus());
    let back = Action::link(lang.t("forgot-back"), cx.url("/login")).quiet();
    let card = Card::new("forgot", &title).text(lang.t("forgot-lead")).body(&form).body(&back);
    let html = Markup::of(&Head::new(&title)).and(&errors.summary(&lang)).and(&card);
    Page::html(title, html)
}

async fn send(App(state): App, cx: Cx, headers: HeaderMap, Sent(form): Sent<Fields>) -> Response {
    let (lang, email) = (cx.lang(), form.get("email"));
    if email.trim().is_empty() {
        let errors = [("email", lang.t("field-required"))].into_iter().collect();
        let page = ask_page(&cx, email, &errors).status(StatusCode::UNPROCESSABLE_ENTITY);
        return page.into_response();
    }
    if let Err(seconds) = reset::request(&state, &cx, email, &headers) {
        let mut answer = HeaderMap::new();
        let (sentence, status) = wait(&lang, seconds, &mut answer);
        let errors = [("", sentence)].into_iter().collect();
        return (answer, ask_page(&cx, email, &errors).status(status)).into_response();
    }
    let title = lang.t("forgot-title");
    let said = Notice::new(Tone::Ok, lang.with("forgot-sent", &[("email", email.trim())]));
    let back = Action::link(lang.t("forgot-back"), cx.url("/login"));
    let card = Card::new("forgot", lang.t("forgot-next")).text(lang.t("forgot-sent-hint"));
    let html = Markup::of(&Head::new(&title)).and(&said).and(&card.body(&back));
    Page::html(title, html).into_response()
}

async fn show(cx: Cx, Query(asked): Query<Fields>) -> Result<Response, Problem> {
    page(&cx, asked.get("token"), &FormErrors::new()).await
}

async fn submit(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let token = form.get("token");
    let mut errors = new_password::objections(&lang, &form);
    if errors.is_empty() {
        let chosen = (token, form.get("password"));
        match reset::finish(&state, &cx, chosen, &headers).await {
            Ok(()) => {
                let there = SeeOther::to(cx.url("/login")).saying(lang.t("reset-done"));
                return Ok(there.into_response());
            }
            Err(problem) if problem.codice().starts_with("link_") => {
                return link::refused(&cx, problem, &again(&cx));
            }
            Err(problem) => errors = form_errors(problem, &lang)?,
        }
    }
    page(&cx, token, &errors).await
}

fn again(cx: &Cx) -> Action {
    Action::link(cx.lang().t("reset-again"), cx.url("/forgot")).primary()
}

async fn page(cx: &Cx, token: &str, errors: &FormErrors) -> Result<Response, Problem> {
    let lang = cx.lang();
    let user = match reset::owner(cx, token).await {
        Ok(user) => user,
        Err(problem) => return link::refused(cx, problem, &again(cx)),
    };
    let title = lang.t("reset-title");
    let form =
        Form::new(cx.url("/reset"), lang.t("reset-submit")).field(&Hidden::new("token", token));
    let form = new_password::fields(cx, form, &user.email, errors);
    let card = Card::new("reset", &title).text(lang.t("reset-lead")).body(&form);
    let html = Markup::of(&Head::new(&title)).and(&errors.summary(&lang)).and(&card);
    let page = Page::html(title, html);
    let refused = !errors.is_empty();
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page.status(status).into_response())
}

//! `/setup`: the first run asks for the company and its superadmin.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use plugin_api::ui::{Card, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Access, Cx, Form as Sent, Page, Problem, Query, Routes, SeeOther};

use super::{Fields, Form, form_errors};
use crate::people::setup::{self, Start};
use crate::people::{CookieRules, sessions};
use crate::state::{App, State};

pub(super) fn routes() -> Routes {
    Routes::new().get("/setup", show, Access::Public).post("/setup", submit, Access::Public)
}

/// The console prints the address with the token in it.
async fn show(App(state): App, cx: Cx, Query(asked): Query<Fields>) -> Result<Response, Problem> {
    if !setup::is_needed(&state).await? {
        return Ok(SeeOther::to(cx.url("/login")).into_response());
    }
    let start = Start { token: asked.get("token").to_owned(), ..Start::default() };
    Ok(page(&state, &cx, &start, &FormErrors::new()).into_response())
}

async fn submit(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    if !setup::is_needed(&state).await? {
        return Ok(SeeOther::to(cx.url("/login")).into_response());
    }
    let lang = cx.lang();
    let text = |name: &str| form.get(name).to_owned();
    let start = Start {
        token: text("token"),
        company: text("company"),
        email: text("email"),
        name: text("name"),
        password: text("password"),
    };
    let mut errors = FormErrors::new();
    if start.company.trim().is_empty() {
        errors.add("company", lang.t("field-required"));
    } else if start.company.chars().count() > 255 {
        errors.add("company", lang.t("field-too-long"));
    }
    if start.password != form.get("again") {
        errors.add("again", lang.t("password-differs"));
    }
    if !CookieRules::of(&state.config.http).usable {
        errors.add("", lang.t("login-insecure"));
    }
    if errors.is_empty() {
        match setup::finish(&state, &cx, &start).await {
            Ok(user) => {
                let mut cookies = HeaderMap::new();
                sessions::begin(&state, &cx, &user, &headers, &mut cookies).await?;
                let home = SeeOther::to(cx.url("/")).saying(lang.t("setup-done"));
                return Ok((cookies, home).into_response());
            }
            Err(problem) => errors = form_errors(problem, &lang)?,
        }
    }
    let page = page(&state, &cx, &start, &errors).status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.into_response())
}

fn page(state: &State, cx: &Cx, start: &Start, errors: &FormErrors) -> Page {
    let lang = cx.lang();
    let mut html = Markup::of(&Head::new(lang.t("setup-title")).lead(lang.t("setup-lead")));
    if !CookieRules::of(&state.config.http).usable {
        let notice = Notice::new(Tone::Bad, lang.t("login-insecure-how"));
        html = html.and(&notice.title(lang.t("login-insecure")));
    }
    let token = Field::text("token", lang.t("setup-token")).hint(lang.t("setup-token-hint"));
    let company = Field::text("company", lang.t("setup-company")).autocomplete("organization");
    let fields = Form::new(cx.url("/setup"), lang.t("setup-submit"))
        .field(&token.value(&start.token).mono().autocomplete("off").errors(errors).required())
        .field(&company.value(&start.company).errors(errors).required())
        .field(
            &Field::text("name", lang.t("your-name"))
                .autocomplete("name")
                .value(&start.name)
                .errors(errors)
                .required(),
        )
        .field(
            &Field::email("email", lang.t("email"))
                .autocomplete("username")
                .value(&start.email)
                .errors(errors)
                .required(),
        )
        .field(
            &Field::password("password", lang.t("password"))
                .autocomplete("new-password")
                .hint(lang.t("password-hint"))
                .errors(errors)
                .required(),
        )
        .field(
            &Field::password("again", lang.t("password-again"))
                .autocomplete("new-password")
                .errors(errors)
                .required(),
        );
    let html = html
        .and(&errors.summary(&lang))
        .and(&Card::new("setup", lang.t("setup-superadmin")).body(&fields));
    Page::html(lang.t("setup-title"), html)
}

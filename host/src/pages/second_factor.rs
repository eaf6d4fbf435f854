//! `/login/code`: who gave the right password shows his second factor.

use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use plugin_api::ui::{Action, Card, Field, FormErrors, Head, Markup};
use plugin_api::{Access, Cx, Form as Sent, Page, Problem, Query, Routes, SeeOther};

use super::form::Hidden;
use super::login::refused;
use super::{Fields, Form};
use crate::people::{self, Refusal, Step, local_path};
use crate::state::App;

pub(super) fn routes() -> Routes {
    let path = "/login/code";
    Routes::new().get(path, show, Access::Public).post(path, submit, Access::Public)
}

/// The way to it; `next` is where he wanted to go.
pub(crate) fn asked(cx: &Cx, next: &str) -> SeeOther {
    let next = utf8_percent_encode(next, NON_ALPHANUMERIC);
    SeeOther::to(cx.url(&format!("/login/code?next={next}")))
}

async fn show(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Query(asked): Query<Fields>,
) -> Result<Response, Problem> {
    if people::challenged(&state, &cx, &headers).await?.is_none() {
        return Ok(SeeOther::to(cx.url("/login")).into_response());
    }
    Ok(page(&cx, &asked, &FormErrors::new()).into_response())
}

async fn submit(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let mut cookies = HeaderMap::new();
    let outcome = people::prove(&state, &cx, form.get("code"), &headers, &mut cookies).await?;
    let there = SeeOther::to(cx.url(local_path(form.get("next"))));
    match outcome {
        Ok(Step::Recovered(left)) => {
            let said = lang.n("second-factor-recovered", left);
            Ok((cookies, there.saying(said)).into_response())
        }
        Ok(_) => Ok((cookies, there).into_response()),
        Err(Refusal::Over) => {
            let again = SeeOther::to(cx.url("/login")).saying(lang.t("second-factor-over"));
            Ok((cookies, again).into_response())
        }
        Err(refusal) => {
            let (sentence, status) = refused(&lang, refusal, &mut cookies);
            let errors = [("code", sentence)].into_iter().collect();
            Ok((cookies, page(&cx, &form, &errors).status(status)).into_response())
        }
    }
}

fn page(cx: &Cx, form: &Fields, errors: &FormErrors) -> Page {
    let lang = cx.lang();
    let title = lang.t("second-factor-ask");
    let code = Field::text("code", lang.t("second-factor-code"))
        .hint(lang.t("second-factor-code-hint"))
        .autocomplete("one-time-code")
        .maxlength(32)
        .mono()
        .errors(errors);
    let fields = Form::new(cx.url("/login/code"), lang.t("second-factor-go"))
        .field(&Hidden::new("next", local_path(form.get("next"))))
        .field(&code.required().autofocus());
    let back = Action::link(lang.t("second-factor-back"), cx.url("/login")).quiet();
    let card = Card::new("second-factor", lang.t("second-factor-title")).body(&fields).body(&back);
    let html = Markup::of(&Head::new(&title)).and(&errors.summary(&lang)).and(&card);
    Page::html(title, html)
}

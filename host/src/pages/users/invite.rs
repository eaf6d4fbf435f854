//! `/system/users/invite`: somebody is invited by mail.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use plugin_api::lang::LANGUAGES;
use plugin_api::ui::{Action, Card, Field, FormErrors, Head, Markup};
use plugin_api::{Cx, Form as Sent, Page, Problem, Query, Routes, SeeOther};
use serde::Deserialize;

use super::form::{Filled, fields};
use crate::pages::{Fields, Form, form_errors, may};
use crate::people::invitations::{self, NewInvitation};
use crate::state::{App, State};

pub(super) fn routes() -> Routes {
    let path = "/system/users/invite";
    Routes::new().get(path, show, may("users")).post(path, invite, may("users"))
}

/// Where the link that led here wants him; the caller's own node when it does not say.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    organisation: String,
}

async fn show(App(state): App, cx: Cx, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let organisation_id = match asked.organisation.as_str() {
        "" => cx.caller().organisation_id.clone(),
        _ => asked.organisation,
    };
    let filled = Filled { organisation_id, ..Filled::default() };
    page(&state, &cx, (&filled, cx.lang().code), &FormErrors::new()).await
}

async fn invite(App(state): App, cx: Cx, Sent(form): Sent<Fields>) -> Result<Response, Problem> {
    let lang = cx.lang();
    let filled = Filled::sent(&form);
    let language = LANGUAGES.into_iter().find(|code| *code == form.get("language"));
    let language = language.unwrap_or(lang.code);
    let new = NewInvitation {
        email: filled.email.clone(),
        name: filled.name.clone(),
        roles: filled.roles.clone(),
        organisation_id: filled.organisation_id.clone(),
        language: language.to_owned(),
    };
    match invitations::invite(&state, &cx, &new).await {
        Ok(_) => {
            let said = lang.with("invitation-sent", &[("email", new.email.trim())]);
            Ok(SeeOther::to(cx.url("/system/users/invitations")).saying(said).into_response())
        }
        Err(problem) => {
            let errors = form_errors(problem, &lang)?;
            let page = page(&state, &cx, (&filled, language), &errors).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

async fn page(
    state: &State,
    cx: &Cx,
    (filled, language): (&Filled, &str),
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let form = Form::new(cx.url("/system/users/invite"), lang.t("users-invite-send"));
    let mut choice = Field::select("language", lang.t("invitation-language"))
        .hint(lang.t("invitation-language-hint"))
        .value(language);
    for code in LANGUAGES {
        choice = choice.option(code, lang.t(&format!("language-{code}")));
    }
    let form = fields(state, cx, form, filled, errors).await?.field(&choice);
    let title = lang.t("users-invite");
    let head = Head::new(&title)
        .back(lang.t("users-title"), cx.url("/system/users"))
        .lead(lang.t("invitation-hint"))
        .action(&Action::link(lang.t("invitations-title"), cx.url("/system/users/invitations")))
        .action(&Action::link(lang.t("users-new-instead"), cx.url("/system/users/new")).quiet());
    let html = Markup::of(&head)
        .and(&errors.summary(&lang))
        .and(&Card::new("user", lang.t("user-title")).body(&form));
    Ok(Page::html(title, html))
}

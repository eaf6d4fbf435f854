//! `/system/users/new`: a user is made.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use plugin_api::ui::{Card, Field, FormErrors, Head, Markup};
use plugin_api::{Cx, Form as Sent, Page, Problem, Routes, SeeOther};

use super::form::{Filled, fields};
use crate::pages::{Fields, Form, form_errors, may};
use crate::people::{NewUser, users};
use crate::state::{App, State};

pub(super) fn routes() -> Routes {
    Routes::new().get("/system/users/new", show, may("users")).post(
        "/system/users/new",
        create,
        may("users"),
    )
}

async fn show(App(state): App, cx: Cx) -> Result<Page, Problem> {
    let organisation_id = cx.caller().organisation_id.clone();
    let filled = Filled { organisation_id, ..Filled::default() };
    page(&state, &cx, &filled, &FormErrors::new()).await
}

async fn create(App(state): App, cx: Cx, Sent(form): Sent<Fields>) -> Result<Response, Problem> {
    let lang = cx.lang();
    let filled = Filled::sent(&form);
    let new = NewUser {
        email: filled.email.clone(),
        name: filled.name.clone(),
        password: form.get("password").to_owned(),
        roles: filled.roles.clone(),
        organisation_id: filled.organisation_id.clone(),
    };
    match users::create(&state, &cx, &new).await {
        Ok(id) => {
            let said = lang.with("user-created", &[("name", new.name.trim())]);
            let there = cx.url(&format!("/system/users/{id}"));
            Ok(SeeOther::to(there).saying(said).into_response())
        }
        Err(problem) => {
            let errors = form_errors(problem, &lang)?;
            let page = page(&state, &cx, &filled, &errors).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

async fn page(
    state: &State,
    cx: &Cx,
    filled: &Filled,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let form = Form::new(cx.url("/system/users/new"), lang.t("users-create"));
    let password = Field::password("password", lang.t("password"))
        .autocomplete("new-password")
        .hint(lang.t("user-password-hint"))
        .errors(errors)
        .required();
    let form = fields(state, cx, form, filled, errors).await?.field(&password);
    let head = Head::new(lang.t("users-new")).back(lang.t("users-title"), cx.url("/system/users"));
    let html = Markup::of(&head)
        .and(&errors.summary(&lang))
        .and(&Card::new("user", lang.t("user-title")).body(&form));
    Ok(Page::html(lang.t("users-new"), html))
}

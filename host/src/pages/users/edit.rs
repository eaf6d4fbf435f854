//! `/system/users/{user_id}`: a user is shown and changed.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use plugin_api::ui::{Action, Badge, Card, Confirm, Field, FormErrors, Head, Markup, Tone};
use plugin_api::{Cx, Form as Sent, Page, Path, Problem, Routes, SeeOther};

use super::access;
use super::form::{Filled, fields};
use super::second_factor;
use crate::pages::{Fields, Form, form_errors, may};
use crate::people::users::{self, Change};
use crate::state::{App, State};
use crate::store::users::UserRow;

pub(super) fn routes() -> Routes {
    Routes::new().get("/system/users/{user_id}", show, may("users")).post(
        "/system/users/{user_id}",
        change,
        may("users"),
    )
}

async fn show(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let user = users::find(&state, &cx, &id).await?;
    page(&state, &cx, &user, &filled(&user), &FormErrors::new()).await
}

fn filled(user: &UserRow) -> Filled {
    Filled {
        email: user.email.clone(),
        name: user.name.clone(),
        roles: user.roles(),
        organisation_id: user.organisation_id.clone(),
    }
}

async fn change(
    App(state): App,
    cx: Cx,
    Path(id): Path<String>,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let user = users::find(&state, &cx, &id).await?;
    let Filled { email, name, roles, organisation_id } = Filled::sent(&form);
    let change = Change { email, name, roles, organisation_id };
    match users::change(&state, &cx, &user, &change).await {
        Ok(()) => {
            let said = lang.with("user-changed", &[("name", change.name.trim())]);
            Ok(SeeOther::to(address(&cx, &user, "")).saying(said).into_response())
        }
        Err(problem) => refused(&state, &cx, &user, &Filled::sent(&form), problem).await,
    }
}

/// The page of a user with what was wrong about a form of it.
pub(super) async fn refused(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    filled: &Filled,
    problem: Problem,
) -> Result<Response, Problem> {
    let errors = form_errors(problem, &cx.lang())?;
    let page = page(state, cx, user, filled, &errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The page of a user as he is, with what was wrong about an act on him.
pub(super) async fn refused_act(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    problem: Problem,
) -> Result<Response, Problem> {
    refused(state, cx, user, &filled(user), problem).await
}

pub(super) fn address(cx: &Cx, user: &UserRow, act: &str) -> String {
    cx.url(&format!("/system/users/{}{act}", user.user_id))
}

async fn page(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    filled: &Filled,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let (tone, word) = match user.disabled_at {
        None => (Tone::Ok, "user-active"),
        Some(_) => (Tone::Bad, "user-disabled"),
    };
    let lead = match user.signed_in_at {
        Some(at) => lang.with("user-signed-in", &[("at", &lang.instant(at))]),
        None => lang.t("user-never-signed-in"),
    };
    let head = Head::new(&user.name)
        .back(lang.t("users-title"), cx.url("/system/users"))
        .badge(Badge::new(tone, lang.t(word)))
        .lead(lead);
    let form = Form::new(address(cx, user, ""), lang.t("save"));
    let form = fields(state, cx, form, filled, errors).await?;
    let password = Field::password("password", lang.t("password-new"))
        .autocomplete("new-password")
        .hint(lang.t("user-password-hint"))
        .errors(errors)
        .required();
    let reset = Form::new(address(cx, user, "/password"), lang.t("user-reset")).field(&password);
    let html = Markup::of(&head)
        .and(&errors.summary(&lang))
        .and(&Card::new("user", lang.t("user-title")).body(&form))
        .and(
            &Card::new("reset", lang.t("user-reset-title"))
                .text(lang.t("user-reset-hint"))
                .body(&reset),
        )
        .and(&access::cards(state, cx, user).await?)
        .and(&second_factor::card(state, cx, user).await?)
        .and(&standing(cx, user));
    Ok(Page::html(user.name.clone(), html))
}

/// Barring him, or letting him in again.
fn standing(cx: &Cx, user: &UserRow) -> Card {
    let lang = cx.lang();
    let card = Card::new("standing", lang.t("user-standing"));
    if user.disabled_at.is_some() {
        let enable = Action::post(lang.t("user-enable"), address(cx, user, "/enable"));
        return card.text(lang.t("user-enable-hint")).body(&enable.primary());
    }
    if users::is_self(cx, &user.user_id) {
        return card.text(lang.t("problem-user-self"));
    }
    let consequence = lang.with("user-disable-consequence", &[("name", &user.name)]);
    let label = lang.t("user-disable");
    let disable = Confirm::new(&lang, "disable", label, address(cx, user, "/disable"), consequence);
    card.danger().text(lang.t("user-disable-hint")).body(&disable)
}

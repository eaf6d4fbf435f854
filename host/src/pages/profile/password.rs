//! The own password is changed; who does it shows that he knows the old one.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use plugin_api::ui::{Card, Field, FormErrors};
use plugin_api::{Access, Cx, Form as Sent, Problem, Routes, SeeOther};

use super::own;
use super::show::{Shown, page};
use crate::pages::{Fields, Form, form_errors};
use crate::people::{sessions, users};
use crate::state::{App, State};
use crate::store::users::UserRow;

pub(super) fn routes() -> Routes {
    Routes::new().post("/profile/password", change, Access::SignedIn)
}

pub(super) fn card(cx: &Cx, errors: &FormErrors) -> Card {
    let lang = cx.lang();
    let current = Field::password("current", lang.t("password-current"));
    let new = Field::password("password", lang.t("password-new"));
    let again = Field::password("again", lang.t("password-again"));
    let form = Form::new(cx.url("/profile/password"), lang.t("password-change"))
        .field(&current.autocomplete("current-password").errors(errors).required())
        .field(
            &new.autocomplete("new-password")
                .hint(lang.t("password-hint"))
                .errors(errors)
                .required(),
        )
        .field(&again.autocomplete("new-password").errors(errors).required());
    Card::new("password", lang.t("password-title")).text(lang.t("password-lead")).body(&form)
}

async fn change(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let user = own(&cx).await?;
    let mut errors = objections(&state, &cx, &user, &form).await?;
    if errors.is_empty() {
        let kept = sessions::current(&state, &headers);
        match users::set_password(&state, &cx, &user, form.get("password"), &kept).await {
            Ok(()) => {
                let said = lang.t("password-changed");
                return Ok(SeeOther::to(cx.url("/profile")).saying(said).into_response());
            }
            Err(problem) => errors = form_errors(problem, &lang)?,
        }
    }
    let shown = Shown { errors, ..Shown::default() };
    let page = page(&state, &cx, &headers, shown).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn objections(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    form: &Fields,
) -> Result<FormErrors, Problem> {
    let lang = cx.lang();
    let mut errors = FormErrors::new();
    if form.get("password") != form.get("again") {
        errors.add("again", lang.t("password-differs"));
        return Ok(errors);
    }
    // A stolen session must not become a way to guess the password.
    let people = &state.people;
    if people.throttle.attempt(&user.user_id, None, cx.now()).is_err() {
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests"));
    }
    if people.passwords.check(form.get("current"), Some(&user.password_hash)).await? {
        people.throttle.forgive(&user.user_id, None);
    } else {
        errors.add("current", lang.t("password-wrong"));
    }
    Ok(errors)
}

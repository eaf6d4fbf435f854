//! The own password is changed; who does it shows that he knows the old one.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use plugin_api::ui::{Card, Field, FormErrors};
use plugin_api::{Access, Cx, Form as Sent, Problem, Routes, SeeOther};

use super::own;
use super::show::{Shown, page};
use crate::access::{self, Kind};
use crate::pages::{Fields, Form, form_errors, new_password};
use crate::people::{entry_of, sessions, users};
use crate::state::{App, State};
use crate::store::users::UserRow;

pub(super) fn routes() -> Routes {
    Routes::new().post("/profile/password", change, Access::SignedIn)
}

pub(super) fn card(cx: &Cx, user: &UserRow, errors: &FormErrors) -> Card {
    let lang = cx.lang();
    let current = Field::password("current", lang.t("password-current"));
    let form = Form::new(cx.url("/profile/password"), lang.t("password-change"))
        .field(&current.autocomplete("current-password").errors(errors).required());
    let form = new_password::fields(cx, form, &user.email, errors);
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
    let mut errors = new_password::objections(&lang, &form);
    if errors.is_empty() {
        errors = proven(&state, &cx, &user, &form).await?;
    }
    if errors.is_empty() {
        let kept = sessions::current(&state, &headers);
        match users::set_password(&state, &cx, &user, form.get("password"), &kept).await {
            Ok(()) => {
                access::note(&state, entry_of(&cx, Kind::PasswordChanged, &user, &headers));
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

/// What is wrong when the `current` password of a form is not the one of `user`.
pub(super) async fn proven(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    form: &Fields,
) -> Result<FormErrors, Problem> {
    let mut errors = FormErrors::new();
    // A stolen session must not become a way to guess the password.
    let people = &state.people;
    let tried = people.throttle.attempt(&user.user_id, None, cx.now());
    tried.map_err(Problem::too_many_requests)?;
    if people.passwords.check(form.get("current"), Some(&user.password_hash)).await? {
        people.throttle.forgive(&user.user_id, None);
    } else {
        errors.add("current", cx.lang().t("password-wrong"));
    }
    Ok(errors)
}

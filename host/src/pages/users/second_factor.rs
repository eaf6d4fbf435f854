//! The second factor of somebody who lost his phone is reset.

use axum::response::{IntoResponse as _, Response};
use plugin_api::ui::{Card, Confirm};
use plugin_api::{Cx, Path, Problem, Routes, SeeOther};

use super::edit::address;
use crate::pages::may;
use crate::people::second_factor::{self, Standing};
use crate::people::users;
use crate::state::{App, State};
use crate::store::users::UserRow;

pub(super) fn routes() -> Routes {
    Routes::new().post("/system/users/{user_id}/second-factor", reset, may("users"))
}

/// How it stands, and how to reset it.
pub(super) async fn card(state: &State, cx: &Cx, user: &UserRow) -> Result<Card, Problem> {
    let lang = cx.lang();
    let card = Card::new("factor", lang.t("user-factor-title"));
    if !matches!(second_factor::standing(state, cx, user).await?, Standing::On { .. }) {
        return Ok(card.text(lang.t("user-factor-off")));
    }
    let card = card.text(lang.t("user-factor-on"));
    if users::is_self(cx, &user.user_id) {
        return Ok(card);
    }
    let reset = Confirm::new(
        &lang,
        "reset-factor",
        lang.t("user-factor-reset"),
        address(cx, user, "/second-factor"),
        lang.with("user-factor-reset-consequence", &[("name", &user.name)]),
    );
    Ok(card.body(&reset))
}

async fn reset(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let user = users::find(&state, &cx, &id).await?;
    // He switches his own off on the page of his account, where his password is asked for.
    if users::is_self(&cx, &user.user_id) {
        return Err(Problem::forbidden());
    }
    second_factor::remove(&state, &cx, &user, "user.second_factor_reset").await?;
    let said = cx.lang().with("user-factor-reset-now", &[("name", &user.name)]);
    Ok(SeeOther::to(address(&cx, &user, "")).saying(said).into_response())
}

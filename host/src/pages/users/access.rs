//! Where a user is signed in and with which tokens; both are ended here.

use axum::response::{IntoResponse as _, Response};
use plugin_api::db::{Audit, Batch};
use plugin_api::ui::{Card, Confirm, Empty, Markup};
use plugin_api::{Cx, Path, Problem, Routes, SeeOther};

use super::edit::address;
use crate::pages::{may, tokens as tokens_table};
use crate::people::{sessions, tokens, users};
use crate::state::{App, State};
use crate::store::users::UserRow;
use crate::store::{sessions as session_store, tokens as token_store};

pub(super) fn routes() -> Routes {
    Routes::new().post("/system/users/{user_id}/sessions/end", end, may("users")).post(
        "/system/users/{user_id}/tokens/{token_id}/revoke",
        revoke,
        may("users"),
    )
}

/// What the page of a user says of it.
pub(super) async fn cards(state: &State, cx: &Cx, user: &UserRow) -> Result<Markup, Problem> {
    let lang = cx.lang();
    let open = sessions::of_user(state, cx, &user.user_id).await?.len();
    let mut card = Card::new("sessions", lang.t("user-sessions"))
        .text(lang.n("user-sessions-open", i64::try_from(open).unwrap_or_default()));
    if open > 0 {
        let consequence = lang.with("user-sessions-end-consequence", &[("name", &user.name)]);
        let there = address(cx, user, "/sessions/end");
        let label = lang.t("user-sessions-end");
        card = card.body(&Confirm::new(&lang, "end-sessions", label, there, consequence));
    }
    let found = token_store::of_user(&cx.db(), cx.scope(), &user.user_id).await?;
    let tokens = Card::new("tokens", lang.t("tokens-title"));
    let tokens = if found.is_empty() {
        tokens.body(&Empty::new(lang.t("tokens-none"), lang.t("user-tokens-none-hint")))
    } else {
        tokens.body(&tokens_table::table(cx, &found, &address(cx, user, "/tokens")))
    };
    Ok(Markup::of(&card).and(&tokens))
}

async fn end(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let user = users::find(&state, &cx, &id).await?;
    let audit = Audit::of("user.sessions_ended", &user.user_id)
        .named(&user.name)
        .in_organisation(&user.organisation_id);
    let ending = session_store::ending_others(cx.scope(), &user.user_id, "");
    cx.db().batch(Batch::new().and(ending).audit(audit)).await?;
    let said = cx.lang().with("user-sessions-ended", &[("name", &user.name)]);
    Ok(SeeOther::to(address(&cx, &user, "")).saying(said).into_response())
}

async fn revoke(
    App(state): App,
    cx: Cx,
    Path((id, token_id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let user = users::find(&state, &cx, &id).await?;
    tokens::revoke(&cx, &user, &token_id).await?;
    let said = cx.lang().t("token-revoked");
    Ok(SeeOther::to(address(&cx, &user, "")).saying(said).into_response())
}

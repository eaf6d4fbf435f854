//! `/profile`: what somebody sets, sees and makes for himself.

mod password;
mod second_factor;
mod sessions;
mod show;
mod tokens;

use plugin_api::{Cx, Problem, Routes};

use crate::store::users::{self, UserRow};

pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(show::routes())
        .merge(password::routes())
        .merge(second_factor::routes())
        .merge(sessions::routes())
        .merge(tokens::routes())
}

/// The user himself. Software with a token has no profile: a token must not make another.
async fn own(cx: &Cx) -> Result<UserRow, Problem> {
    let plugin_api::Actor::User { id, .. } = &cx.caller().actor else {
        return Err(Problem::forbidden());
    };
    users::find(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

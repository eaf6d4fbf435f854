//! `/api/admin/token`: the caller's own API tokens.

mod create;
mod delete;
mod gettone;
mod list;
#[cfg(test)]
mod tests;

use plugin_api::{Access, Cx, Problem, Routes, routes};

use crate::people::users::own_id;
use crate::store::users::{self, UserRow};

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
        .api(routes!(list::list_tokens, create::create_token), &Access::SignedIn)
        .api(routes!(delete::delete_token), &Access::SignedIn)
}

/// Whose tokens they are: the user who asks, himself or through one of them.
async fn owner(cx: &Cx) -> Result<UserRow, Problem> {
    let id = own_id(cx).ok_or_else(Problem::forbidden)?;
    // A token of one branch does not see its owner, who stands above it.
    let everywhere = plugin_api::Scope::everything();
    users::find(&cx.db(), &everywhere, id).await?.ok_or_else(Problem::not_found)
}

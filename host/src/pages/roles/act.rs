//! A role is put back to its defaults, or deleted.

use axum::response::{IntoResponse as _, Response};
use plugin_api::{Cx, Path, Problem, Routes, SeeOther};

use super::address;
use super::edit::refused;
use crate::pages::may;
use crate::people::roles::change;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().post("/system/roles/{role_id}/reset", reset, may("roles")).post(
        "/system/roles/{role_id}/delete",
        delete,
        may("roles"),
    )
}

async fn reset(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let (lang, role) = (cx.lang(), change::find(&cx, &id).await?);
    match change::reset(&state, &cx, &role).await {
        Ok(()) => {
            let said = lang.with("role-reset-now", &[("name", &role.title(&lang))]);
            Ok(SeeOther::to(address(&cx, &role, "")).saying(said).into_response())
        }
        Err(problem) => {
            let draft = change::draft(&state, &cx, &role);
            refused(&state, &cx, &role, &draft, problem).await
        }
    }
}

async fn delete(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let (lang, role) = (cx.lang(), change::find(&cx, &id).await?);
    match change::delete(&state, &cx, &role).await {
        Ok(()) => {
            let said = lang.with("role-deleted", &[("name", &role.name)]);
            Ok(SeeOther::to(cx.url("/system/roles")).saying(said).into_response())
        }
        Err(problem) => {
            let draft = change::draft(&state, &cx, &role);
            refused(&state, &cx, &role, &draft, problem).await
        }
    }
}

//! A node is suspended, resumed or deleted.

use axum::response::{IntoResponse as _, Response};
use plugin_api::{Cx, Form as Sent, Path, Problem, Routes, SeeOther};

use super::show::{refused, seen};
use super::{TREE, address};
use crate::pages::{Fields, may};
use crate::people::organisations::{self, Change};
use crate::state::App;

pub(super) fn routes() -> Routes {
    let access = || may("organisations");
    Routes::new()
        .post("/system/organisations/{organisation_id}/suspend", suspend, access())
        .post("/system/organisations/{organisation_id}/resume", resume, access())
        .post("/system/organisations/{organisation_id}/delete", delete, access())
}

async fn suspend(
    app: App,
    cx: Cx,
    Path(id): Path<String>,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    set(app, cx, &id, &form, true).await
}

async fn resume(
    app: App,
    cx: Cx,
    Path(id): Path<String>,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    set(app, cx, &id, &form, false).await
}

async fn set(
    App(state): App,
    cx: Cx,
    id: &str,
    form: &Fields,
    suspended: bool,
) -> Result<Response, Problem> {
    let node = seen(&cx, id, form).await?;
    let change = Change { suspended: Some(suspended), ..Change::default() };
    match organisations::change(&cx, &node, &change).await {
        Ok(()) => {
            let key =
                if suspended { "organisation-now-suspended" } else { "organisation-now-active" };
            let said = cx.lang().with(key, &[("name", &node.name)]);
            Ok(SeeOther::to(address(&cx, id, "")).saying(said).into_response())
        }
        Err(refusal) => refused(&state, &cx, &node, &node.name, refusal).await,
    }
}

async fn delete(
    App(state): App,
    cx: Cx,
    Path(id): Path<String>,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let node = seen(&cx, &id, &form).await?;
    match organisations::delete(&cx, &node).await {
        Ok(()) => {
            let said = cx.lang().with("organisation-deleted", &[("name", &node.name)]);
            Ok(SeeOther::to(cx.url(TREE)).saying(said).into_response())
        }
        Err(refusal) => refused(&state, &cx, &node, &node.name, refusal).await,
    }
}

//! `/crm/issuing-rights/new` and `/crm/issuing-rights/{id}`: a rule is made, changed or deleted.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::db::{Audit, Batch};
use plugin_api::form::Typed;
use plugin_api::{Cx, FieldProblem, Form, Page, Path, Problem, SeeOther};
use serde::Deserialize;

use super::form;
use crate::domain::right::Right;
use crate::store::rights::LABEL;
use crate::{paths, store};

/// The version of the rule the question was asked about.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    versione: i64,
}

/// The empty form.
pub(super) async fn new(cx: Cx) -> Result<Page, Problem> {
    form::page(&cx, None, &form::first_values(&fresh(&cx)), &[]).await
}

/// The form of a rule.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let known = found(&cx, &id).await?;
    form::page(&cx, Some(&known), &form::first_values(&known), &[]).await
}

/// Adds a rule.
pub(super) async fn create(cx: Cx, form: Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    save(&cx, None, &Typed::from(form)).await
}

/// Changes a rule.
pub(super) async fn update(
    cx: Cx,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let known = found(&cx, &id).await?;
    save(&cx, Some(&known), &Typed::from(form)).await
}

/// Deletes a rule.
pub(super) async fn delete(
    cx: Cx,
    Path(id): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Response, Problem> {
    let known = found(&cx, &id).await?;
    let as_seen = Right { version: asked.versione, ..known };
    let [rule, counters] = store::rights::removal(&as_seen);
    let audit = audit("right.deleted", &as_seen).before(&as_seen);
    match cx.db().batch(Batch::new().and(rule).and(counters).audit(audit)).await {
        Ok(_) => Ok(back(&cx, "right-deleted")),
        Err(fault) if fault.is_mismatch(LABEL) => Err(Problem::conflict("right_changed")),
        Err(fault) => Err(fault.into()),
    }
}

async fn save(cx: &Cx, known: Option<&Right>, typed: &Typed) -> Result<Response, Problem> {
    let made = fresh(cx);
    let right = match form::read(known.unwrap_or(&made), typed) {
        Ok(right) => right,
        Err(errors) => return refused(cx, known, typed, &errors).await,
    };
    if let Some(branch) = &right.branch_id
        && store::nodes::find(&cx.db(), cx.scope(), branch).await?.is_none()
    {
        return refused(cx, known, typed, &[FieldProblem::new("/ramo", "field-node")]).await;
    }
    let now = cx.now();
    let batch = match known {
        None => Batch::new()
            .and(store::rights::insertion(&right, now)?)
            .audit(audit("right.created", &right).after(&right)),
        Some(known) => Batch::new()
            .and(store::rights::replacement(&right, now)?)
            .audit(audit("right.updated", &right).before(known).after(&right)),
    };
    match cx.db().batch(batch).await {
        Ok(_) => Ok(back(cx, "right-saved")),
        Err(fault) if fault.is_mismatch(LABEL) => {
            refused(cx, known, typed, &[FieldProblem::new("", "right-changed")]).await
        }
        Err(fault) => Err(fault.into()),
    }
}

fn fresh(cx: &Cx) -> Right {
    Right { right_id: cx.fresh_id(), enabled: true, ..Right::default() }
}

fn audit(action: &str, right: &Right) -> Audit {
    Audit::of(action, &right.right_id).named(&right.name)
}

fn back(cx: &Cx, key: &str) -> Response {
    SeeOther::to(cx.url(paths::RIGHTS)).saying(cx.lang().t(key)).into_response()
}

async fn refused(
    cx: &Cx,
    known: Option<&Right>,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Response, Problem> {
    let page = form::page(cx, known, typed, errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn found(cx: &Cx, id: &str) -> Result<Right, Problem> {
    store::rights::find(&cx.db(), id).await?.ok_or_else(Problem::not_found)
}

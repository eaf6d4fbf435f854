//! `/crm/quick-keys/new` and `/crm/quick-keys/{id}`: a quick button is made or changed.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::db::{Audit, Batch};
use plugin_api::form::Typed;
use plugin_api::{Cx, FieldProblem, Form, Page, Path, Problem, SeeOther};

use super::form;
use crate::domain::quick::{Kind, Template};
use crate::store::quick::LABEL;
use crate::{paths, store};

/// The empty form.
pub(super) async fn new(cx: Cx) -> Result<Page, Problem> {
    form::page(&cx, None, &form::first_values(&fresh(&cx)), &[]).await
}

/// The form of a button.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let known = found(&cx, &id).await?;
    form::page(&cx, Some(&known), &form::first_values(&known), &[]).await
}

/// Adds a button after the others.
pub(super) async fn create(cx: Cx, form: Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    let typed = Typed::from(form);
    let template = match form::read(&fresh(&cx), &typed) {
        Ok(template) => template,
        Err(errors) => return refused(&cx, None, &typed, &errors).await,
    };
    let all = store::quick::all(&cx.db()).await?;
    let position = all.iter().map(|known| known.position).max().unwrap_or_default() + 1;
    let template = Template { position, ..template };
    let audit = audit("quick.created", &template).after(&template);
    let batch = Batch::new().and(store::quick::insertion(&template, cx.now()));
    cx.db().batch(batch.audit(audit)).await?;
    Ok(saved(&cx, "quick-saved"))
}

/// Changes a button.
pub(super) async fn update(
    cx: Cx,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (known, typed) = (found(&cx, &id).await?, Typed::from(form));
    let template = match form::read(&known, &typed) {
        Ok(template) => template,
        Err(errors) => return refused(&cx, Some(&known), &typed, &errors).await,
    };
    let audit = audit("quick.updated", &template).before(&known).after(&template);
    let batch = Batch::new().and(store::quick::replacement(&template, cx.now())).audit(audit);
    match cx.db().batch(batch).await {
        Ok(_) => Ok(saved(&cx, "quick-saved")),
        Err(fault) if fault.is_mismatch(LABEL) => {
            refused(&cx, Some(&known), &typed, &[FieldProblem::new("", "quick-changed")]).await
        }
        Err(fault) => Err(fault.into()),
    }
}

fn fresh(cx: &Cx) -> Template {
    Template {
        quick_id: cx.fresh_id(),
        icon: "key".to_owned(),
        permission: Kind::Issue.as_str().to_owned(),
        enabled: true,
        ..Template::default()
    }
}

async fn refused(
    cx: &Cx,
    known: Option<&Template>,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Response, Problem> {
    let page = form::page(cx, known, typed, errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Back to the list with what was done.
pub(super) fn saved(cx: &Cx, key: &str) -> Response {
    SeeOther::to(cx.url(paths::QUICK_KEYS)).saying(cx.lang().t(key)).into_response()
}

/// The audit row of an act on a button.
pub(super) fn audit(action: &str, template: &Template) -> Audit {
    Audit::of(action, &template.quick_id).named(&template.name_en)
}

/// The button, whoever may press it.
pub(super) async fn found(cx: &Cx, id: &str) -> Result<Template, Problem> {
    store::quick::find(&cx.db(), id).await?.ok_or_else(Problem::not_found)
}

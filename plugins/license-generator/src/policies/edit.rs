//! `/crm/policies/new` and `/crm/policies/{id}`: a policy, new or changed; a change is tried out first.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use plugin_api::form::Typed;
use plugin_api::{Cx, FieldProblem, Form, Page, Path, Problem, SeeOther};

use super::save::{NotSaved, save, wanted};
use super::{form as forms, of_settings, read, what_if};
use crate::domain::policy_draft::PolicyDraft;
use crate::paths;
use crate::store::policies::{self as store, Stored};

/// The form of a new policy, with what the settings say.
pub(super) async fn new(cx: Cx) -> Result<Page, Problem> {
    let draft = PolicyDraft::from(&of_settings(&cx).await?);
    forms::page(&cx, None, &read::typed(&draft), &[]).await
}

/// The form with what is stored.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let known = known(&cx, &id).await?;
    let typed = read::typed(&read::stored(&known)).with("versione", known.version.to_string());
    forms::page(&cx, Some(&known), &typed, &[]).await
}

/// Keeps a new policy.
pub(super) async fn create(cx: Cx, form: Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    take(&cx, None, &Typed::from(form)).await
}

/// Tries a change out, or keeps it.
pub(super) async fn update(
    cx: Cx,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let known = known(&cx, &id).await?;
    take(&cx, Some(&known), &Typed::from(form)).await
}

/// The policy with this id.
pub(super) async fn known(cx: &Cx, policy_id: &str) -> Result<Stored, Problem> {
    store::get(&cx.db(), cx.scope(), policy_id).await?.ok_or_else(Problem::not_found)
}

async fn take(cx: &Cx, known: Option<&Stored>, typed: &Typed) -> Result<Response, Problem> {
    let draft = match read::draft(typed) {
        Ok(draft) => draft,
        Err(errors) => return refused(cx, known, typed, &errors).await,
    };
    // The version the form was shown with: if it is not the newest any more, nothing is kept.
    let known = known.map(|known| Stored {
        version: typed.text("versione").parse().unwrap_or(known.version),
        ..known.clone()
    });
    let known = known.as_ref();
    let kept = match (typed.text("passo"), known) {
        ("modifica", _) => return Ok(forms::page(cx, known, typed, &[]).await?.into_response()),
        ("prova" | "csv", Some(known)) => match wanted(cx, Some(known), &draft).await {
            Ok(policy) if typed.text("passo") == "csv" => {
                return what_if::download(cx, &policy).await;
            }
            Ok(policy) => {
                let page = what_if::page(cx, known, &policy, &draft).await?;
                return Ok(page.into_response());
            }
            Err(not) => Err(not),
        },
        (step, _) => save(cx, known, &PolicyDraft { applica: step == "applica", ..draft }).await,
    };
    match kept {
        Ok(saved) => {
            let there = match &saved.run_id {
                Some(run_id) => paths::of(paths::POLICY_RUN, run_id),
                None => paths::of(paths::POLICY, &saved.policy_id),
            };
            let notice = cx.lang().t("policy-saved");
            Ok(SeeOther::to(cx.url(&there)).saying(notice).into_response())
        }
        Err(NotSaved::Wrong(errors)) => refused(cx, known, typed, &errors).await,
        Err(NotSaved::Stale) => {
            refused(cx, known, typed, &[FieldProblem::new("", "policy-changed")]).await
        }
        Err(NotSaved::Failed(problem)) => Err(problem),
    }
}

async fn refused(
    cx: &Cx,
    known: Option<&Stored>,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Response, Problem> {
    let page = forms::page(cx, known, typed, errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

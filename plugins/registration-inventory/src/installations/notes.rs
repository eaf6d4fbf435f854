//! `/crm/installations/{id}/notes`: what people note about an installation.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use plugin_api::db::{Audit, Batch};
use plugin_api::ui::{Action, ErrorSummary, Field, FormErrors, Head};
use plugin_api::{Actor, Caller, Cx, Fault, Form, Page, Path, Problem, SeeOther};
use serde::Deserialize;

use crate::paths;
use crate::store::installations::{self, Installation};
use crate::store::notes::{self, Note};

/// Characters of a note at most.
const LONGEST: usize = 4_000;

/// A note as it was typed.
#[derive(Debug, Deserialize)]
pub(super) struct NoteForm {
    #[serde(default)]
    testo: String,
}

#[derive(Template)]
#[template(path = "registration-inventory/note.html")]
struct NotePage {
    head: Head,
    errors: ErrorSummary,
    action: String,
    field: Field,
    buttons: [Action; 2],
}

/// The form of a new note.
pub(super) async fn new(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let installation = found(&cx, &id).await?;
    page(&cx, &installation, None, "", &FormErrors::new())
}

/// Writes a new note.
pub(super) async fn create(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<NoteForm>,
) -> Result<Response, Problem> {
    let installation = found(&cx, &id).await?;
    let errors = mistakes(&cx, &form);
    if !errors.is_empty() {
        return Ok(refused(page(&cx, &installation, None, &form.testo, &errors)?));
    }
    let note = Note {
        note_id: cx.fresh_id(),
        installation_id: id,
        at: cx.now(),
        actor: who(cx.caller()),
        text: form.testo.trim().to_owned(),
    };
    let audit = audit("note.written", &installation, &note).after(&note);
    cx.db().batch(Batch::new().and(notes::insertion(&note)).audit(audit)).await?;
    Ok(back(&cx, &installation, "note-saved").into_response())
}

/// The form of a note that exists.
pub(super) async fn form(
    cx: Cx,
    Path((id, note)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let (installation, note) = both(&cx, &id, &note).await?;
    page(&cx, &installation, Some(&note), &note.text, &FormErrors::new())
}

/// Writes what a note says now.
pub(super) async fn update(
    cx: Cx,
    Path((id, note)): Path<(String, String)>,
    Form(form): Form<NoteForm>,
) -> Result<Response, Problem> {
    let (installation, before) = both(&cx, &id, &note).await?;
    let errors = mistakes(&cx, &form);
    if !errors.is_empty() {
        return Ok(refused(page(&cx, &installation, Some(&before), &form.testo, &errors)?));
    }
    let note = Note {
        at: cx.now(),
        actor: who(cx.caller()),
        text: form.testo.trim().to_owned(),
        ..before.clone()
    };
    let audit = audit("note.changed", &installation, &note).before(&before).after(&note);
    written(cx.db().batch(Batch::new().and(notes::change(cx.scope(), &note)).audit(audit)).await)?;
    Ok(back(&cx, &installation, "note-saved").into_response())
}

/// Deletes a note.
pub(super) async fn delete(
    cx: Cx,
    Path((id, note)): Path<(String, String)>,
) -> Result<SeeOther, Problem> {
    let (installation, note) = both(&cx, &id, &note).await?;
    let audit = audit("note.deleted", &installation, &note).before(&note);
    written(cx.db().batch(Batch::new().and(notes::removal(cx.scope(), &note)).audit(audit)).await)?;
    Ok(back(&cx, &installation, "note-deleted"))
}

async fn found(cx: &Cx, id: &str) -> Result<Installation, Problem> {
    installations::by_id(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

async fn both(cx: &Cx, id: &str, note: &str) -> Result<(Installation, Note), Problem> {
    let installation = found(cx, id).await?;
    let note = notes::get(&cx.db(), cx.scope(), id, note).await?;
    Ok((installation, note.ok_or_else(Problem::not_found)?))
}

/// Somebody deleted it meanwhile.
fn written(outcome: Result<Vec<u64>, Fault>) -> Result<(), Problem> {
    match outcome {
        Err(fault) if fault.is_mismatch("note") => Err(Problem::not_found()),
        outcome => Ok(outcome.map(drop)?),
    }
}

fn mistakes(cx: &Cx, form: &NoteForm) -> FormErrors {
    let (lang, mut errors) = (cx.lang(), FormErrors::new());
    if form.testo.trim().is_empty() {
        errors.add("testo", lang.t("field-required"));
    } else if form.testo.trim().chars().count() > LONGEST {
        errors.add("testo", lang.t("field-too-long"));
    }
    errors
}

fn audit(action: &str, installation: &Installation, note: &Note) -> Audit {
    Audit::of(action, &note.note_id)
        .named(super::show::title(installation))
        .in_organisation(&installation.organisation_id)
}

fn back(cx: &Cx, installation: &Installation, key: &str) -> SeeOther {
    let page = paths::of(paths::INSTALLATION, &installation.installation_id);
    SeeOther::to(format!("{}#notes", cx.url(&page))).saying(cx.lang().t(key))
}

fn refused(page: Page) -> Response {
    page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

fn page(
    cx: &Cx,
    installation: &Installation,
    note: Option<&Note>,
    text: &str,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let (lang, id) = (cx.lang(), &installation.installation_id);
    let title = lang.t(if note.is_some() { "note-edit" } else { "note-new" });
    let there = cx.url(&paths::of(paths::INSTALLATION, id));
    let action = paths::of(super::NOTES, id);
    let action = note.map_or(action.clone(), |note| format!("{action}/{}", note.note_id));
    let page = NotePage {
        head: Head::new(&title).back(super::show::title(installation), there.clone()),
        errors: errors.summary(&lang),
        action: cx.url(&action),
        field: Field::textarea("testo", lang.t("label-note-text"))
            .rows(6)
            .maxlength(LONGEST)
            .value(text)
            .required()
            .errors(errors),
        buttons: [Action::submit(lang.t("save")), Action::link(lang.t("cancel"), there).quiet()],
    };
    let title =
        if errors.is_empty() { title } else { lang.with("title-error", &[("title", &title)]) };
    Page::new(title, &page)
}

/// Who is acting, as people call him.
fn who(caller: &Caller) -> String {
    match &caller.actor {
        Actor::Anonymous => String::new(),
        Actor::User { name, .. } | Actor::Token { name, .. } | Actor::Job { name } => {
            name.chars().take(200).collect()
        }
    }
}

//! `/crm/releases/{id}/notes`: what is new, in each language, as it is written and as it is read.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Fields, Typed};
use plugin_api::lang::LANGUAGES;
use plugin_api::ui::{Action, Card, Empty, ErrorSummary, Field, Head, Markup, Tabs};
use plugin_api::{Cx, FieldProblem, Lang, Page, Path, Problem, Query, SeeOther};
use serde::Deserialize;

use super::acts::unchanged;
use crate::form::form_errors;
use crate::releases::body::{Draft, ReleaseBody};
use crate::releases::save::{self, Saved};
use crate::releases::tabs;
use crate::{PUBLISH, paths};

/// How the form was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct How {
    /// Only to see how the texts will look; nothing is written.
    anteprima: String,
}

#[derive(Template)]
#[template(path = "update-server/notes.html")]
struct NotesPage {
    lang: Lang,
    head: Head,
    tabs: Tabs,
    errors: ErrorSummary,
    action: String,
    row_version: String,
    card: Card,
    button: Action,
    shown: Markup,
}

/// The page: a form for who may write, the notes for who reads.
pub(super) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let draft = save::found(&cx, &id).await?;
    if cx.may(PUBLISH) {
        let typed = draft.notes.iter().fold(Typed::default(), |typed, (language, text)| {
            typed.with(&format!("note.{language}"), text)
        });
        let typed = typed.with("versione", draft.release.row_version.to_string());
        return form(&cx, &draft, &typed, &[]);
    }
    let head = tabs::head(&cx, &draft.release);
    let html = Markup::of(&head).and(&tabs::tabs(&cx, &draft.release, paths::RELEASE_NOTES));
    let notes = draft.notes.iter().map(|(language, text)| (language.as_str(), text.as_str()));
    Ok(Page::html(title(&cx, &draft), html.and(&shown(&cx.lang(), notes))))
}

/// Writes the notes.
pub(super) async fn save(
    cx: Cx,
    Path(id): Path<String>,
    Query(how): Query<How>,
    fields: Fields,
) -> Result<Response, Problem> {
    let typed = Typed::from(fields);
    if !how.anteprima.is_empty() {
        let draft = save::found(&cx, &id).await?;
        return Ok(form(&cx, &draft, &typed, &[])?.into_response());
    }
    let draft = unchanged(&cx, &id, &typed).await?;
    let notes: BTreeMap<String, String> = typed
        .with_prefix("note.")
        .map(|(language, text)| (language.to_owned(), text.to_owned()))
        .collect();
    let body = ReleaseBody { note: Some(notes), ..ReleaseBody::default() };
    match save::update(&cx, &draft, &body).await? {
        Saved::Written(id) => {
            let there = cx.url(&paths::of(paths::RELEASE_NOTES, &id));
            Ok(SeeOther::to(there).saying(cx.lang().t("release-notes-saved")).into_response())
        }
        Saved::Refused(errors) => {
            let page = form(&cx, &draft, &typed, &errors)?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Saved::Stale => Err(Problem::conflict("rilascio_cambiato")),
    }
}

fn title(cx: &Cx, draft: &Draft) -> String {
    format!("{}: {}", cx.lang().t("tab-release-notes"), tabs::title(&draft.release))
}

/// The notes as people read them.
fn shown<'a>(lang: &Lang, notes: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    let written = notes.filter(|(_, text)| !text.is_empty());
    let all = written.fold(Markup::default(), |all, (language, text)| {
        let body = crate::notes::shown(language, text);
        let name = language_name(lang, language);
        all.and(&Card::new(format!("read-{language}"), name).body(&body))
    });
    if all.is_empty() {
        let title = lang.t("release-notes-empty");
        return Markup::of(&Empty::new(title, lang.t("release-notes-empty-hint")));
    }
    all
}

fn language_name(lang: &Lang, language: &str) -> String {
    let key = format!("language-{language}");
    if lang.has(&key) { lang.t(&key) } else { language.to_owned() }
}

fn form(cx: &Cx, draft: &Draft, typed: &Typed, errors: &[FieldProblem]) -> Result<Page, Problem> {
    let lang = cx.lang();
    let errors = form_errors(&lang, errors);
    let mut languages: Vec<&str> = LANGUAGES.to_vec();
    languages.extend(draft.notes.keys().map(String::as_str));
    languages.sort_unstable();
    languages.dedup();
    let card = languages.into_iter().fold(
        Card::new("notes", lang.t("tab-release-notes")).text(lang.t("release-notes-hint")),
        |card, language| {
            let name = format!("note.{language}");
            let field = Field::textarea(&*name, language_name(&lang, language));
            card.body(&field.rows(10).value(typed.text(&name)).errors(&errors))
        },
    );
    let page = NotesPage {
        head: tabs::head(cx, &draft.release),
        tabs: tabs::tabs(cx, &draft.release, paths::RELEASE_NOTES),
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(paths::RELEASE_NOTES, &draft.release.release_id)),
        row_version: typed.text("versione").to_owned(),
        card,
        button: Action::submit(lang.t("save")),
        shown: shown(&lang, typed.with_prefix("note.")),
        lang,
    };
    let title = title(cx, draft);
    let title =
        if errors.is_empty() { title } else { page.lang.with("title-error", &[("title", &title)]) };
    Page::new(title, &page)
}

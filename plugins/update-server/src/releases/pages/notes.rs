//! `/crm/releases/{id}/notes`: what is new, in each language, as it is written and as it is read.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::lang::LANGUAGES;
use plugin_api::ui::{Action, Card, Field, Markup};
use plugin_api::{Cx, FieldProblem, Page, Path, Problem, SeeOther};

use super::acts::unchanged;
use crate::form::{Fields, FormPage, Typed, form_errors};
use crate::releases::body::{Draft, ReleaseBody};
use crate::releases::save::{self, Saved};
use crate::releases::tabs;
use crate::{PUBLISH, paths};

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
    Ok(Page::html(title(&cx, &draft), html.and(&shown(&cx, &draft))))
}

/// Writes the notes.
pub(super) async fn save(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let typed = Typed::from(fields);
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
fn shown(cx: &Cx, draft: &Draft) -> Markup {
    let lang = cx.lang();
    let mut all = Markup::default();
    for (language, text) in &draft.notes {
        let body = crate::notes::shown(language, text);
        let name = language_name(&lang, language);
        all = all.and(&Card::new(format!("read-{language}"), name).body(&body));
    }
    all
}

fn language_name(lang: &plugin_api::Lang, language: &str) -> String {
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
    let page = FormPage {
        title: title(cx, draft),
        head: tabs::head(cx, &draft.release),
        before: Markup::of(&tabs::tabs(cx, &draft.release, paths::RELEASE_NOTES)),
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(paths::RELEASE_NOTES, &draft.release.release_id)),
        hidden: vec![("versione", typed.text("versione").to_owned())],
        cards: Markup::of(&card),
        buttons: vec![Action::submit(lang.t("save"))],
        after: shown(cx, draft),
    };
    page.render(&lang)
}

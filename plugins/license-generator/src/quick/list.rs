//! `/crm/quick-keys`: the quick buttons in their order, moved, deleted, restored.

use axum::response::Response;
use plugin_api::db::{Audit, Batch};
use plugin_api::ui::{Action, Badge, Confirm, Empty, Head, Markup, Tone};
use plugin_api::{Cx, Form, Lang, Page, Path, Problem};
use serde::Deserialize;

use super::edit::{audit, found, saved};
use crate::domain::quick::{Template, defaults};
use crate::store::quick::LABEL;
use crate::{paths, store};

struct Row {
    href: String,
    name: String,
    kind: String,
    permission: String,
    state: Badge,
    actions: Markup,
}

#[derive(askama::Template)]
#[template(path = "license-generator/quick-keys.html")]
struct ListPage {
    lang: Lang,
    head: Head,
    rows: Vec<Row>,
    empty: Empty,
}

/// Where to, and the version of the button the question was asked about.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    verso: String,
    #[serde(default)]
    versione: i64,
}

/// The page.
pub(super) async fn handle(cx: Cx) -> Result<Page, Problem> {
    let lang = cx.lang();
    let templates = store::quick::all(&cx.db()).await?;
    let new = Action::link(lang.t("quick-new"), cx.url(paths::QUICK_NEW)).primary();
    let restore = Confirm::new(
        &lang,
        "restore",
        lang.t("quick-restore"),
        cx.url(paths::QUICK_RESTORE),
        lang.t("quick-restore-hint"),
    );
    let head = Head::new(lang.t("quick-keys")).lead(lang.t("quick-keys-about"));
    let page = ListPage {
        head: head.action(&restore).action(&new),
        rows: templates.iter().map(|template| row(&cx, &lang, template)).collect(),
        empty: Empty::new(lang.t("quick-empty"), lang.t("quick-empty-hint")),
        lang: lang.clone(),
    };
    Page::new(lang.t("quick-keys"), &page)
}

fn row(cx: &Cx, lang: &Lang, template: &Template) -> Row {
    let id = &template.quick_id;
    let href = cx.url(&paths::of(paths::QUICK_KEY, id));
    let delete = Confirm::new(
        lang,
        format!("delete-{id}"),
        lang.t("delete"),
        cx.url(&paths::of(paths::QUICK_DELETE, id)),
        lang.with("quick-delete-hint", &[("name", &template.name(lang))]),
    )
    .hidden("versione", template.version.to_string());
    let (tone, state) =
        if template.enabled { (Tone::Ok, "quick-shown") } else { (Tone::Neutral, "quick-hidden") };
    let to = cx.url(&paths::of(paths::QUICK_MOVE, id));
    Row {
        href,
        name: template.name(lang),
        kind: lang.t(&format!("quick-kind-{}", template.kind.as_str())),
        permission: lang.t(&format!("permission-{}", template.permission)),
        state: Badge::new(tone, lang.t(state)),
        actions: Markup::of(&Action::post(lang.t("quick-up"), &to).with("verso", "su"))
            .and(&Action::post(lang.t("quick-down"), &to).with("verso", "giu"))
            .and(&delete),
    }
}

/// Changes places with the neighbour.
pub(super) async fn shift(
    cx: Cx,
    Path(id): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Response, Problem> {
    let mut templates = store::quick::all(&cx.db()).await?;
    let at = templates.iter().position(|template| template.quick_id == id);
    let at = at.ok_or_else(Problem::not_found)?;
    let other = if asked.verso == "su" { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(other) = other.filter(|other| *other < templates.len()) {
        templates.swap(at, other);
    }
    // Every place is written anew, so that no two buttons share one.
    let mut batch = Batch::new();
    for (position, template) in (1..).zip(&mut templates) {
        template.position = position;
        batch = batch.and(store::quick::replacement(template, cx.now()));
    }
    let order: Vec<&str> = templates.iter().map(|one| one.quick_id.as_str()).collect();
    let audit = Audit::of("quick.moved", &id).after(&order);
    write(&cx, batch.audit(audit), "quick-moved").await
}

/// Deletes a button.
pub(super) async fn delete(
    cx: Cx,
    Path(id): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Response, Problem> {
    let template = found(&cx, &id).await?;
    let as_seen = Template { version: asked.versione, ..template };
    let audit = audit("quick.deleted", &as_seen).before(&as_seen);
    let batch = Batch::new().and(store::quick::removal(&as_seen)).audit(audit);
    write(&cx, batch, "quick-deleted").await
}

/// Puts the buttons of a new cockpit in place of those there are.
pub(super) async fn restore(cx: Cx) -> Result<Response, Problem> {
    let before = store::quick::all(&cx.db()).await?;
    let audit = Audit::of("quick.restored", crate::ID).before(&before);
    let batch = store::quick::restoration(&defaults(), cx.now()).audit(audit);
    write(&cx, batch, "quick-restored").await
}

async fn write(cx: &Cx, batch: Batch, done: &str) -> Result<Response, Problem> {
    match cx.db().batch(batch).await {
        Ok(_) => Ok(saved(cx, done)),
        Err(fault) if fault.is_mismatch(LABEL) => Err(Problem::conflict("quick_changed")),
        Err(fault) => Err(fault.into()),
    }
}

//! `/system/audit/{audit_id}`: one act, what it changed, and whether its row is whole.

use plugin_api::ui::{Badge, Card, CopyText, Empty, Facts, Head, Markup, Tone};
use plugin_api::{Cx, Lang, Page, Path, Problem, Routes};
use serde_json::{Map, Value as Json};

use super::ACTORS;
use crate::audit;
use crate::pages::{Cell, Rows, may};
use crate::state::{App, State};
use crate::store::audit::{self as store, AuditRow};

pub(super) fn routes() -> Routes {
    Routes::new().get("/system/audit/{audit_id}", show, may("audit"))
}

async fn show(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let lang = cx.lang();
    let found = store::find(&cx.db(), cx.scope(), &id).await?;
    let row = found.ok_or_else(Problem::not_found)?;
    let head = Head::new(&row.action)
        .back(lang.t("audit-title"), cx.url("/system/audit"))
        .badge(standing(&row, &lang))
        .lead(lang.instant(row.at));
    let object = page_of(&state, &row).map(|path| cx.url(&path));
    let html = Markup::of(&head)
        .and(&Card::new("what", lang.t("details")).body(&facts(&row, object, &lang)))
        .and(&Card::new("change", lang.t("audit-change")).body(&changes(&row, &lang)));
    Ok(Page::html(row.action.clone(), html))
}

/// Whether the row is in the chain, and fits what it was sealed with.
fn standing(row: &AuditRow, lang: &Lang) -> Badge {
    let (tone, key) = match row.chain_no {
        _ if !audit::is_whole(row) => (Tone::Bad, "audit-row-changed"),
        None => (Tone::Neutral, "audit-row-unsealed"),
        Some(_) if row.salt.is_none() => (Tone::Info, "audit-row-erased"),
        Some(_) => (Tone::Ok, "audit-row-whole"),
    };
    Badge::new(tone, lang.t(key))
}

/// The page of what was acted on: `…/licences/{id}` of the module that wrote `licence.created`.
fn page_of(state: &State, row: &AuditRow) -> Option<String> {
    let manifest = &state.registry.module(&row.plugin).filter(|m| m.is_enabled())?.manifest;
    let noun = row.action.split('.').next()?;
    let is_page = |path: &str| {
        let mut segments = path.rsplit('/');
        let (last, before) = (segments.next().unwrap_or_default(), segments.next());
        last.starts_with('{')
            && before.and_then(|plural| plural.strip_suffix('s')) == Some(noun)
            && !path.starts_with("/api/")
            && path.matches('{').count() == 1
    };
    let mut pages = manifest.routes.iter().filter(|r| r.method == "GET" && is_page(&r.path));
    let (folder, _) = pages.next()?.path.rsplit_once('/')?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    row.object_id.chars().all(is_plain).then(|| format!("{folder}/{}", row.object_id))
}

fn facts(row: &AuditRow, object: Option<String>, lang: &Lang) -> Facts {
    let actor = ACTORS.iter().find(|(kind, ..)| *kind == row.actor_kind);
    let kind = actor.map_or_else(|| row.actor_kind.clone(), |(_, key, _)| lang.t(key));
    let sealed = match row.chain_no {
        Some(number) => lang.with("audit-row-sealed", &[("number", &lang.number(number))]),
        None => lang.t("audit-row-unsealed"),
    };
    let name = if row.object_name.is_empty() { &row.object_id } else { &row.object_name };
    let facts = Facts::new()
        .text(lang.t("column-actor"), &row.actor_name)
        .text(lang.t("column-actor-kind"), kind)
        .mono(lang.t("column-address"), &row.address)
        .mono(lang.t("column-plugin"), &row.plugin);
    let facts = match object {
        Some(href) => facts.link(lang.t("column-object"), name, href),
        None => facts.text(lang.t("column-object"), &row.object_name),
    };
    let facts = facts
        .mono(lang.t("column-object-id"), &row.object_id)
        .mono(lang.t("column-request"), &row.request_id)
        .text(lang.t("column-chain-no"), sealed);
    match &row.chain_hash {
        Some(hash) => {
            facts.with(lang.t("audit-hash"), &CopyText::new(hash, lang.t("copy")).block())
        }
        None => facts,
    }
}

/// Before and after, member by member.
fn changes(row: &AuditRow, lang: &Lang) -> Markup {
    if row.salt.is_none() {
        return Markup::of(&Empty::new(lang.t("audit-erased"), lang.t("audit-erased-hint")));
    }
    let content: Json = serde_json::from_str(&row.content).unwrap_or_default();
    let (before, after) = (members(content.get("before")), members(content.get("after")));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    // What both have alike did not change; a blanked secret may have.
    let blank = Json::from("***");
    names.retain(|name| {
        let (was, is) = (before.get(*name), after.get(*name));
        was != is || was == Some(&blank)
    });
    if names.is_empty() {
        return Markup::of(&Empty::new(lang.t("audit-no-change"), lang.t("audit-no-change-hint")));
    }
    let headers = ["audit-field", "audit-before", "audit-after"].map(|key| lang.t(key));
    let mut rows = Rows::new("changes", lang.t("audit-change"), headers);
    for name in names {
        let label = if name.is_empty() { lang.t("audit-value") } else { name.clone() };
        let cell =
            |from: &Map<String, Json>| Cell::Text(from.get(name).map_or_else(String::new, words));
        rows = rows.row([Cell::Mono(label), cell(&before), cell(&after)]);
    }
    Markup::of(&rows)
}

/// The members of an object; anything else is the one member without a name.
fn members(value: Option<&Json>) -> Map<String, Json> {
    match value {
        None | Some(Json::Null) => Map::new(),
        Some(Json::Object(members)) => members.clone(),
        Some(other) => Map::from_iter([(String::new(), other.clone())]),
    }
}

fn words(value: &Json) -> String {
    match value {
        Json::Null => "—".to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

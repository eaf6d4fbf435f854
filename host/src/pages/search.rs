//! `GET /search`: what the lists of the cockpit have for some words, and pages of that name.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use plugin_api::table::{Hits, fold};
use plugin_api::ui::{Action, Card, Empty, Field, Head, Markup, Notice, Tone};
use plugin_api::{Access, Cx, Fault, FaultKind, Lang, Page, Query, Routes};

use super::{Cell, Fields, Rows};
use crate::frame;
use crate::state::{App, State};

/// How long the page waits for one list.
const DEADLINE: Duration = Duration::from_secs(5);
/// Longest text that is searched for, characters.
const LONGEST: usize = 200;

pub(super) fn routes() -> Routes {
    Routes::new().get("/search", show, Access::SignedIn)
}

async fn show(App(state): App, cx: Cx, Query(asked): Query<Fields>) -> Page {
    let lang = cx.lang();
    let words: String = asked.get("q").trim().chars().take(LONGEST).collect();
    let mut html = Markup::of(&Head::new(lang.t("search-title")));
    let field = Field::search("q", lang.t("search-words")).value(&words);
    html = html.and(&super::form::SearchForm::new(cx.url("/search"), field, lang.t("search")));
    if words.is_empty() {
        let empty = Empty::new(lang.t("search-nothing-asked"), lang.t("search-hint"));
        return Page::html(lang.t("search-title"), html.and(&empty));
    }
    let mut found = false;
    for (place, hits) in search(&state, &cx, &words).await.into_iter().enumerate() {
        match hits {
            Ok(hits) if hits.rows.is_empty() => {}
            Ok(hits) => {
                found = true;
                html = html.and(&card(&lang, place, hits));
            }
            Err(fault) => {
                tracing::warn!(error = %fault, "A list could not be searched.");
                html = html.and(&Notice::new(Tone::Warn, lang.t("search-failed")));
            }
        }
    }
    if let Some(pages) = pages(&state, &cx, &words) {
        found = true;
        html = html.and(&pages);
    }
    if !found {
        html = html.and(&Empty::new(lang.t("search-nothing"), lang.t("search-nothing-hint")));
    }
    Page::html(lang.t("search-title"), html)
}

/// What each list has that the caller may see, in the order of the menu, asked for all at once.
async fn search(state: &Arc<State>, cx: &Cx, words: &str) -> Vec<Result<Hits, Fault>> {
    let mut manifests = state.registry.enabled();
    manifests.push(state.registry.host_manifest());
    let lists = manifests.iter().flat_map(|manifest| {
        let allowed = |(_, permission): &(usize, &String)| cx.may(permission);
        let places = manifest.searches.iter().enumerate().filter(allowed);
        places.map(|(place, _)| (manifest.id.as_str(), place)).collect::<Vec<_>>()
    });
    join_all(lists.map(|(plugin, place)| one(state, cx, plugin, place, words))).await
}

async fn one(
    state: &Arc<State>,
    cx: &Cx,
    plugin: &str,
    place: usize,
    words: &str,
) -> Result<Hits, Fault> {
    let (name, asked) = (format!("search:{place}"), serde_json::to_vec(words)?);
    let call = state.registry.call(state, plugin, cx.caller().clone(), 0, &name, asked);
    let told = tokio::time::timeout(DEADLINE, call)
        .await
        .map_err(|_| Fault::new(FaultKind::Timeout, "the search took too long"))??;
    Ok(serde_json::from_slice(&told)?)
}

/// The rows one list has.
fn card(lang: &Lang, place: usize, hits: Hits) -> Card {
    let headers = [lang.t("search-found"), lang.t("search-detail")];
    let caption = format!("hits-{place}-caption");
    let rows = hits.rows.into_iter().fold(Rows::new(caption, &hits.title, headers), |rows, hit| {
        let title = match hit.href.as_str() {
            "" => Cell::Text(hit.title),
            href => Cell::Link(hit.title, href.to_owned()),
        };
        rows.row([title, Cell::Text(hit.detail)])
    });
    let all = lang.t(if hits.more { "search-more" } else { "search-list" });
    Card::new(format!("hits-{place}"), hits.title)
        .action(&Action::link(all, hits.href).quiet())
        .body(&rows)
}

/// Pages whose name contains the words.
fn pages(state: &State, cx: &Cx, words: &str) -> Option<Card> {
    let (lang, folded) = (cx.lang(), fold(words));
    let places = frame::menu(state, cx, "/search").into_iter().flat_map(|section| section.items);
    let items = places.flat_map(|mut item| match std::mem::take(&mut item.tabs) {
        tabs if tabs.is_empty() => vec![item],
        tabs => tabs,
    });
    let mut named = items.filter(|item| fold(&item.label).contains(&folded)).peekable();
    named.peek()?;
    let headers = [lang.t("search-place"), lang.t("search-what")];
    let rows = Rows::new("search-places", lang.t("search-places"), headers);
    let rows = named.fold(rows, |rows, item| {
        rows.row([Cell::Link(item.label, item.href), Cell::Text(lang.t("search-page"))])
    });
    Some(Card::new("places", lang.t("search-places")).body(&rows))
}

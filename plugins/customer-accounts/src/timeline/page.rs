//! `/crm/customers/{id}/timeline`: everything that happened to a customer, newest first.

use askama::Template;
use plugin_api::ui::{Action, Empty, Event, Field, Head, Markup, Pager, Timeline};
use plugin_api::{Cx, Lang, Page, Path, Problem, Query};
use serde::Deserialize;

use super::Cursor;
use crate::domain::Customer;
use crate::labels::badge;
use crate::store::timeline::{Line, kinds, page};
use crate::tabs::tabs;
use crate::{paths, store};

/// Lines on a page.
const ON_PAGE: u32 = 50;

/// What is to be seen of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
    cursor: String,
}

#[derive(Template)]
#[template(path = "customer-accounts/timeline.html")]
struct TimelinePage {
    lang: Lang,
    head: Head,
    tabs: plugin_api::ui::Tabs,
    action: String,
    kinds: Markup,
    lines: Markup,
}

/// The page.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Query(mut asked): Query<Asked>,
) -> Result<Page, Problem> {
    let (db, scope, lang) = (cx.db(), cx.scope(), cx.lang());
    let customer = store::find(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let known = kinds(&db, scope, &id).await?;
    if !known.contains(&asked.kind) {
        asked.kind.clear();
    }
    let cursor = Cursor::read(&asked.cursor);
    let place = cursor.as_ref().map(|cursor| &cursor.0);
    let mut lines = page(&db, scope, &id, (&asked.kind, place), ON_PAGE + 1).await?;
    let next = Cursor::after(&mut lines, ON_PAGE);
    let title = lang.with("timeline-of", &[("name", customer.name())]);
    let page = TimelinePage {
        lang: cx.lang(),
        head: head(&cx, &customer),
        tabs: tabs(&cx, &customer, paths::TIMELINE).await?,
        action: cx.url(&paths::timeline(&id)),
        kinds: if known.len() > 1 {
            chooser(&lang, &known, &asked.kind)
        } else {
            Markup::default()
        },
        lines: list(&cx, &customer, &lines, (&asked, next)),
    };
    Page::new(title, &page)
}

fn head(cx: &Cx, customer: &Customer) -> Head {
    let lang = cx.lang();
    Head::new(customer.name())
        .back(lang.t("customers"), cx.url(paths::LIST))
        .badge(badge(&lang, customer.state))
}

fn chooser(lang: &Lang, known: &[String], chosen: &str) -> Markup {
    let field = Field::select("kind", lang.t("timeline-kind")).option("", lang.t("all"));
    let field = known.iter().fold(field, |field, kind| field.option(kind, kind_name(lang, kind)));
    Markup::of(&field.value(chosen))
}

/// What people call a kind; the kind itself for one of a plugin that has no word here.
fn kind_name(lang: &Lang, kind: &str) -> String {
    let key = format!("timeline-kind-{}", kind.replace(['.', '_'], "-"));
    if lang.has(&key) { lang.t(&key) } else { kind.replace(['.', '_'], " ") }
}

fn list(
    cx: &Cx,
    customer: &Customer,
    lines: &[Line],
    (asked, next): (&Asked, Option<Cursor>),
) -> Markup {
    let lang = cx.lang();
    let path = cx.url(&paths::timeline(&customer.customer_id));
    let kind = if asked.kind.is_empty() { String::new() } else { format!("&kind={}", asked.kind) };
    if lines.is_empty() {
        let empty = Empty::new(lang.t("timeline-empty"), lang.t("timeline-empty-hint"));
        let filtered = !asked.kind.is_empty() || !asked.cursor.is_empty();
        let all = Action::link(lang.t("timeline-all"), path);
        return Markup::of(&if filtered { empty.action(all) } else { empty });
    }
    let event = |line: &Line| {
        let event = Event::new(line.at, lang.pick(&line.told)).detail(&line.actor);
        match line.way(cx) {
            Some(path) => event.link(cx.url(path)),
            None => event,
        }
    };
    let told = lines.iter().map(event).fold(Timeline::new(&lang), Timeline::event);
    let newest =
        (!asked.cursor.is_empty()).then(|| format!("{path}?{}", kind.trim_start_matches('&')));
    let next = next.map(|cursor| format!("{path}?cursor={}{kind}", cursor.write()));
    let pager = Pager::new(&lang, lang.n("timeline-shown", lines.len())).next(next);
    let newest = newest.map_or_else(Markup::default, |href| {
        Markup::of(&Action::link(lang.t("timeline-newest"), href).quiet())
    });
    Markup::of(&told).and(&pager).and(&newest)
}

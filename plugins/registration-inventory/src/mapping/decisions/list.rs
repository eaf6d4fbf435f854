//! `/crm/inventory-decisions`: who decided what, and the page of one with its undoing.

use plugin_api::lent::JobState;
use plugin_api::table::{Column, Order, Source, TableSpec};
use plugin_api::ui::{Card, Confirm, Event, Facts, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Fault, Lang, Page, Path, Problem};
use serde_json::Value as Json;

use crate::store::decisions as store;
use crate::{CLASSIFY, LICENSE, paths};

/// The kinds of decisions.
pub(super) const KINDS: &[(&str, &str, Tone)] = &[
    ("assign", "decision-assign", Tone::Ok),
    ("state", "decision-state", Tone::Neutral),
    ("product", "decision-product", Tone::Info),
    ("company", "decision-company", Tone::Ok),
    ("licence", "decision-licence", Tone::Info),
    ("regularise", "decision-regularise", Tone::Info),
];

/// Names in a summary that people are shown, in this order.
const SHOWN: [&str; 6] = ["state", "customer", "product", "software", "company", "licence"];

/// The list.
pub(in crate::mapping) fn spec() -> TableSpec {
    let source = Source {
        from: "registration_inventory_decision d",
        id: "d.decision_id",
        scope: "d.organisation_id",
    };
    TableSpec::new(paths::DECISIONS, "decisions", source)
        .column(Column::instant("quando", "d.at").label("decision-at").sortable().filterable())
        .column(Column::choice("cosa", "d.kind", KINDS).label("decision-kind").filterable())
        .column(Column::text("chi", "d.actor").label("decision-actor").filterable())
        .column(Column::number("installazioni", "d.installations").label("decision-count"))
        .column(
            Column::flag("annullata", "d.undone_at is not null")
                .label("decision-undone")
                .filterable(),
        )
        .column(
            Column::instant("annullata_il", "d.undone_at").label("decision-undone-at").optional(),
        )
        .column(Column::text("annullata_da", "d.undone_by").label("decision-undone-by").optional())
        .row_link(paths::DECISION)
        .default_sort("quando", Order::Descending)
        .empty("decisions-empty", "decisions-empty-hint")
}

/// The page of one.
pub(in crate::mapping) async fn show(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let row = store::by_id(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let title = kind(&lang, &row.kind);
    let mut head = Head::new(&title).back(lang.t("decisions"), cx.url(paths::DECISIONS));
    let mut html = Markup::default();
    if row.undone_at.is_some() {
        html = html.and(&Notice::new(Tone::Info, lang.t("decision-undone")));
    } else if cx.may(CLASSIFY) {
        head = head.action(&undo_button(&cx, &lang, &row.decision_id));
    }
    if let Some(job) = cx.job_status(&row.decision_id).await?
        && matches!(job.state, JobState::Queued | JobState::Running)
    {
        let told = format!("{} {}", lang.t("decided-later"), job.progress.message);
        html = html.and(&Notice::new(Tone::Info, told.trim_end()));
    }
    let summary: Json = serde_json::from_str(&row.summary).map_err(Fault::from)?;
    let facts =
        SHOWN.into_iter().fold(circumstances(&lang, &row), |facts, name| match summary.get(name) {
            Some(Json::String(text)) => {
                facts.text(lang.t(&format!("decided-{name}")), said(&lang, text))
            }
            _ => facts,
        });
    let some = store::decided(&cx.db(), &row.decision_id, "", 50).await?;
    let visible: Vec<String> = some.into_iter().map(|one| one.installation_id).collect();
    let found = crate::store::installations::by_ids(&cx.db(), cx.scope(), &visible).await?;
    let rows = found.iter().fold(Facts::new(), |facts, one| {
        let href = cx.url(&paths::of(paths::INSTALLATION, &one.installation_id));
        facts.link(&one.software, format!("{} {}", one.company, one.host_name), href)
    });
    let card = Card::new("what", lang.t("decision-what")).body(&facts);
    let card2 = Card::new("installations", lang.t("decision-first")).body(&rows);
    Ok(Page::html(title, Markup::of(&head).and(&html).and(&card).and(&card2)))
}

/// When it was made and by whom, and when and by whom it was taken back.
fn circumstances(lang: &Lang, row: &store::Row) -> Facts {
    let made = Facts::new()
        .text(lang.t("decision-at"), lang.instant(row.at))
        .text(lang.t("decision-actor"), &row.actor);
    match row.undone_at {
        Some(at) => made
            .text(lang.t("decision-undone-at"), lang.instant(at))
            .text(lang.t("decision-undone-by"), &row.undone_by),
        None => made,
    }
}

/// The button that undoes a decision, after asking.
pub(in crate::mapping) fn undo_button(cx: &Cx, lang: &Lang, id: &str) -> Confirm {
    let path = cx.url(&paths::of(paths::DECISION_UNDO, id));
    Confirm::new(
        lang,
        format!("undo-{id}"),
        lang.t("decision-undo"),
        path,
        lang.t("decision-undo-hint"),
    )
}

/// A kind in words.
pub(in crate::mapping) fn kind(lang: &Lang, stored: &str) -> String {
    let known = KINDS.iter().find(|(kind, ..)| *kind == stored);
    known.map_or_else(|| stored.to_owned(), |(_, key, _)| lang.t(key))
}

/// A name in a summary: the state in words, anything else as it is.
pub(in crate::mapping) fn said(lang: &Lang, text: &str) -> String {
    let state = crate::labels::STATES.iter().find(|(wire, ..)| *wire == text);
    state.map_or_else(|| text.to_owned(), |(_, key, _)| lang.t(key))
}

/// What a summary says, in one line.
pub(in crate::mapping) fn line(lang: &Lang, summary: &str) -> String {
    let summary: Json = serde_json::from_str(summary).unwrap_or_default();
    let parts = SHOWN.into_iter().filter_map(|name| summary.get(name)?.as_str());
    parts.map(|text| said(lang, text)).collect::<Vec<_>>().join(", ")
}

/// A decision as a line of history.
pub(in crate::mapping) fn event(cx: &Cx, lang: &Lang, told: &store::Told) -> Event {
    let said = line(lang, &told.summary);
    let mut detail =
        if said.is_empty() { told.actor.clone() } else { format!("{} · {said}", told.actor) };
    if told.undone_at.is_some() {
        detail = format!("{detail} ({})", lang.t("decision-undone"));
    }
    let event = Event::new(told.at, kind(lang, &told.kind)).detail(detail);
    if cx.may(CLASSIFY) || cx.may(LICENSE) {
        event.link(cx.url(&paths::of(paths::DECISION, &told.decision_id)))
    } else {
        event
    }
}

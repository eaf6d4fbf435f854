//! `/crm/licences/bulk/{id}`: a run: what it would do, how far it is, what became of it.

use plugin_api::form::Typed;
use plugin_api::table::TableQuery;
use plugin_api::ui::{Action, Card, Confirm, Facts, Head, Markup, Notice, Progress, Tone};
use plugin_api::{Cx, Fault, Lang, Page, Path, Problem};

use super::act::Act;
use super::page::BulkPage;
use super::{list, press, preview, report};
use crate::domain::bulk::{Run, RunState};
use crate::{ISSUE, labels, paths, store};

/// The page.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let run = press::found(&cx, &id).await?;
    if run.state == RunState::Prepared {
        return preview::page(&cx, &run, &Typed::default(), &[]).await;
    }
    let lang = cx.lang();
    let head = Head::new(&run.title)
        .back(lang.t("bulk-runs"), cx.url(paths::BULK))
        .badge(labels::badge(&lang, list::STATES, run.state.as_str()));
    let mut page = BulkPage::new(&lang, head);
    let working = super::is_at_work(&cx, &run).await?;
    let mut cards = if working { progress(&cx, &lang, &run).await? } else { Markup::default() };
    if !working && press::may_go_on(&cx, &run).await? {
        let key = if run.state == RunState::Stopped { "bulk-stopped" } else { "bulk-cut-off" };
        page = page.before(Markup::of(&Notice::new(Tone::Warn, lang.t(key))));
        let start = cx.url(&paths::of(paths::BULK_START, &run.bulk_id));
        page = page.button(&Action::post(lang.t("continue"), start).primary());
    }
    cards = cards.and(&facts(&lang, &run));
    if run.issues() {
        if run.made() > 0 && !working {
            cards = cards.and(&keys(&cx, &lang, &run));
        }
    } else {
        let report = report::spec(&run.bulk_id).load(&cx, &query).await?;
        cards = cards.and(&tally(&cx, &lang, &run).await?);
        page = page.after(Markup::of(&report));
    }
    if !working && let Some(undo) = undo(&cx, &lang, &run) {
        page = page.button(&undo);
    }
    page.cards(cards).render(&run.title)
}

async fn progress(cx: &Cx, lang: &Lang, run: &Run) -> Result<Markup, Fault> {
    let status = cx.job_status(&run.job_id).await?;
    let percent = run.done.saturating_mul(100).checked_div(run.total).unwrap_or_default();
    let percent = u8::try_from(percent.clamp(0, 100)).unwrap_or(100);
    let doing = lang.t(if run.state == RunState::Undoing { "bulk-undoing" } else { "bulk-doing" });
    let bar = Progress::new(lang, "bulk-job", doing.as_str(), percent)
        .message(status.map(|status| status.progress.message).unwrap_or_default())
        .poll(cx.url(&format!("/system/jobs/{}", run.job_id)));
    let card = Card::new("progress", doing).body(&bar);
    if run.state != RunState::Running {
        return Ok(Markup::of(&card));
    }
    let told = lang.t(if run.issues() { "bulk-stop-issue-hint" } else { "bulk-stop-hint" });
    let stop = cx.url(&paths::of(paths::BULK_STOP, &run.bulk_id));
    let stop = Confirm::new(lang, "stop", lang.t("bulk-stop"), stop, told);
    Ok(Markup::of(&card.action(&stop)))
}

fn facts(lang: &Lang, run: &Run) -> Card {
    let facts = Facts::new()
        .text(
            lang.t("bulk-done"),
            format!("{} / {}", lang.number(run.done), lang.number(run.total)),
        )
        .text(lang.t("bulk-skipped"), lang.number(run.skipped))
        .text(lang.t("bulk-by"), &run.created_by)
        .text(lang.t("column-creata"), lang.instant(run.created_at));
    let facts = match run.finished_at {
        Some(at) => facts.text(lang.t("bulk-finished"), lang.instant(at)),
        None => facts,
    };
    let facts = match run.price.filter(|price| *price > 0) {
        Some(price) => {
            let booked = price.saturating_mul(run.booked);
            facts.text(lang.t("bulk-booked"), lang.money(booked, &run.currency))
        }
        None => facts,
    };
    Card::new("facts", lang.t("bulk-facts")).body(&facts)
}

/// The way to the licences of a run, and to their keys.
fn keys(cx: &Cx, lang: &Lang, run: &Run) -> Card {
    let of_run = format!("{}?{}={}", cx.url(paths::LICENCES), crate::list::RUN, run.bulk_id);
    let card = Card::new("run-keys", lang.t("bulk-keys"))
        .body(&Action::link(lang.t("bulk-show-licences"), of_run));
    if !cx.may(ISSUE) {
        return card;
    }
    let file = cx.url(&paths::of(paths::BULK_KEYS, &run.bulk_id));
    ["csv", "xlsx", "json"].into_iter().fold(card, |card, format| {
        let label =
            lang.with("bulk-download", &[("format", &lang.t(&format!("table-export-{format}")))]);
        card.body(&Action::download(label, format!("{file}?format={format}")).icon("download"))
    })
}

async fn tally(cx: &Cx, lang: &Lang, run: &Run) -> Result<Card, Fault> {
    let tally = store::bulk::tally(&cx.db(), &run.bulk_id).await?;
    let facts = tally.iter().fold(Facts::new(), |facts, tally| {
        let key = if tally.reason.is_empty() { "bulk-outcome-done" } else { tally.reason.as_str() };
        facts.text(lang.t(key), lang.number(tally.n))
    });
    Ok(Card::new("tally", lang.t("bulk-tally")).body(&facts))
}

/// What takes the run back, if anything does.
fn undo(cx: &Cx, lang: &Lang, run: &Run) -> Option<Confirm> {
    if !matches!(run.state, RunState::Done | RunState::Stopped) || run.made() == 0 {
        return None;
    }
    let path = cx.url(&paths::of(paths::BULK_UNDO, &run.bulk_id));
    if run.issues() {
        let told = lang.t("bulk-undo-issue-hint");
        return Some(Confirm::new(lang, "undo", lang.t("bulk-undo-issue"), path, told));
    }
    let opposite = Act::named(&run.kind)?.opposite()?;
    let told = lang.t("bulk-undo-hint");
    let label = lang.with("bulk-undo", &[("act", &lang.t(opposite.key()))]);
    Some(Confirm::new(lang, "undo", label, path, told).harmless())
}

//! `/crm/inventory-runs/{id}`: a run: what it would do, how far it is, what became of it.

use askama::Template;
use plugin_api::table::TableQuery;
use plugin_api::ui::{Action, Badge, Card, Confirm, Facts, Head, Markup, Notice, Progress, Tone};
use plugin_api::{Cx, Fault, Lang, Page, Path, Problem};

use super::{START, STOP, found, is_at_work, list, may_go_on, preview, report};
use crate::paths;
use crate::store::runs::Run;

#[derive(Template)]
#[template(path = "registration-inventory/run.html")]
struct RunPage {
    head: Head,
    before: Markup,
    cards: Markup,
    after: Markup,
}

/// The page.
pub(super) async fn page(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let run = found(&cx, &id).await?;
    if run.state == "preview" {
        return preview::page(&cx, &run, &query).await;
    }
    let lang = cx.lang();
    let title = lang.t("installations-regularise");
    let head = Head::new(&title)
        .back(lang.t("inventory-runs"), cx.url(paths::RUNS))
        .badge(state(&lang, &run.state));
    let mut before = Markup::default();
    let mut cards = Markup::default();
    if is_at_work(&cx, &run).await? {
        cards = cards.and(&progress(&cx, &lang, &run).await?);
    } else if may_go_on(&cx, &run).await? {
        let key = if run.state == "stopped" { "run-stopped" } else { "run-cut-off" };
        let start = cx.url(&paths::of(START, &run.run_id));
        let go_on = Action::post(lang.t("continue"), start).primary();
        before = Markup::of(&Notice::new(Tone::Warn, lang.t(key)).with(&go_on));
    }
    let page = RunPage {
        head,
        before,
        cards: cards.and(&facts(&lang, &run)),
        after: Markup::of(&report::spec(&run.run_id).load(&cx, &query).await?),
    };
    Page::new(title, &page)
}

fn state(lang: &Lang, state: &str) -> Badge {
    let known = list::STATES.iter().find(|(name, ..)| *name == state);
    known.map_or_else(
        || Badge::new(Tone::Neutral, state),
        |(_, key, tone)| Badge::new(*tone, lang.t(key)),
    )
}

async fn progress(cx: &Cx, lang: &Lang, run: &Run) -> Result<Card, Fault> {
    let status = cx.job_status(&run.job_id).await?;
    let over = (run.done + run.failed).saturating_mul(100);
    let percent = over.checked_div(run.total).unwrap_or_default();
    let percent = u8::try_from(percent.clamp(0, 100)).unwrap_or(100);
    let doing = lang.t("run-doing");
    let bar = Progress::new(lang, "run-job", doing.as_str(), percent)
        .message(status.map(|status| status.progress.message).unwrap_or_default())
        .poll(cx.url(&format!("/system/jobs/{}", run.job_id)));
    let path = cx.url(&paths::of(STOP, &run.run_id));
    let stop = Confirm::new(lang, "stop", lang.t("run-stop"), path, lang.t("run-stop-hint"));
    Ok(Card::new("progress", doing).body(&bar).action(&stop))
}

fn facts(lang: &Lang, run: &Run) -> Card {
    let done = format!("{} / {}", lang.number(run.done), lang.number(run.total));
    let facts = Facts::new()
        .text(lang.t("run-done"), done)
        .text(lang.t("run-failed"), lang.number(run.failed))
        .text(lang.t("run-by"), &run.created_by)
        .text(lang.t("run-created"), lang.instant(run.created_at));
    let facts = match run.ended_at {
        Some(at) => facts.text(lang.t("run-ended"), lang.instant(at)),
        None => facts,
    };
    Card::new("facts", lang.t("run-facts")).body(&facts)
}

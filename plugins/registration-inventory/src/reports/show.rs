//! `/crm/registrations/{id}`: a report as it came, and what was read from it.

use plugin_api::ui::{Badge, Card, CopyText, Facts, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Lang, Page, Path, Problem};
use serde_json::Value as Json;

use crate::store::reports::{self, Payload, Report};
use crate::{labels, paths};

/// The page.
pub(super) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let report = reports::get(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let payload = reports::payload(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let flags = labels::flags(&lang, &report.flags).into_iter();
    let page = flags.fold(Markup::of(&head(&cx, &report)), |page, sentence| {
        page.and(&Notice::new(Tone::Info, sentence))
    });
    let page = page.and(&facts(&cx, &report)).and(&came(&lang, payload));
    Ok(Page::html(title(&lang, &report), page))
}

fn title(lang: &Lang, report: &Report) -> String {
    format!("{} · {}", report.name, lang.instant(report.received_at))
}

fn head(cx: &Cx, report: &Report) -> Head {
    let lang = cx.lang();
    let known = labels::REPORT_STATES.iter().find(|(wire, ..)| *wire == report.state());
    let head = Head::new(title(&lang, report)).back(lang.t("reports"), cx.url(paths::REPORTS));
    match known {
        Some((_, key, tone)) => head.badge(Badge::new(*tone, lang.t(key))),
        None => head,
    }
}

fn facts(cx: &Cx, report: &Report) -> Card {
    let lang = cx.lang();
    let told = |text: &str| if text.is_empty() { lang.t("not-said") } else { text.to_owned() };
    let orders = report.orders.map(|n| lang.number(n));
    let sold = report.sold.map(|sold| lang.money(sold, &report.currency));
    let facts = Facts::new()
        .text(lang.t("column-ricevuta"), lang.instant(report.received_at))
        .mono(lang.t("column-indirizzo"), told(&report.address))
        .text(lang.t("column-nome-software"), &report.name)
        .mono(lang.t("column-versione"), told(&report.version))
        .text(lang.t("column-ragione-sociale"), told(&report.company))
        .mono(lang.t("column-partita-iva"), told(&report.vat_number))
        .text(lang.t("column-totale-ordini"), orders.unwrap_or_else(|| lang.t("not-said")))
        .text(lang.t("column-totale-venduto"), sold.unwrap_or_else(|| lang.t("not-said")))
        .text(lang.t("column-nuova"), lang.t(if report.was_new { "yes" } else { "no" }))
        .mono(lang.t("label-id"), &report.report_id);
    let facts = match &report.installation_id {
        Some(id) => {
            let href = cx.url(&paths::of(paths::INSTALLATION, id));
            facts.link(lang.t("label-installation"), lang.t("show"), href)
        }
        None => facts.text(lang.t("label-installation"), lang.t("report-quarantined")),
    };
    Card::new("read", lang.t("card-read")).body(&facts)
}

/// What came, in lines when it is JSON.
pub(crate) fn came(lang: &Lang, came: Payload) -> Card {
    let Payload { content_type, payload } = came;
    let pretty =
        serde_json::from_str::<Json>(&payload).and_then(|json| serde_json::to_string_pretty(&json));
    let text = pretty.unwrap_or(payload);
    let kind = if content_type.is_empty() { lang.t("not-said") } else { content_type };
    Card::new("payload", lang.t("card-payload"))
        .body(&Facts::new().mono(lang.t("column-tipo-contenuto"), kind))
        .body(&CopyText::new(text, lang.t("copy-report")).block())
}

//! The parts of an installation's page.

use std::collections::BTreeMap;

use plugin_api::money::whole;
use plugin_api::time::DAY;
use plugin_api::ui::chart::Lines;
use plugin_api::ui::{Action, Card, Confirm, Empty, Facts, Markup};
use plugin_api::{Cx, Lang};

use super::show::{Shown, title};
use super::{Cell, Rows};
use crate::store::history::{Day, Face, Span, spans};
use crate::store::installations::Installation;
use crate::store::reports::Report;
use crate::{CLASSIFY, labels, paths};

/// Points of a chart at most: the newest.
const POINTS: usize = 90;

/// What it says of itself, and what that is taken for.
pub(super) fn said(cx: &Cx, shown: &Shown) -> Markup {
    let (lang, of) = (cx.lang(), &shown.installation);
    let number = |n: Option<i64>| n.map_or_else(|| lang.t("not-said"), |n| lang.number(n));
    let told = |text: &str| if text.is_empty() { lang.t("not-said") } else { text.to_owned() };
    let money = of.sold.map(|sold| lang.money(sold, &of.currency));
    let software = (paths::SOFTWARE_NAME, of.software_id.as_str());
    let facts = Facts::new();
    let facts = linked(cx, facts, "column-nome-software", &of.software, Some(software));
    let facts = facts.mono(lang.t("column-versione"), told(&of.version)).text(
        lang.t("column-prodotto"),
        of.product_code.clone().unwrap_or_else(|| lang.t("product-unknown")),
    );
    let company = of.company_id.as_deref().map(|id| (paths::COMPANY, id));
    let facts = linked(cx, facts, "column-ragione-sociale", &told(&of.company), company);
    let facts = facts.mono(lang.t("column-partita-iva"), told(&of.vat_number));
    let facts = match (&of.account_id, &of.customer) {
        (Some(account), Some(customer)) => {
            let href = cx.url(&paths::of(paths::CUSTOMER, account));
            facts.link(lang.t("column-cliente"), customer, href)
        }
        _ => facts.text(lang.t("column-cliente"), lang.t("customer-none")),
    };
    let facts = facts
        .text(lang.t("column-totale-ordini"), number(of.orders))
        .text(lang.t("column-totale-venduto"), money.unwrap_or_else(|| lang.t("not-said")))
        .text(lang.t("column-computer"), told(&of.host_name))
        .text(lang.t("column-sistema"), told(&of.system))
        .mono(lang.t("column-indirizzo"), told(&of.address))
        .text(lang.t("column-prima-segnalazione"), lang.instant(of.first_seen_at))
        .text(lang.t("column-ultima-segnalazione"), lang.instant(of.last_seen_at))
        .text(lang.t("column-registrazioni"), lang.number(of.reports))
        .mono(lang.t("column-id-installazione"), told(&of.external_id))
        .mono(lang.t("label-id"), &of.installation_id);
    Markup::of(&Card::new("said", lang.t("card-said")).body(&facts))
}

/// A fact, with a link to its page for who may open that.
fn linked(cx: &Cx, facts: Facts, key: &str, text: &str, page: Option<(&str, &str)>) -> Facts {
    let label = cx.lang().t(key);
    match page.filter(|_| cx.may(CLASSIFY)) {
        Some((path, id)) => facts.link(label, text, cx.url(&paths::of(path, id))),
        None => facts.text(label, text),
    }
}

/// The notes, each with its buttons for who may change them.
pub(super) fn notes(cx: &Cx, shown: &Shown) -> Card {
    let (lang, id) = (cx.lang(), &shown.installation.installation_id);
    let there = paths::of(super::NOTES, id);
    let mut card = Card::new("notes", lang.t("card-notes"));
    if shown.may_note {
        card = card.action(&Action::link(lang.t("note-new"), cx.url(&there)).icon("plus").quiet());
    }
    if shown.notes.is_empty() {
        return card.body(&Empty::new(lang.t("notes-empty"), lang.t("notes-empty-hint")));
    }
    let rows = shown.notes.iter().enumerate().map(|(place, note)| {
        let path = format!("{there}/{}", note.note_id);
        let mut row = vec![
            Cell::Text(note.text.clone()),
            Cell::Text(note.actor.clone()),
            Cell::Text(lang.instant(note.at)),
        ];
        if shown.may_note {
            let edit = Action::link(lang.t("edit"), cx.url(&path)).icon("pencil").quiet();
            let delete = Confirm::new(
                &lang,
                format!("note-{place}"),
                lang.t("delete"),
                cx.url(&format!("{path}/delete")),
                lang.t("note-delete-hint"),
            );
            row.push(Cell::Parts(Markup::of(&edit).and(&delete)));
        }
        row
    });
    let mut headers = ["label-note-text", "label-note-actor", "label-note-at"].to_vec();
    if shown.may_note {
        headers.push("actions");
    }
    card.body(&table(&lang, "card-notes", &headers, rows.collect()))
}

/// What it said in the past: versions, totals, reports, who it said it is, and its twins.
pub(super) fn history(cx: &Cx, shown: &Shown) -> Markup {
    let lang = cx.lang();
    let mut all = Markup::of(&versions(&lang, shown));
    if shown.days.len() > 1 {
        all = all.and(&totals(&lang, shown));
    }
    if !shown.faces.is_empty() {
        all = all.and(&faces(&lang, shown));
    }
    if !shown.twins.is_empty() {
        all = all.and(&twins(cx, shown));
    }
    all.and(&reports(cx, shown))
}

fn table(lang: &Lang, title: &str, headers: &[&str], rows: Vec<Vec<Cell>>) -> Rows {
    Rows { title: lang.t(title), headers: headers.iter().map(|key| lang.t(key)).collect(), rows }
}

/// Each version with the time it was said, the newest first; one that comes again counts again.
fn versions(lang: &Lang, shown: &Shown) -> Card {
    let spans = spans(&shown.days);
    let card = Card::new("versions", lang.t("card-versions"));
    if spans.is_empty() {
        return card.body(&Empty::new(lang.t("versions-empty"), lang.t("history-empty-hint")));
    }
    let row = |span: Span<'_>| {
        let version =
            if span.version.is_empty() { lang.t("not-said") } else { span.version.to_owned() };
        vec![
            Cell::Mono(version),
            Cell::Text(lang.instant(span.first_at)),
            Cell::Text(lang.instant(span.last_at)),
        ]
    };
    let rows = spans.into_iter().map(row).collect();
    card.body(&table(lang, "card-versions", &["column-versione", "label-from", "label-to"], rows))
}

/// Orders and what they came to, day by day.
fn totals(lang: &Lang, shown: &Shown) -> Card {
    // Of a day with several rows the last one counts; the newest come first.
    let mut days = BTreeMap::new();
    for day in &shown.days {
        days.entry(day.day).or_insert(day);
    }
    let days: Vec<_> = days.into_values().rev().take(POINTS).collect();
    let labels: Vec<String> = days.iter().rev().map(|day| lang.date(day.day * DAY)).collect();
    let chart = |id: &str, key: &str, values: Vec<i64>| {
        Lines::new(lang, id, lang.t(key), lang.t("label-day"), labels.clone())
            .series(lang.t(key), values)
    };
    let orders = days.iter().rev().map(|day| day.orders.unwrap_or_default()).collect();
    // Whole units: the table below the chart would show minor ones.
    let sold = |day: &&Day| whole(day.sold.unwrap_or_default(), &day.currency);
    let sold = days.iter().rev().map(sold).collect();
    Card::new("totals", lang.t("card-totals"))
        .body(&chart("chart-orders", "column-totale-ordini", orders))
        .body(&chart("chart-sold", "column-totale-venduto", sold))
}

/// Who it said it is, when it was more than one.
fn faces(lang: &Lang, shown: &Shown) -> Card {
    let row = |face: &Face| {
        vec![
            Cell::Text(face.company.clone()),
            Cell::Mono(face.vat_number.clone()),
            Cell::Text(face.host_name.clone()),
            Cell::Mono(face.address.clone()),
            Cell::Text(lang.instant(face.first_at)),
            Cell::Text(lang.instant(face.last_at)),
        ]
    };
    let headers = [
        "column-ragione-sociale",
        "column-partita-iva",
        "column-computer",
        "column-indirizzo",
        "label-from",
        "label-to",
    ];
    Card::new("faces", lang.t("card-faces")).text(lang.t("card-faces-about")).body(&table(
        lang,
        "card-faces",
        &headers,
        shown.faces.iter().map(row).collect(),
    ))
}

/// The same software of the same company on the same computer, installed again.
fn twins(cx: &Cx, shown: &Shown) -> Card {
    let lang = cx.lang();
    let row = |twin: &Installation| {
        let href = cx.url(&paths::of(paths::INSTALLATION, &twin.installation_id));
        let named =
            if twin.external_id.is_empty() { title(twin) } else { twin.external_id.clone() };
        vec![
            Cell::Link(named, href),
            Cell::Mono(twin.version.clone()),
            Cell::Parts(Markup::of(&labels::state(&lang, twin.state))),
            Cell::Text(lang.instant(twin.first_seen_at)),
            Cell::Text(lang.instant(twin.last_seen_at)),
        ]
    };
    let headers = [
        "column-id-installazione",
        "column-versione",
        "column-stato",
        "column-prima-segnalazione",
        "column-ultima-segnalazione",
    ];
    Card::new("twins", lang.t("card-twins")).text(lang.t("card-twins-about")).body(&table(
        &lang,
        "card-twins",
        &headers,
        shown.twins.iter().map(row).collect(),
    ))
}

/// The newest reports, with a way to all of them.
fn reports(cx: &Cx, shown: &Shown) -> Card {
    let lang = cx.lang();
    let card = Card::new("reports", lang.t("card-reports"));
    if shown.reports.is_empty() {
        return card.body(&Empty::new(lang.t("reports-gone"), lang.t("reports-gone-hint")));
    }
    let row = |report: &Report| {
        let href = cx.url(&paths::of(paths::REPORT, &report.report_id));
        let number = |n: Option<i64>| n.map(|n| lang.number(n)).unwrap_or_default();
        vec![
            Cell::Link(lang.instant(report.received_at), href),
            Cell::Mono(report.version.clone()),
            Cell::Number(number(report.orders)),
            Cell::Number(
                report.sold.map(|sold| lang.money(sold, &report.currency)).unwrap_or_default(),
            ),
            Cell::Mono(report.address.clone()),
            Cell::Mono(report.flags.clone()),
        ]
    };
    let headers = [
        "column-ricevuta",
        "column-versione",
        "column-totale-ordini",
        "column-totale-venduto",
        "column-indirizzo",
        "column-segnalazioni",
    ];
    let all = format!(
        "{}?{}={}",
        cx.url(paths::REPORTS),
        crate::reports::OF,
        shown.installation.installation_id
    );
    card.action(&Action::link(lang.t("show-all"), all).quiet()).body(&table(
        &lang,
        "card-reports",
        &headers,
        shown.reports.iter().map(row).collect(),
    ))
}

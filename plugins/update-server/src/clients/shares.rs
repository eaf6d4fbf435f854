//! The versions of one product as a table with the share of each.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::ui::{Badge, Markup, Meter, Tone};
use plugin_api::{Cx, Lang};

use super::asked::Asked;
use super::versions::Line;
use crate::paths;

/// The table.
#[derive(Debug, Template)]
#[template(path = "update-server/shares.html")]
pub(super) struct Shares {
    lang: Lang,
    product: String,
    has_reports: bool,
    rows: Vec<Row>,
}

impl HtmlSafe for Shares {}

#[derive(Debug)]
struct Row {
    version: String,
    standing: Markup,
    /// Address of the list, the number, its share.
    asked: Option<Number>,
    behind: Option<Number>,
    /// One for each way the version is written, with that way if there are several.
    reported: Vec<(Number, String)>,
    share_of_reports: Markup,
}

#[derive(Debug)]
struct Number {
    href: String,
    text: String,
    share: Markup,
}

impl Shares {
    /// The versions of `product`.
    pub(super) fn new(
        cx: &Cx,
        lang: &Lang,
        (asked, product, has_reports): (&Asked, &str, bool),
        lines: &[Line],
    ) -> Self {
        let all = lines.iter().map(Line::asked).sum::<i64>();
        let all_reports = lines.iter().map(Line::reported).sum::<i64>();
        let list = cx.url(paths::CLIENTS);
        let row = |line: &Line| {
            let listing = asked.listing(product, Some(&line.version));
            let number = |n: i64, more: &str, share: Markup| {
                (n > 0).then(|| Number {
                    href: format!("{list}?{listing}{more}"),
                    text: lang.number(n),
                    share,
                })
            };
            let runs = line.checks.as_ref();
            let report = |told: &plugin_api::contracts::inventory::RunsVersion| {
                let href = if told.path.is_empty() { String::new() } else { cx.url(&told.path) };
                let text = lang.number(told.installations);
                let written = if line.reports.len() > 1 { told.version.as_str() } else { "" };
                (Number { href, text, share: Markup::default() }, written.to_owned())
            };
            Row {
                version: line.version.clone(),
                standing: standing(lang, line),
                asked: number(line.asked(), "", share(line.asked(), all)),
                behind: number(
                    runs.map_or(0, |runs| runs.behind),
                    "&da_aggiornare=true",
                    Markup::default(),
                ),
                reported: line.reports.iter().map(report).collect(),
                share_of_reports: share(line.reported(), all_reports),
            }
        };
        Self {
            lang: lang.clone(),
            product: product.to_owned(),
            has_reports,
            rows: lines.iter().map(row).collect(),
        }
    }
}

/// What of all this is, as a bar.
fn share(part: i64, all: i64) -> Markup {
    if part == 0 { Markup::default() } else { Markup::of(&Meter::new(part, Some(all))) }
}

/// How the version stands in the channels of those who run it; in two channels it may stand differently.
fn standing(lang: &Lang, line: &Line) -> Markup {
    let Some(runs) = line.checks.as_ref().filter(|_| !line.version.is_empty()) else {
        return Markup::default();
    };
    let current = runs.installations - runs.withdrawn - runs.outdated;
    let parts = [
        (current, Tone::Ok, "version-current"),
        (runs.outdated, Tone::Warn, "version-outdated"),
        (runs.withdrawn, Tone::Bad, "version-withdrawn"),
    ];
    let there = || parts.iter().filter(|(n, ..)| *n > 0);
    let is_mixed = there().count() > 1;
    there().fold(Markup::default(), |badges, (n, tone, key)| {
        let name = lang.t(key);
        let said = if is_mixed { format!("{name}: {}", lang.number(*n)) } else { name };
        badges.and(&Badge::new(*tone, said))
    })
}

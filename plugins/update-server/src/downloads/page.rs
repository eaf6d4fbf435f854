//! The page of downloads: what each licence comes to, then day by day.

use std::collections::BTreeMap;

use axum::response::Response;
use plugin_api::contracts::licences::{FIND, LicenceOfAccount};
use plugin_api::table::{Item, Sheet, TableQuery};
use plugin_api::ui::chart::Bars;
use plugin_api::ui::{Card, Facts, Figure, Markup};
use plugin_api::{Cx, Lang, Page, Problem};

use super::list::spec;
use crate::labels::bytes;
use crate::paths;
use crate::store::downloads::NOBODY;

/// Bars that are drawn.
const BARS: usize = 10;
/// Licences of the summary, those with the most bytes.
const LINES: usize = 500;

/// What decides which lines are summed up.
const ASKED: [&str; 12] = [
    "q",
    "giorno.from",
    "giorno.to",
    "prodotto",
    "versione",
    "file",
    "cliente",
    "licenza",
    "download.from",
    "download.to",
    "byte.from",
    "byte.to",
];

/// What a licence downloaded.
struct OfLicence {
    licence_id: String,
    /// As its keeper tells it; none for nobody's, or one that is gone.
    licence: Option<LicenceOfAccount>,
    downloads: i64,
    bytes: i64,
}

/// The page.
pub(super) async fn page(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let lang = cx.lang();
    let (spec, found) = (spec(), by_licence(&cx, &query).await?);
    let table = spec.load(&cx, &query).await?;
    let mut page = Markup::of(&spec.head(&cx));
    if !found.is_empty() {
        page = page.and(&card(&cx, &lang, &query, &found));
    }
    Ok(Page::html(lang.t("update-downloads"), page.and(&table)))
}

/// The list as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

/// What each licence comes to, as a file.
pub(super) async fn licences(cx: Cx, mut query: TableQuery) -> Result<Response, Problem> {
    let format = query.take("format").unwrap_or_else(|| "csv".to_owned());
    let found = by_licence(&cx, &query).await?;
    sheet(&cx.lang(), &found).file(&format)
}

/// What the lines that are asked for come to by licence, the most bytes first.
async fn by_licence(cx: &Cx, query: &TableQuery) -> Result<Vec<OfLicence>, Problem> {
    let (spec, licence) = (spec(), "d.licence_id");
    let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for total in spec.totals(cx, query, "d.bytes", licence).await? {
        sums.entry(total.currency).or_default().1 = total.minor;
    }
    for total in spec.totals(cx, query, "d.downloads", licence).await? {
        sums.entry(total.currency).or_default().0 = total.minor;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, (_, bytes))| std::cmp::Reverse(*bytes));
    sums.truncate(LINES);
    let ids = sums.iter().map(|(id, _)| id.clone()).filter(|id| id != NOBODY).collect::<Vec<_>>();
    let known = if ids.is_empty() { Vec::new() } else { cx.service(&FIND, &ids).await? };
    let of = |(licence_id, (downloads, bytes)): (String, (i64, i64))| OfLicence {
        licence: known.iter().find(|known| known.licence_id == licence_id).cloned(),
        licence_id,
        downloads,
        bytes,
    };
    Ok(sums.into_iter().map(of).collect())
}

fn card(cx: &Cx, lang: &Lang, query: &TableQuery, found: &[OfLicence]) -> Card {
    let title = lang.t("update-downloads-licences");
    let bars = Bars::new(lang, "chart-licences", &title).written(bytes);
    let bars = found.iter().take(BARS).fold(bars, |bars, line| {
        let href = line.licence.as_ref().map(|licence| licence.path.as_str()).unwrap_or_default();
        let href = if href.is_empty() { String::new() } else { cx.url(href) };
        bars.bar_with_link(name(lang, line), line.bytes, href)
    });
    let asked = ASKED.iter().filter_map(|name| Some((name, query.get(name)?)));
    let asked = asked.fold(String::new(), |all, (name, value)| {
        format!("{all}&{name}={}", plugin_api::table::encode(value))
    });
    let place = cx.url(paths::DOWNLOADS);
    let export = move |format: &str| format!("{place}/licences?format={format}{asked}");
    let figure = Figure::new(lang, &title, &bars, sheet(lang, found), export);
    let sum = |of: fn(&OfLicence) -> i64| found.iter().map(of).fold(0, i64::saturating_add);
    let facts = Facts::new()
        .text(lang.t("column-download"), lang.number(sum(|line| line.downloads)))
        .text(lang.t("update-downloads-volume"), bytes(lang, sum(|line| line.bytes)));
    Card::new("licences", title).body(&facts).body(&figure)
}

fn name(lang: &Lang, line: &OfLicence) -> String {
    if line.licence_id == NOBODY {
        return lang.t("update-downloads-nobody");
    }
    let licence = line.licence.as_ref();
    licence.map_or_else(
        || line.licence_id.clone(),
        |licence| format!("{} {}", licence.product, licence.key_hint),
    )
}

fn sheet(lang: &Lang, found: &[OfLicence]) -> Sheet {
    let columns = [
        ("licenza", lang.t("column-licenza")),
        ("nome", lang.t("update-downloads-name")),
        ("download", lang.t("column-download")),
        ("byte", lang.t("column-byte")),
    ];
    let id = |line: &OfLicence| {
        if line.licence_id == NOBODY { String::new() } else { line.licence_id.clone() }
    };
    let row = |line: &OfLicence| {
        vec![
            Item::Text(id(line)),
            Item::Text(name(lang, line)),
            Item::Number(line.downloads),
            Item::Number(line.bytes),
        ]
    };
    Sheet {
        name: "update-downloads-licences".to_owned(),
        columns: columns.into(),
        rows: found.iter().map(row).collect(),
    }
}

//! `/crm/update-versions`: who runs which version of which product, and how many of them wait for
//! another one.

use axum::http::StatusCode;
use axum::response::Response;
use plugin_api::table::{Item, Sheet};
use plugin_api::ui::{
    Card, Dashboard, Empty, Field, Figure, FormErrors, Head, Markup, Notice, Tabs, Tile, Tone,
};
use plugin_api::{Cx, Lang, Page, Problem, Query};

use super::asked::{Asked, DAYS, Parameters};
use super::shares::Shares;
use super::versions::{Known, Line, known};
use crate::domain::platform::Platform;
use crate::paths;
use crate::store::channels;

/// Periods that are offered, in days up to today, and their names.
const PERIODS: [(i64, &str); 4] = [
    (7, "update-period-7"),
    (30, "update-period-30"),
    (90, "update-period-90"),
    (365, "update-period-365"),
];

/// The page.
pub(super) async fn page(cx: Cx, Query(parameters): Query<Parameters>) -> Result<Page, Problem> {
    let lang = cx.lang();
    let asked = match Asked::read(&cx, &parameters) {
        Ok(asked) => asked,
        Err(problem) if problem.status() == StatusCode::BAD_REQUEST => {
            let told = problem.body(&lang, "").errors.into_iter();
            let errors: FormErrors = told.map(|told| (told.pointer, told.detail)).collect();
            let notice = Notice::new(Tone::Bad, lang.t("problem-malformed-query"));
            let page = dashboard(&cx, &lang, &parameters, &errors).await?;
            let page = Dashboard { notice: Markup::of(&notice), ..page };
            let title = lang.t("update-versions");
            return Ok(Page::new(title, &page)?.status(StatusCode::BAD_REQUEST));
        }
        Err(problem) => return Err(problem),
    };
    let known = known(&cx, &asked).await?;
    let page = Dashboard {
        tabs: periods(&cx, &lang, &asked),
        notice: notice(&lang, &asked, &known),
        tiles: tiles(&cx, &lang, (&asked, &known)),
        cards: cards(&cx, &lang, (&asked, &known)),
        ..dashboard(&cx, &lang, &parameters, &FormErrors::new()).await?
    };
    Page::new(lang.t("update-versions"), &page)
}

/// The same as a file.
pub(super) async fn export(
    cx: Cx,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Problem> {
    let asked = Asked::read(&cx, &parameters)?;
    let known = known(&cx, &asked).await?;
    let format = if parameters.format.is_empty() { "csv" } else { &parameters.format };
    let lines = known
        .products
        .iter()
        .flat_map(|(product, lines)| lines.iter().map(move |line| (product.as_str(), line)));
    sheet(&cx.lang(), lines, known.has_reports).file(format)
}

/// What stands on the page whatever is asked.
async fn dashboard(
    cx: &Cx,
    lang: &Lang,
    parameters: &Parameters,
    errors: &FormErrors,
) -> Result<Dashboard, Problem> {
    let title = lang.t("update-versions");
    let channel =
        Field::select("canale", lang.t("column-canale")).option("", lang.t("update-versions-any"));
    let names = channels::names(&cx.db()).await?;
    let channel = names.iter().fold(channel, |field, name| field.option(name, name));
    let platform = Field::select("piattaforma", lang.t("column-piattaforma"))
        .option("", lang.t("update-versions-any"));
    let platform = Platform::ALL
        .iter()
        .filter(|platform| **platform != Platform::Any)
        .fold(platform, |field, platform| field.option(platform.code(), platform.code()));
    let days =
        if parameters.giorni.is_empty() { DAYS.to_string() } else { parameters.giorni.clone() };
    let fields = Markup::of(
        &Field::text("prodotto", lang.t("column-prodotto"))
            .value(&parameters.prodotto)
            .errors(errors),
    )
    .and(&channel.value(&parameters.canale).errors(errors))
    .and(&platform.value(&parameters.piattaforma).errors(errors))
    .and(
        &Field::number("giorni", lang.t("update-versions-days")).min(1).value(days).errors(errors),
    );
    Ok(Dashboard {
        head: Head::new(&title).lead(lang.t("update-versions-lead")),
        tabs: Tabs::new(lang.t("update-period"), ""),
        action: cx.url(paths::VERSIONS),
        fields,
        notice: Markup::default(),
        tiles: Vec::new(),
        cards: Markup::default(),
        title,
        lang: lang.clone(),
    })
}

fn periods(cx: &Cx, lang: &Lang, asked: &Asked) -> Tabs {
    let path = cx.url(paths::VERSIONS);
    let href = |days: i64| format!("{path}?{}", asked.again(days, &asked.counted.product));
    let tabs = Tabs::new(lang.t("update-period"), href(asked.days));
    PERIODS.into_iter().fold(tabs, |tabs, (days, key)| tabs.tab(lang.t(key), href(days)))
}

fn notice(lang: &Lang, asked: &Asked, known: &Known) -> Markup {
    if asked.is_narrowed() {
        return Markup::of(&Notice::new(Tone::Info, lang.t("update-versions-narrowed")));
    }
    if known.is_cut {
        return Markup::of(&Notice::new(Tone::Info, lang.t("update-versions-cut")));
    }
    Markup::default()
}

fn tiles(cx: &Cx, lang: &Lang, (asked, known): (&Asked, &Known)) -> Vec<Tile> {
    let checks = || known.products.values().flatten().filter_map(|line| line.checks.as_ref());
    let list = cx.url(paths::CLIENTS);
    let all = asked.listing(&asked.counted.product, None);
    let tile = |key: &str, value: i64, more: &str| Tile {
        label: lang.t(key),
        value: lang.number(value),
        href: format!("{list}?{all}{more}"),
    };
    if known.products.is_empty() {
        return Vec::new();
    }
    vec![
        tile("update-tile-asked", checks().map(|runs| runs.installations).sum(), ""),
        tile("update-tile-behind", checks().map(|runs| runs.behind).sum(), "&da_aggiornare=true"),
        tile(
            "update-tile-outdated",
            checks().map(|runs| runs.outdated).sum(),
            "&stato_versione=superata",
        ),
        tile(
            "update-tile-withdrawn",
            checks().map(|runs| runs.withdrawn).sum(),
            "&stato_versione=ritirata",
        ),
    ]
}

/// A card for each product.
fn cards(cx: &Cx, lang: &Lang, (asked, known): (&Asked, &Known)) -> Markup {
    if known.products.is_empty() {
        let empty =
            Empty::new(lang.t("update-clients-empty"), lang.t("update-versions-empty-hint"));
        return Markup::of(&Card::new("versions", lang.t("update-versions")).body(&empty));
    }
    known.products.iter().fold(Markup::default(), |cards, (product, lines)| {
        let table = Shares::new(cx, lang, (asked, product, known.has_reports), lines);
        let said = lines.iter().map(|line| (product.as_str(), line));
        let place = cx.url(paths::VERSIONS);
        let query = asked.again(asked.days, product);
        let export = move |format: &str| format!("{place}/export?{query}&format={format}");
        let sheet = sheet(lang, said, known.has_reports);
        let figure = Figure::new(lang, product.as_str(), &table, sheet, export).without_table();
        cards.and(&Card::new(format!("versions-{product}"), product.as_str()).body(&figure))
    })
}

/// The same as a table of numbers.
fn sheet<'a>(
    lang: &Lang,
    lines: impl Iterator<Item = (&'a str, &'a Line)>,
    has_reports: bool,
) -> Sheet {
    let mut columns = vec![
        ("prodotto", lang.t("column-prodotto")),
        ("versione", lang.t("column-versione")),
        ("da_controlli", lang.t("column-da-controlli")),
        ("superate", lang.t("version-outdated")),
        ("ritirate", lang.t("version-withdrawn")),
        ("da_aggiornare", lang.t("column-da-aggiornare")),
    ];
    if has_reports {
        columns.push(("da_segnalazioni", lang.t("column-da-segnalazioni")));
    }
    let row = |(product, line): (&str, &Line)| {
        let number = |of: fn(&crate::store::clients::Runs) -> i64| {
            Item::Number(line.checks.as_ref().map_or(0, of))
        };
        let mut row = vec![
            Item::Text(product.to_owned()),
            Item::Text(line.version.clone()),
            number(|runs| runs.installations),
            number(|runs| runs.outdated),
            number(|runs| runs.withdrawn),
            number(|runs| runs.behind),
        ];
        if has_reports {
            row.push(Item::Number(line.reported()));
        }
        row
    };
    Sheet { name: "update-versions".to_owned(), columns, rows: lines.map(row).collect() }
}

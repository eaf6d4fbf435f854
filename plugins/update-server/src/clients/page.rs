//! The page of installations: how many run which version, then each by itself.

use axum::response::Response;
use plugin_api::table::{Item, Sheet, TableQuery};
use plugin_api::time::DAY;
use plugin_api::ui::chart::Bars;
use plugin_api::ui::{Figure, Markup};
use plugin_api::{Cx, Page, Problem, Query};
use serde::Deserialize;

use super::list::spec;
use crate::paths;
use crate::store::clients::{Runs, by_version};

/// Who was not heard of for so many days is not counted.
const DAYS: i64 = 30;
/// Lines of the summary.
const LINES: i64 = 200;
/// Bars that are drawn.
const BARS: usize = 12;

/// In which format the summary is wanted.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    #[serde(default = "csv")]
    format: String,
}

fn csv() -> String {
    "csv".to_owned()
}

/// The page.
pub(super) async fn page(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let lang = cx.lang();
    let spec = spec();
    let table = spec.load(&cx, &query).await?;
    let mut page = Markup::of(&spec.head(&cx));
    let runs = running(&cx).await?;
    if !runs.is_empty() {
        let title = lang.t("update-versions");
        let bars = Bars::new(&lang, "versions", &title);
        let bars = runs.iter().take(BARS).fold(bars, |bars, line| {
            bars.bar(format!("{} {}", line.product_code, said(line)), line.installations)
        });
        let place = cx.url(paths::CLIENT_VERSIONS);
        let export = move |format: &str| format!("{place}?format={format}");
        page = page.and(&Figure::new(&lang, title, &bars, sheet(&cx, &runs), export));
    }
    Ok(Page::html(lang.t("update-clients"), page.and(&table)))
}

/// The list as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

/// The summary as a file.
pub(super) async fn versions(cx: Cx, Query(wanted): Query<Wanted>) -> Result<Response, Problem> {
    let runs = running(&cx).await?;
    sheet(&cx, &runs).file(&wanted.format)
}

async fn running(cx: &Cx) -> Result<Vec<Runs>, Problem> {
    let since = cx.now() - DAYS * DAY;
    Ok(by_version(&cx.db(), cx.scope(), since, LINES).await?)
}

/// The same as a table.
fn sheet(cx: &Cx, runs: &[Runs]) -> Sheet {
    let lang = cx.lang();
    let columns = [
        ("prodotto", "column-prodotto"),
        ("versione", "column-versione"),
        ("installazioni", "column-installazioni"),
    ];
    let row = |line: &Runs| {
        let product = Item::Text(line.product_code.clone());
        vec![product, Item::Text(said(line).to_owned()), Item::Number(line.installations)]
    };
    Sheet {
        name: "update-versions".to_owned(),
        columns: columns.map(|(member, key)| (member, lang.t(key))).into(),
        rows: runs.iter().map(row).collect(),
    }
}

/// The version; a dash where installations do not say.
fn said(line: &Runs) -> &str {
    if line.version.is_empty() { "–" } else { &line.version }
}

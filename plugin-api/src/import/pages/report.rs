//! What would become of each row, or what became of it: counts, a list, a file.

use askama::Template;
use axum::response::Response;

use super::{found, head, steps};
use crate::import::spec::ImportSpec;
use crate::import::store::{self, Counts, Import, State};
use crate::table::{Column, Order, Source, TableQuery, TableSpec, TableView};
use crate::ui::{Action, Confirm, Facts, Head, Markup, Notice, Steps, Tone};
use crate::{Cx, Lang, Page, Problem};

/// What is done with rows, as lists name it.
const ACTS: &[(&str, &str, Tone)] = &[
    ("create", "import-act-create", Tone::Ok),
    ("update", "import-act-update", Tone::Info),
    ("unchanged", "import-act-unchanged", Tone::Neutral),
    ("refused", "import-act-refused", Tone::Bad),
];

#[derive(Template)]
#[template(path = "components/import-report.html")]
struct ReportPage {
    lang: Lang,
    head: Head,
    steps: Steps,
    told: Markup,
    counts: Facts,
    acts: Markup,
    table: TableView,
}

fn list(spec: &ImportSpec, import: &Import) -> TableSpec {
    let source = Source { from: spec.tables.rows, id: "r.row_id", scope: "i.organisation_id" };
    TableSpec::new(spec.path(&import.id, ""), "import-report", source)
        .column(Column::number("riga", "r.line_number").label("import-row").sortable())
        .column(Column::choice("esito", "r.act", ACTS).label("import-act").sortable().filterable())
        .column(
            Column::text("oggetto", "r.name").label("import-object").linked(
                spec.place.object,
                "case when r.object_id = '' then null else r.object_id end",
            ),
        )
        .column(Column::text("problemi", "r.told").label("import-problems"))
        .column(Column::flag("importata", "r.done").label("import-row-done").filterable())
        .only("r.import_id = ?", [import.id.as_str().into()])
        .default_sort("riga", Order::Ascending)
        .preset("import-only-refused", "esito=refused")
        .empty("import-report-empty", "")
}

/// The report as a file.
pub(super) async fn export(
    spec: ImportSpec,
    cx: Cx,
    id: String,
    query: TableQuery,
) -> Result<Response, Problem> {
    let import = found(&spec, &cx, &id).await?;
    list(&spec, &import).export(&cx, &query).await
}

/// The page.
pub(super) async fn page(
    spec: &ImportSpec,
    cx: &Cx,
    import: &Import,
    query: &TableQuery,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let counts = store::counts(&cx.db(), spec.tables, &import.id).await?;
    let csv = cx.url(&spec.path(&import.id, "/export?format=csv"));
    let page = ReportPage {
        head: head(spec, cx, import).action(&Action::download(lang.t("import-report-csv"), csv)),
        // A finished import has all its steps behind it.
        steps: steps(cx, if import.state == State::Done { 4 } else { 2 }),
        told: told(&lang, import, counts),
        counts: facts(&lang, counts),
        acts: acts(spec, cx, import, counts),
        table: list(spec, import).load(cx, query).await?,
        lang: cx.lang(),
    };
    Page::new(lang.with("import-report-of", &[("file", &import.file_name)]), &page)
}

fn told(lang: &Lang, import: &Import, counts: Counts) -> Markup {
    let left = counts.to_write() - counts.done;
    let (tone, text) = match import.state {
        State::Done => (Tone::Ok, lang.n("import-told-done", counts.done)),
        State::Stopped => (Tone::Warn, lang.n("import-told-stopped", left)),
        _ if counts.to_write() == 0 => (Tone::Warn, lang.t("import-told-nothing")),
        _ => (Tone::Info, lang.n("import-told-checked", counts.to_write())),
    };
    Markup::of(&Notice::new(tone, text))
}

fn facts(lang: &Lang, counts: Counts) -> Facts {
    Facts::new()
        .text(lang.t("import-act-create"), lang.number(counts.create))
        .text(lang.t("import-act-update"), lang.number(counts.update))
        .text(lang.t("import-act-unchanged"), lang.number(counts.unchanged))
        .text(lang.t("import-act-refused"), lang.number(counts.refused))
}

fn acts(spec: &ImportSpec, cx: &Cx, import: &Import, counts: Counts) -> Markup {
    let lang = cx.lang();
    let post = |last: &str| cx.url(&spec.path(&import.id, last));
    let left = counts.to_write() - counts.done;
    let mut acts = Markup::default();
    if import.state != State::Done && left > 0 {
        let consequence = lang.n("import-apply-consequence", left);
        let label = lang.n("import-apply", left);
        let apply = Confirm::new(&lang, "apply", label, post("/apply"), consequence).primary();
        acts = acts.and(&apply);
    }
    if import.state == State::Checked {
        acts = acts.and(&Action::post(lang.t("import-back"), post("/back")));
    }
    acts.and(&forget(spec, cx, import))
}

/// The question before an import is forgotten.
pub(super) fn forget(spec: &ImportSpec, cx: &Cx, import: &Import) -> Confirm {
    let lang = cx.lang();
    let path = cx.url(&spec.path(&import.id, "/forget"));
    let told = lang.t("import-forget-consequence");
    Confirm::new(&lang, "forget", lang.t("import-forget"), path, told).icon("trash")
}

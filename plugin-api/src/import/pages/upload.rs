//! The first page: a file to upload, what it may be, and the imports there were.

use std::borrow::Cow;

use askama::Template;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::steps;
use crate::db::{Audit, Batch};
use crate::import::posted::Posted;
use crate::import::sheet::{self, LARGEST, MOST_ROWS, Reading, Sheet, Unreadable};
use crate::import::spec::ImportSpec;
use crate::import::store::{self, New};
use crate::table::{Column, Order, Source, TableQuery, TableSpec, TableView};
use crate::time::DAY;
use crate::ui::{Action, ErrorSummary, Field, FormErrors, Head, Steps, Tone};
use crate::{Actor, Cx, Fault, Lang, Page, Problem, SeeOther};

/// How long an import is kept after somebody last did something with it, milliseconds.
const KEPT: i64 = 30 * DAY;

/// The states as lists name them.
const STATES: &[(&str, &str, Tone)] = &[
    ("mapping", "import-state-mapping", Tone::Info),
    ("checking", "import-state-checking", Tone::Info),
    ("checked", "import-state-checked", Tone::Warn),
    ("importing", "import-state-importing", Tone::Info),
    ("stopped", "import-state-stopped", Tone::Warn),
    ("done", "import-state-done", Tone::Ok),
];

#[derive(Template)]
#[template(path = "components/import-upload.html")]
struct UploadPage {
    lang: Lang,
    head: Head,
    steps: Steps,
    errors: ErrorSummary,
    action: String,
    file: Field,
    send: Action,
    limits: String,
    table: TableView,
}

fn list(spec: &ImportSpec) -> TableSpec {
    let source =
        Source { from: spec.tables.imports, id: "i.import_id", scope: "i.organisation_id" };
    TableSpec::new(spec.place.path, spec.title, source)
        .column(Column::text("file", "i.file_name").label("import-file"))
        .column(Column::choice("stato", "i.state", STATES).label("import-state").filterable())
        .column(Column::number("righe", "i.rows_total").label("import-rows"))
        .column(Column::instant("creata", "i.created_at").label("import-created").sortable())
        .column(Column::text("da", "i.created_by").label("import-by"))
        .only("i.kind = ?", [spec.id.into()])
        .row_link(spec.place.one)
        .default_sort("creata", Order::Descending)
        .empty("import-none", "import-none-hint")
}

/// The page.
pub(super) async fn page(spec: ImportSpec, cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    render(&spec, &cx, &query, &FormErrors::new()).await
}

/// The list of imports as a file.
pub(super) async fn export(
    spec: ImportSpec,
    cx: Cx,
    query: TableQuery,
) -> Result<Response, Problem> {
    list(&spec).export(&cx, &query).await
}

async fn render(
    spec: &ImportSpec,
    cx: &Cx,
    query: &TableQuery,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let template = cx.url(&format!("{}/template", spec.place.path));
    let above = (lang.t(spec.place.above.0), cx.url(spec.place.above.1));
    let number = |n: usize| lang.number(i64::try_from(n).unwrap_or(i64::MAX));
    let limits = [("rows", &*number(MOST_ROWS)), ("mb", &*number(LARGEST / 1024 / 1024))];
    let page = UploadPage {
        head: Head::new(lang.t(spec.title))
            .back(above.0, above.1)
            .lead(lang.t("import-lead"))
            .action(&Action::download(lang.t("import-template"), template)),
        steps: steps(cx, 0),
        errors: errors.summary(&lang),
        action: cx.url(spec.place.path),
        file: Field::file("file", lang.t("import-file"))
            .hint(lang.t("import-file-hint"))
            .errors(errors)
            .required(),
        send: Action::submit(lang.t("import-upload")),
        limits: lang.with("import-limits", &limits),
        table: list(spec).load(cx, query).await?,
        lang: cx.lang(),
    };
    let title = lang.t(spec.title);
    let title = if errors.is_empty() { title } else { format!("{}: {title}", lang.t("error")) };
    Page::new(title, &page)
}

/// A file to fill in: the names of the columns.
pub(super) fn template(spec: &ImportSpec, cx: &Cx) -> Result<Response, Problem> {
    let lang = cx.lang();
    let mut csv = csv::Writer::from_writer(Vec::from("\u{feff}"));
    let names = spec.fields.iter().map(|field| lang.t(field.label));
    csv.write_record(names).map_err(Fault::internal)?;
    let bytes = csv.into_inner().map_err(Fault::internal)?;
    let name = format!("attachment; filename=\"{}.csv\"", spec.id);
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, &name)], bytes)
        .into_response())
}

/// Takes a file, or says why it cannot be read.
pub(super) async fn take(spec: ImportSpec, cx: Cx, request: Request) -> Result<Response, Problem> {
    let read = async {
        let upload = uploaded(request).await?;
        let sheet = sheet::read(&upload.bytes, &Reading::default()).map_err(Unreadable::key)?;
        Ok((upload, sheet))
    };
    let (upload, sheet) = match read.await {
        Ok(read) => read,
        Err(key) => {
            let mut errors = FormErrors::new();
            errors.add("file", cx.lang().t(key));
            let page = render(&spec, &cx, &TableQuery::default(), &errors).await?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let import_id = keep(&spec, &cx, upload, &sheet).await?;
    Ok(SeeOther::to(cx.url(&spec.path(&import_id, ""))).into_response())
}

/// The file of the form; the key of a text that says what is wrong.
async fn uploaded(request: Request) -> Result<Posted, &'static str> {
    let posted = Posted::read(request).await?;
    if posted.name.is_empty() && posted.bytes.is_empty() {
        return Err("import-no-file");
    }
    Ok(posted)
}

async fn keep(
    spec: &ImportSpec,
    cx: &Cx,
    upload: Posted,
    sheet: &Sheet,
) -> Result<String, Problem> {
    let import_id = cx.fresh_id();
    let kind = "application/octet-stream";
    let blob = cx.put_blob(&upload.name, kind, upload.bytes.into()).await?;
    let caller = cx.caller();
    let by: Cow<'_, str> = match &caller.actor {
        Actor::User { name, .. } | Actor::Token { name, .. } | Actor::Job { name } => name.into(),
        Actor::Anonymous => "".into(),
    };
    let name = if upload.name.is_empty() { "—" } else { &upload.name };
    let new = New {
        import_id: &import_id,
        kind: spec.id,
        organisation_id: &caller.organisation_id,
        file_name: name,
        blob_id: &blob.blob_id,
        reading: &sheet.reading,
        rows_total: i64::try_from(sheet.rows.len()).unwrap_or(i64::MAX),
        created_at: cx.now(),
        created_by: &by.chars().take(200).collect::<String>(),
    };
    let audit = Audit::of("import.uploaded", &import_id)
        .named(name)
        .in_organisation(&caller.organisation_id)
        .after(serde_json::json!({ "rows": new.rows_total, "sha256": blob.sha256 }));
    let batch = Batch::new().and(store::insert(spec.tables, &new)).audit(audit);
    if let Err(fault) = cx.db().batch(batch).await {
        cx.delete_blob(&blob.blob_id).await?;
        return Err(fault.into());
    }
    Ok(import_id)
}

/// A job: forgets imports nobody touched for long, since they hold what people wrote about others.
pub(in crate::import) async fn clear(spec: &ImportSpec, cx: &Cx) -> Result<(), Fault> {
    let before = cx.now() - KEPT;
    loop {
        let expired = store::expired(&cx.db(), spec.tables, (spec.id, before)).await?;
        if expired.is_empty() {
            return Ok(());
        }
        for old in expired {
            let audit = old.audit("import.expired");
            super::act::forget(spec, cx, &old.import_id, &old.blob_id, audit).await?;
        }
    }
}

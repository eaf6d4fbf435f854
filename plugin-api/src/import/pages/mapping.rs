//! Which column belongs to which field, beside the first rows of the file.

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use serde::Deserialize;

use super::{act, found, head, steps};
use crate::db::Batch;
use crate::import::job::{audit, sheet_of};
use crate::import::mapping::{Mapping, Mistake, checked, guess};
use crate::import::sheet::{ENCODINGS, Reading, SEPARATORS, Sheet};
use crate::import::spec::ImportSpec;
use crate::import::store::{self, Import, State};
use crate::ui::{Action, Confirm, ErrorSummary, Field, FormErrors, Head, Markup, Steps, field_id};
use crate::{Cx, FaultKind, Lang, Page, Problem, SeeOther};

/// Rows that are shown.
const SHOWN: usize = 3;

/// The form as sent; `again` when only the way of reading was changed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    /// The field of each column, in order.
    column: Vec<String>,
    sheet: String,
    separator: String,
    encoding: String,
    again: String,
}

#[derive(Template)]
#[template(path = "components/import-mapping.html")]
struct MappingPage {
    lang: Lang,
    head: Head,
    steps: Steps,
    errors: ErrorSummary,
    action: String,
    reading: Markup,
    columns: Vec<ColumnShown>,
    fields: Vec<(&'static str, String)>,
    send: Action,
    forget: Confirm,
}

/// A column of the file.
struct ColumnShown {
    id: String,
    name: String,
    samples: Vec<String>,
    field: String,
    error: bool,
}

/// The page; where the file cannot be read as told, the choices to read it otherwise.
pub(super) async fn page(spec: &ImportSpec, cx: &Cx, import: &Import) -> Result<Page, Problem> {
    let sheet = sheet_of(cx, import).await?;
    let mapping = if import.mapping.is_empty() {
        guess(cx, &spec.fields, &sheet.header)
    } else {
        import.mapping.clone()
    };
    render(spec, cx, import, (&sheet, &mapping, &[]))
}

/// Takes the mapping and starts the check, or shows what is wrong.
pub(super) async fn take(
    spec: ImportSpec,
    cx: Cx,
    id: String,
    sent: Sent,
) -> Result<Response, Problem> {
    let mut import = found(&spec, &cx, &id).await?;
    let there = SeeOther::to(cx.url(&spec.path(&id, "")));
    if import.state != State::Mapping {
        return Ok(there.saying(cx.lang().t("import-out-of-date")).into_response());
    }
    if !sent.again.is_empty() {
        return read_again(&spec, &cx, import, sent).await;
    }
    let sheet = sheet_of(&cx, &import).await?;
    let mut columns = sent.column;
    columns.resize(sheet.header.len(), String::new());
    let (mapping, mistakes) = checked(&spec.fields, columns);
    if !mistakes.is_empty() {
        let page = render(&spec, &cx, &import, (&sheet, &mapping, &mistakes))?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    import.mapping = mapping;
    act::start(&spec, &cx, import, State::Checking).await?;
    Ok(there.into_response())
}

/// Reads the file in another way, and guesses its columns anew.
async fn read_again(
    spec: &ImportSpec,
    cx: &Cx,
    import: Import,
    sent: Sent,
) -> Result<Response, Problem> {
    let reading = Reading { sheet: sent.sheet, separator: sent.separator, encoding: sent.encoding };
    let import = Import { reading, ..import };
    let there = SeeOther::to(cx.url(&spec.path(&import.id, "")));
    let sheet = match sheet_of(cx, &import).await {
        Ok(sheet) => sheet,
        Err(fault) if fault.kind == FaultKind::Invalid => {
            return Ok(there.saying(cx.lang().t("import-unreadable-so")).into_response());
        }
        Err(fault) => return Err(fault.into()),
    };
    let rows_total = i64::try_from(sheet.rows.len()).unwrap_or(i64::MAX);
    let import = Import { reading: sheet.reading, rows_total, ..import };
    let change = store::read_as(cx.scope(), spec.tables, &import, cx.now());
    let audit = audit("import.read_again", &import).after(&import.reading);
    act::unless_moved(cx.db().batch(Batch::new().and(change).audit(audit)).await)?;
    Ok(there.into_response())
}

fn render(
    spec: &ImportSpec,
    cx: &Cx,
    import: &Import,
    (sheet, mapping, mistakes): (&Sheet, &Mapping, &[Mistake]),
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let column = |(at, name): (usize, &str)| ColumnShown {
        id: column_id(at),
        name: if name.is_empty() {
            lang.with("import-column-unnamed", &[("n", &(at + 1).to_string())])
        } else {
            name.to_owned()
        },
        samples: samples(sheet, at),
        field: mapping.get(at).cloned().unwrap_or_default(),
        error: mistakes.contains(&Mistake::Twice(at)),
    };
    let fields = spec.fields.iter().map(|field| {
        let star = if field.required { " *" } else { "" };
        (field.id, format!("{}{star}", lang.t(field.label)))
    });
    let lead = [("rows", &*lang.number(import.rows_total))];
    let page = MappingPage {
        head: head(spec, cx, import).lead(lang.with("import-mapping-lead", &lead)),
        steps: steps(cx, 1),
        errors: errors(&lang, mistakes).summary(&lang),
        action: cx.url(&spec.path(&import.id, "/mapping")),
        reading: reading(&lang, sheet),
        columns: sheet.header.iter().enumerate().map(column).collect(),
        fields: fields.collect(),
        send: Action::submit(lang.t("import-check")),
        forget: super::report::forget(spec, cx, import),
        lang: cx.lang(),
    };
    Page::new(lang.with("import-mapping-title", &[("file", &import.file_name)]), &page)
}

/// The control of the column at `at`, to which an error leads.
fn column_id(at: usize) -> String {
    field_id(&format!("column-{at}"))
}

fn errors(lang: &Lang, mistakes: &[Mistake]) -> FormErrors {
    let error = |mistake: &Mistake| match mistake {
        Mistake::Missing(label) => {
            let told = lang.with("import-field-missing", &[("field", &lang.t(label))]);
            ("column-0".to_owned(), told)
        }
        Mistake::Twice(at) => (format!("column-{at}"), lang.t("import-field-twice")),
    };
    mistakes.iter().map(error).collect()
}

/// What stands in the column in the first rows, shortened.
fn samples(sheet: &Sheet, at: usize) -> Vec<String> {
    let cells = sheet.rows.iter().take(SHOWN).map(|row| row.cells.get(at).unwrap_or_default());
    cells
        .map(|cell| {
            let short: String = cell.chars().take(60).collect();
            if short.len() < cell.len() { format!("{short}…") } else { short }
        })
        .collect()
}

/// How the file is read, to be chosen otherwise.
fn reading(lang: &Lang, sheet: &Sheet) -> Markup {
    let Reading { sheet: chosen, separator, encoding } = &sheet.reading;
    if !sheet.sheets.is_empty() {
        let field = Field::select("sheet", lang.t("import-sheet"));
        let named = sheet.sheets.iter().fold(field, |field, name| field.option(name, name));
        return Markup::of(&named.value(chosen));
    }
    let name = |separator: &str| match separator {
        ";" => lang.t("import-separator-semicolon"),
        "," => lang.t("import-separator-comma"),
        "\t" => lang.t("import-separator-tab"),
        _ => lang.t("import-separator-bar"),
    };
    let field = Field::select("separator", lang.t("import-separator"));
    let separators = SEPARATORS.into_iter().fold(field, |field, one| field.option(one, name(one)));
    let field = Field::select("encoding", lang.t("import-encoding"));
    let encodings =
        ENCODINGS.into_iter().fold(field, |field, one| field.option(one, one.to_uppercase()));
    let encoding = Markup::of(&encodings.value(encoding));
    // JSON has no separators to choose from.
    if separator.is_empty() {
        return encoding;
    }
    Markup::of(&separators.value(separator)).and(&encoding)
}

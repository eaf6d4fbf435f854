//! Everything a table lists, as a file: the rows that match, the columns chosen.

mod csv;
mod json;
mod sheet;
mod xlsx;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use futures_util::StreamExt as _;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};

use super::asked::Asked;
use super::cell::Linked;
use super::column::Column;
use super::query::TableQuery;
use super::selection::Selection;
use super::spec::TableSpec;
use crate::db::{Rows, Value};
use crate::{Cx, Fault, FieldProblem, Lang, Problem, time};

pub(crate) use csv::safe;
pub use sheet::{Item, Sheet};

/// What an export needs to know while its rows go by; it outlives the request's handler.
struct Export {
    spec: TableSpec,
    asked: Asked,
    lang: Lang,
    name: String,
}

impl Export {
    fn columns(&self) -> impl Iterator<Item = &Column> {
        self.asked.columns.iter().filter_map(|at| self.spec.columns.get(*at))
    }

    /// The cells of one fetched row; sort value and id stand before them.
    fn cells<'a>(&'a self, row: &'a [Value]) -> impl Iterator<Item = (&'a Column, Linked)> {
        self.spec.cells(&self.asked.columns, row.get(2..).unwrap_or_default())
    }

    fn header(&self, column: &Column) -> String {
        self.lang.t(&column.label)
    }

    /// The label of a choice, in the reader's language.
    fn choice(&self, column: &Column, value: &str, known: Option<usize>) -> String {
        column.choice_at(known).map_or_else(|| value.to_owned(), |choice| self.lang.t(choice.key))
    }
}

impl TableSpec {
    /// The rows of `query` as the file its parameter `format` asks for: `csv` (RFC 4180, streamed),
    /// `json` (an array of objects by column id, streamed) or `xlsx`. Of rows that were ticked, only
    /// those.
    pub async fn export(&self, cx: &Cx, query: &TableQuery) -> Result<Response, Problem> {
        let lang = cx.lang();
        let selection = Selection::read(&query.0)?;
        let asked = if selection.is_empty() {
            Asked::leniently(self, query)
        } else {
            selection.asked(self)
        };
        let stem = self.path.rsplit('/').find(|part| !part.is_empty()).unwrap_or("export");
        let name = format!("{stem}-{}", time::date(cx.now()));
        let export = Export { spec: self.clone(), asked, lang, name };
        match query.get("format").unwrap_or("csv") {
            "csv" => streamed(cx, export, "csv", "text/csv; charset=utf-8", csv::piece).await,
            "json" => streamed(cx, export, "json", "application/json", json::piece).await,
            "xlsx" => xlsx::workbook(cx, &export).await,
            _ => {
                let told = FieldProblem::new("format", "field-option");
                Err(Problem::malformed("malformed_query").errors(vec![told]))
            }
        }
    }
}

/// Which piece of a file is written.
#[derive(Clone, Copy)]
enum Piece<'a> {
    Head,
    /// The rows of a chunk, and whether rows went before.
    Rows(&'a Rows, bool),
    Foot,
}

async fn streamed(
    cx: &Cx,
    export: Export,
    extension: &str,
    media: &'static str,
    write: fn(&Export, Piece<'_>) -> Result<Vec<u8>, Fault>,
) -> Result<Response, Problem> {
    let statement = export.spec.everything(&export.asked, cx.scope(), cx.now(), None);
    // Fused, because the end may be met twice: before the first row and after it.
    let mut chunks = cx.db().stream(statement).fuse();
    // A database that fails does so before the first row: then it is a problem, not half a file.
    let first = chunks.next().await.transpose()?;
    let name = format!("{}.{extension}", export.name);
    let head = write(&export, Piece::Head)?;
    let rows = futures_util::stream::iter(first.map(Ok)).chain(chunks);
    let state = (export, Some(Box::pin(rows)), false);
    let pieces = futures_util::stream::unfold(state, move |(export, rows, begun)| async move {
        let mut rows = rows?;
        match rows.next().await {
            Some(Ok(chunk)) => {
                let piece = write(&export, Piece::Rows(&chunk, begun));
                let begun = begun || !chunk.is_empty();
                Some((piece, (export, Some(rows), begun)))
            }
            Some(Err(fault)) => Some((Err(fault), (export, None, begun))),
            None => Some((write(&export, Piece::Foot), (export, None, begun))),
        }
    });
    let pieces = futures_util::stream::iter([Ok(head)]).chain(pieces);
    Ok(file(&name, media, Body::from_stream(pieces)))
}

fn file(name: &str, media: &'static str, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}

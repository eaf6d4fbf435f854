//! A small table that is shown whole: no filters, no pages.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::ui::Markup;

/// A small table.
#[derive(Debug, Clone, Template)]
#[template(path = "host/rows.html")]
pub(crate) struct Rows {
    id: String,
    caption: String,
    headers: Vec<String>,
    body: Vec<Vec<Cell>>,
}

/// What stands in a cell.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    /// Words.
    Text(String),
    /// A code in fixed-width letters.
    Mono(String),
    /// A date or an instant, in one line.
    When(String),
    /// Words that lead somewhere.
    Link(String, String),
    /// Finished components.
    Component(Markup),
}

impl Rows {
    /// A table that a screen reader calls `caption`; `id` is unique in the page.
    pub(crate) fn new<const N: usize>(
        id: impl Into<String>,
        caption: impl Into<String>,
        headers: [String; N],
    ) -> Self {
        let headers = headers.into();
        Self { id: id.into(), caption: caption.into(), headers, body: Vec::new() }
    }

    /// One more row; its first cell names it.
    #[must_use]
    pub(crate) fn row<const N: usize>(mut self, cells: [Cell; N]) -> Self {
        self.body.push(cells.into());
        self
    }
}

impl HtmlSafe for Rows {}

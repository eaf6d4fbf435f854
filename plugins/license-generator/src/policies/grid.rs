//! A table of what was computed: it has no columns to sort, filter or choose.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::Lang;
use plugin_api::ui::{Badge, Markup, Tone};

use super::values::Compared;

/// A table.
#[derive(Debug, Template)]
#[template(path = "license-generator/grid.html")]
pub(super) struct Grid {
    id: &'static str,
    caption: String,
    headers: Vec<String>,
    rows: Vec<Row>,
}

/// A row: what it is about, and its cells.
#[derive(Debug)]
pub(super) struct Row {
    name: String,
    /// Where the name leads; empty for nowhere.
    href: String,
    cells: Vec<Cell>,
}

#[derive(Debug)]
enum Cell {
    Text(String),
    Component(Markup),
}

impl Row {
    /// A row called `name`.
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), href: String::new(), cells: Vec::new() }
    }

    /// Where its name leads.
    pub(super) fn href(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }

    /// Adds a cell of text.
    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.cells.push(Cell::Text(text.into()));
        self
    }

    /// Adds a cell of components.
    pub(super) fn with(mut self, component: Markup) -> Self {
        self.cells.push(Cell::Component(component));
        self
    }
}

impl Grid {
    /// A table with a caption for screen readers; `id` tells it from others of the page.
    pub(super) fn new(id: &'static str, caption: String, headers: Vec<String>) -> Self {
        Self { id, caption, headers, rows: Vec::new() }
    }

    /// Its rows.
    pub(super) fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows = rows.into_iter().collect();
        self
    }
}

impl HtmlSafe for Grid {}

/// Two policies side by side; what differs says so.
pub(super) fn comparison(lang: &Lang, names: [String; 2], compared: Vec<Compared>) -> Grid {
    let [first, second] = names;
    let headers = vec![lang.t("policy-value"), first, second, lang.t("policy-difference")];
    let row = |compared: Compared| {
        let mark = if compared.differs {
            Markup::of(&Badge::new(Tone::Warn, lang.t("policy-changed-value")))
        } else {
            Markup::default()
        };
        Row::new(compared.label).text(compared.first).text(compared.second).with(mark)
    };
    Grid::new("compared", lang.t("policy-comparison"), headers).rows(compared.into_iter().map(row))
}

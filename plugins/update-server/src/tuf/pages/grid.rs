//! A small table whose cells are components, and ids of keys in it.

use askama::Template;
use plugin_api::Lang;
use plugin_api::ui::Markup;

/// How much of an id is shown, characters.
const SHORT: usize = 12;

/// A table of a few lines.
#[derive(Debug, Template)]
#[template(path = "update-server/grid.html")]
pub(super) struct Grid {
    title: String,
    headers: Vec<String>,
    rows: Vec<(Markup, Vec<Markup>)>,
}

impl askama::filters::HtmlSafe for Grid {}

impl Grid {
    /// An empty one; `headers` are keys of texts.
    pub(super) fn new(lang: &Lang, title: &str, headers: &[&str]) -> Self {
        let headers = headers.iter().map(|key| lang.t(key)).collect();
        Self { title: lang.t(title), headers, rows: Vec::new() }
    }

    /// Adds a line.
    pub(super) fn row(mut self, name: Markup, cells: Vec<Markup>) -> Self {
        self.rows.push((name, cells));
        self
    }
}

/// The id of a key, of which the beginning is shown and all is copied.
#[derive(Debug, Template)]
#[template(path = "update-server/key-id.html")]
pub(super) struct KeyId<'a> {
    id: &'a str,
    short: String,
    label: String,
}

impl askama::filters::HtmlSafe for KeyId<'_> {}

impl<'a> KeyId<'a> {
    /// This id.
    pub(super) fn new(lang: &Lang, id: &'a str) -> Self {
        let short: String = id.chars().take(SHORT).collect();
        Self { id, label: lang.with("update-key-copy", &[("key", &short)]), short }
    }
}

/// Text as a cell.
pub(super) fn text(text: impl AsRef<str>) -> Markup {
    Markup::text(text)
}

//! Small parts of the pages here: a few rows below headers, and a form of one line.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::ui::{Action, Markup};

/// Rows that belong to one thing: too few to search, sort or export.
#[derive(Debug, Template)]
#[template(path = "license-generator/client-rows.html")]
pub(super) struct Rows {
    label: String,
    headers: Vec<String>,
    body: Vec<(String, Vec<Markup>)>,
}

impl Rows {
    /// Rows below `headers`; `label` names the table to who cannot see it.
    pub(super) fn new(label: String, headers: Vec<String>) -> Self {
        Self { label, headers, body: Vec::new() }
    }

    /// One row more; `name` is its header.
    #[must_use]
    pub(super) fn row(mut self, name: impl Into<String>, cells: Vec<Markup>) -> Self {
        self.body.push((name.into(), cells));
        self
    }
}

impl HtmlSafe for Rows {}

/// A text as a cell; a dash when it is empty.
#[derive(Debug, Template)]
#[template(path = "license-generator/text.html")]
struct Text<'a> {
    text: &'a str,
}

impl HtmlSafe for Text<'_> {}

/// A cell that is a text.
pub(super) fn text(text: &str) -> Markup {
    Markup::of(&Text { text })
}

/// A form of one line.
#[derive(Debug, Template)]
#[template(path = "license-generator/inline-form.html")]
pub(super) struct InlineForm {
    /// `get` or `post`.
    pub(super) method: &'static str,
    /// Where it is sent.
    pub(super) action: String,
    /// What is asked.
    pub(super) fields: Markup,
    /// Its button.
    pub(super) button: Action,
}

impl HtmlSafe for InlineForm {}

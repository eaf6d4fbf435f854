//! A few rows that belong to one thing, on a card of it: too few to search, sort or export.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::Lang;
use plugin_api::ui::Markup;

/// What stands in a cell.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    /// A text; a dash when it is empty.
    Text(String),
    /// An e-mail address.
    Mail(String),
    /// A component.
    Component(Markup),
}

impl Cell {
    /// An e-mail address, to write to.
    pub(crate) fn mail(address: &str) -> Self {
        Self::Mail(address.to_owned())
    }
}

/// The rows.
#[derive(Debug, Clone, Template)]
#[template(path = "customer-accounts/rows.html")]
pub(crate) struct Rows {
    labelled_by: String,
    headers: Vec<String>,
    /// The cells of a row, and its buttons.
    body: Vec<(Vec<Cell>, Markup)>,
    has_buttons: bool,
    actions: String,
}

impl Rows {
    /// Rows below these headers; `labelled_by` is the id of the heading that names them.
    pub(crate) fn new<const N: usize>(
        labelled_by: &str,
        headers: [String; N],
        has_buttons: bool,
        lang: &Lang,
    ) -> Self {
        Self {
            labelled_by: labelled_by.to_owned(),
            headers: headers.into(),
            body: Vec::new(),
            has_buttons,
            actions: lang.t("actions"),
        }
    }

    /// One more row; its first cell is its header.
    #[must_use]
    pub(crate) fn row(mut self, cells: Vec<Cell>, buttons: Markup) -> Self {
        self.body.push((cells, buttons));
        self
    }
}

impl HtmlSafe for Rows {}

/// Components side by side, below one another only where there is no room.
#[derive(Debug, Clone, Template)]
#[template(source = r#"<div class="row">{{ items }}</div>"#, ext = "html")]
pub(crate) struct Beside {
    items: Markup,
}

impl Beside {
    /// These.
    pub(crate) fn new(items: Markup) -> Self {
        Self { items }
    }
}

impl HtmlSafe for Beside {}

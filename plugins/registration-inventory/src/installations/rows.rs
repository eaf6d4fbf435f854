//! A small table in a card: the history of an installation, its reports, its faces.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::ui::Markup;

/// A cell.
#[derive(Debug)]
pub(crate) enum Cell {
    /// Text as people write it.
    Text(String),
    /// Keys, versions, addresses.
    Mono(String),
    /// A number or an amount.
    Number(String),
    /// A link and what it is called.
    Link(String, String),
    /// Badges, buttons.
    Parts(Markup),
}

/// The table.
#[derive(Debug, Template)]
#[template(path = "registration-inventory/rows.html")]
#[expect(clippy::struct_field_names, reason = "rows are what it has")]
pub(crate) struct Rows {
    /// What it is called, for who cannot see it.
    pub(crate) title: String,
    /// Its headers.
    pub(crate) headers: Vec<String>,
    /// Its rows; the first cell of each is its name.
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl HtmlSafe for Rows {}

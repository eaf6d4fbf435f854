//! A page of figures: what they are asked for, the numbers worth a look, and a card for each.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Head, Markup, Tabs};
use crate::Lang;

/// A page of figures; every member is public because a page fills in all of them.
#[derive(Debug, Template)]
#[template(path = "components/dashboard.html")]
pub struct Dashboard {
    /// The reader's language.
    pub lang: Lang,
    /// Title, lead and actions.
    pub head: Head,
    /// The periods that are offered.
    pub tabs: Tabs,
    /// Where the fields are sent, with `GET`: the page itself.
    pub action: String,
    /// What the figures are asked for.
    pub fields: Markup,
    /// What was wrong with it, if anything was.
    pub notice: Markup,
    /// Names the tiles for who cannot see them.
    pub title: String,
    /// The numbers worth a look.
    pub tiles: Vec<Tile>,
    /// A card for each figure.
    pub cards: Markup,
}

/// One number worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// What it counts.
    pub label: String,
    /// The number.
    pub value: String,
    /// Where it comes from: below on the page, or a list.
    pub href: String,
}

impl HtmlSafe for Dashboard {}

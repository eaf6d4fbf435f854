//! Icons of the sprite that the base page carries.

use askama::Template;
use askama::filters::HtmlSafe;

/// The names of all icons, as in `templates/icons.html`.
pub const ICONS: [&str; 43] = [
    "alert",
    "arrow-left",
    "box",
    "building",
    "chart",
    "check",
    "clock",
    "columns",
    "command",
    "copy",
    "cross",
    "dashboard",
    "dot",
    "download",
    "file",
    "filter",
    "gear",
    "info",
    "key",
    "language",
    "link",
    "list",
    "lock",
    "logo",
    "logout",
    "mail",
    "menu",
    "minus",
    "monitor",
    "pencil",
    "play",
    "plug",
    "plus",
    "refresh",
    "search",
    "shield",
    "sort-down",
    "sort-up",
    "star",
    "theme",
    "trash",
    "user",
    "users",
];

/// A decorative icon; the text beside it says what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Template)]
#[template(path = "components/icon.html")]
pub struct Icon {
    name: &'static str,
}

impl Icon {
    /// The icon of this name; a dot for a name that is not in [`ICONS`].
    pub fn new(name: &str) -> Self {
        Self { name: ICONS.into_iter().find(|known| *known == name).unwrap_or("dot") }
    }
}

impl HtmlSafe for Icon {}

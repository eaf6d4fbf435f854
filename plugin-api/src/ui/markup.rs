//! Finished HTML, made only of things that are safe to print unescaped.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

/// One or more components put together, to hand to another component.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// The HTML of one component.
    pub fn of(component: &(impl HtmlSafe + ?Sized)) -> Self {
        Self(component.to_string())
    }

    /// Text, escaped.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::of(&Text { text: text.as_ref() })
    }

    /// Appends another component.
    #[must_use]
    pub fn and(mut self, component: &(impl HtmlSafe + ?Sized)) -> Self {
        self.0.push_str(&component.to_string());
        self
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[derive(Template)]
#[template(source = "{{ text }}", ext = "html")]
struct Text<'a> {
    text: &'a str,
}

impl HtmlSafe for Text<'_> {}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

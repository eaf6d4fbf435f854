//! What is known about one thing: pairs of label and value.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Markup;

/// A list of labels and values.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/facts.html")]
pub struct Facts {
    pairs: Vec<(String, Fact)>,
}

#[derive(Debug, Clone)]
enum Fact {
    Text(String),
    Mono(String),
    Link { text: String, href: String },
    Component(Markup),
}

impl Facts {
    /// No facts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A value in words; an empty one prints a dash.
    #[must_use]
    pub fn text(self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.fact(label, Fact::Text(value.into()))
    }

    /// A code, id or address in fixed-width letters.
    #[must_use]
    pub fn mono(self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.fact(label, Fact::Mono(value.into()))
    }

    /// A value that leads to another page.
    #[must_use]
    pub fn link(
        self,
        label: impl Into<String>,
        text: impl Into<String>,
        href: impl Into<String>,
    ) -> Self {
        self.fact(label, Fact::Link { text: text.into(), href: href.into() })
    }

    /// A component as value: [`super::Badge`], [`super::CopyText`], [`super::Meter`].
    #[must_use]
    pub fn with(self, label: impl Into<String>, component: &(impl HtmlSafe + ?Sized)) -> Self {
        self.fact(label, Fact::Component(Markup::of(component)))
    }

    fn fact(mut self, label: impl Into<String>, fact: Fact) -> Self {
        self.pairs.push((label.into(), fact));
        self
    }
}

impl HtmlSafe for Facts {}

//! A part of a page with a heading.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Markup;

/// A part of a page with a heading, on a panel of its own.
#[derive(Debug, Clone, Template)]
#[template(path = "components/card.html")]
pub struct Card {
    id: String,
    title: String,
    text: String,
    look: &'static str,
    actions: Markup,
    body: Markup,
}

impl Card {
    /// `id` is unique in the page; links may point to it.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            text: String::new(),
            look: "",
            actions: Markup::default(),
            body: Markup::default(),
        }
    }

    /// A paragraph below the heading.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Another component in the card.
    #[must_use]
    pub fn body(mut self, component: &(impl HtmlSafe + ?Sized)) -> Self {
        self.body = self.body.and(component);
        self
    }

    /// A component beside the heading, mostly an [`super::Action`].
    #[must_use]
    pub fn action(mut self, component: &(impl HtmlSafe + ?Sized)) -> Self {
        self.actions = self.actions.and(component);
        self
    }

    /// Holds what cannot be undone.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.look = " danger-zone";
        self
    }
}

impl HtmlSafe for Card {}

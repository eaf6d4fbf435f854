//! The head of a page: title, state, what can be done, the way back.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Badge, Markup};

/// The head of a page; its title is the page's only `h1`.
#[derive(Debug, Clone, Template)]
#[template(path = "components/head.html")]
pub struct Head {
    title: String,
    lead: String,
    back: Option<(String, String)>,
    badges: Vec<Badge>,
    actions: Markup,
}

impl Head {
    /// A head with this title.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            lead: String::new(),
            back: None,
            badges: Vec::new(),
            actions: Markup::default(),
        }
    }

    /// A sentence below the title.
    #[must_use]
    pub fn lead(mut self, text: impl Into<String>) -> Self {
        self.lead = text.into();
        self
    }

    /// A link to the page above this one.
    #[must_use]
    pub fn back(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.back = Some((label.into(), href.into()));
        self
    }

    /// A state beside the title.
    #[must_use]
    pub fn badge(mut self, badge: Badge) -> Self {
        self.badges.push(badge);
        self
    }

    /// An [`super::Action`], a [`super::Confirm`] or another component at the end of the line.
    #[must_use]
    pub fn action(mut self, component: &(impl HtmlSafe + ?Sized)) -> Self {
        self.actions = self.actions.and(component);
        self
    }
}

impl HtmlSafe for Head {}

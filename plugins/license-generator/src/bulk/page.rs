//! The pages of runs: a head, cards, perhaps a form around them, perhaps a table below.

use askama::Template;
use plugin_api::ui::{ErrorSummary, FormErrors, Head, Markup};
use plugin_api::{Lang, Page, Problem};

/// A page of a run.
#[derive(Debug, Template)]
#[template(path = "license-generator/bulk.html")]
pub(super) struct BulkPage {
    head: Head,
    before: Markup,
    errors: ErrorSummary,
    /// Where its form is sent; none for a page without one.
    action: Option<String>,
    /// Whether the form only asks, and changes nothing.
    asking: bool,
    /// Whether the form may carry a file.
    files: bool,
    hidden: Vec<(&'static str, String)>,
    cards: Markup,
    buttons: Vec<Markup>,
    after: Markup,
}

impl BulkPage {
    /// A page with this head.
    pub(super) fn new(lang: &Lang, head: Head) -> Self {
        Self {
            head,
            before: Markup::default(),
            errors: FormErrors::new().summary(lang),
            action: None,
            asking: false,
            files: false,
            hidden: Vec::new(),
            cards: Markup::default(),
            buttons: Vec::new(),
            after: Markup::default(),
        }
    }

    /// What is wrong with the form.
    pub(super) fn errors(mut self, errors: ErrorSummary) -> Self {
        self.errors = errors;
        self
    }

    /// Notices between the head and the cards.
    pub(super) fn before(mut self, before: Markup) -> Self {
        self.before = before;
        self
    }

    /// Cards, without a form.
    pub(super) fn cards(mut self, cards: Markup) -> Self {
        self.cards = cards;
        self
    }

    /// Cards in a form that is sent to `action`.
    pub(super) fn form(mut self, action: String, cards: Markup) -> Self {
        self.action = Some(action);
        self.cards(cards)
    }

    /// The form only asks.
    pub(super) fn asking(mut self) -> Self {
        self.asking = true;
        self
    }

    /// The form may carry a file.
    pub(super) fn files(mut self) -> Self {
        self.files = true;
        self
    }

    /// Sends `name=value` along.
    pub(super) fn hidden(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }

    /// One more button.
    pub(super) fn button(mut self, button: &(impl askama::filters::HtmlSafe + ?Sized)) -> Self {
        self.buttons.push(Markup::of(button));
        self
    }

    /// What stands below.
    pub(super) fn after(mut self, after: Markup) -> Self {
        self.after = after;
        self
    }

    /// The page.
    pub(super) fn render(&self, title: impl Into<String>) -> Result<Page, Problem> {
        Page::new(title, self)
    }
}

//! The pages that ask: a head, what is known, a form, and what stands below.

use askama::Template;
use axum::http::StatusCode;
use plugin_api::ui::{Action, ErrorSummary, FormErrors, Head, Markup};
use plugin_api::{Lang, Page, Problem};

/// What a form sent, by name; a name may come more than once.
pub(super) type Sent = Vec<(String, String)>;

/// The first value of `name`, trimmed; empty for none.
pub(super) fn value<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
}

/// A form alone.
#[derive(Debug, Template)]
#[template(path = "registration-inventory/asking.html")]
pub(super) struct Asking {
    pub(super) action: String,
    pub(super) hidden: Vec<(String, String)>,
    pub(super) cards: Markup,
    pub(super) buttons: Vec<Action>,
}

impl askama::filters::HtmlSafe for Asking {}

/// A page with a form.
#[derive(Debug, Template)]
#[template(path = "registration-inventory/sheet.html")]
pub(super) struct Sheet {
    pub(super) head: Head,
    pub(super) before: Markup,
    errors: ErrorSummary,
    is_wrong: bool,
    /// Where the form is sent; empty for no form.
    pub(super) action: String,
    pub(super) hidden: Vec<(String, String)>,
    pub(super) cards: Markup,
    pub(super) buttons: Vec<Action>,
    pub(super) after: Markup,
}

impl Sheet {
    /// A page with this head, and what is wrong with what was typed.
    pub(super) fn new(lang: &Lang, head: Head, errors: &FormErrors) -> Self {
        Self {
            head,
            before: Markup::default(),
            errors: errors.summary(lang),
            is_wrong: !errors.is_empty(),
            action: String::new(),
            hidden: Vec::new(),
            cards: Markup::default(),
            buttons: Vec::new(),
            after: Markup::default(),
        }
    }

    /// The page; 422 when something is wrong with the form.
    pub(super) fn render(&self, title: impl Into<String>) -> Result<Page, Problem> {
        let page = Page::new(title, self)?;
        Ok(if self.is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
    }
}

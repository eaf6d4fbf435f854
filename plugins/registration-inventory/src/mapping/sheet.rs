//! The pages that ask: a head, what is known, a form, and what stands below.

use askama::Template;
use axum::http::StatusCode;
use plugin_api::ui::{Action, ErrorSummary, FormErrors, Head, Markup};
use plugin_api::{Lang, Page, Problem};

/// What a form sent, by name; a name may come more than once.
pub(crate) type Sent = Vec<(String, String)>;

/// The first value of `name`, trimmed; empty for none.
pub(crate) fn value<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
}

/// A form alone.
#[derive(Debug, Template)]
#[template(path = "registration-inventory/asking.html")]
pub(crate) struct Asking {
    pub(crate) action: String,
    pub(crate) hidden: Vec<(String, String)>,
    pub(crate) cards: Markup,
    pub(crate) buttons: Vec<Action>,
}

impl askama::filters::HtmlSafe for Asking {}

/// A page with a form.
#[derive(Debug, Template)]
#[template(path = "registration-inventory/sheet.html")]
pub(crate) struct Sheet {
    pub(crate) head: Head,
    pub(crate) before: Markup,
    errors: ErrorSummary,
    is_wrong: bool,
    /// Where the form is sent; empty for no form.
    pub(crate) action: String,
    pub(crate) hidden: Vec<(String, String)>,
    pub(crate) cards: Markup,
    pub(crate) buttons: Vec<Action>,
    pub(crate) after: Markup,
}

impl Sheet {
    /// A page with this head, and what is wrong with what was typed.
    pub(crate) fn new(lang: &Lang, head: Head, errors: &FormErrors) -> Self {
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
    pub(crate) fn render(&self, title: impl Into<String>) -> Result<Page, Problem> {
        let page = Page::new(title, self)?;
        Ok(if self.is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
    }
}

//! A page that is one form.

use askama::Template;

use super::{Action, ErrorSummary, Head, Markup};
use crate::{Lang, Page, Problem};

/// A page that is one form.
#[derive(Debug, Template)]
#[template(path = "components/form-page.html")]
pub struct FormPage {
    /// Title of the page.
    pub title: String,
    /// Its head.
    pub head: Head,
    /// What stands between the head and the form.
    pub before: Markup,
    /// What is wrong with the form.
    pub errors: ErrorSummary,
    /// Where it is sent.
    pub action: String,
    /// What is sent along.
    pub hidden: Vec<(&'static str, String)>,
    /// Its cards.
    pub cards: Markup,
    /// Its buttons.
    pub buttons: Vec<Action>,
    /// What stands below the form.
    pub after: Markup,
}

impl FormPage {
    /// The page; its title says so when something is wrong.
    ///
    /// # Errors
    /// If its template cannot be rendered.
    pub fn render(&self, lang: &Lang) -> Result<Page, Problem> {
        let is_wrong = !self.errors.to_string().trim().is_empty();
        let title = if is_wrong {
            lang.with("title-error", &[("title", &self.title)])
        } else {
            self.title.clone()
        };
        Page::new(title, self)
    }
}

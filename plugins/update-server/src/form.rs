//! A form as it was typed, and a page that is one form.

use askama::Template;
use plugin_api::ui::{Action, ErrorSummary, Field, FormErrors, Head, Markup};
use plugin_api::{FieldProblem, Form, Lang, Page, Problem};

/// What a browser sent: pairs of name and text, so that a box may be ticked several times.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed(Vec<(String, String)>);

/// The fields of a form, as a handler takes them.
pub(crate) type Fields = Form<Vec<(String, String)>>;

impl From<Fields> for Typed {
    fn from(Form(pairs): Fields) -> Self {
        Self(pairs)
    }
}

impl Typed {
    /// The text of a field, trimmed; empty if it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.trim())
    }

    /// Every text of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// What is left of the names of fields that begin with `prefix`, with their texts, trimmed.
    pub(crate) fn with_prefix<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter_map(move |(name, text)| Some((name.strip_prefix(prefix)?, text.trim())))
    }

    /// Whether a box was ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// A whole number; one that cannot be read is below every limit.
    pub(crate) fn number(&self, name: &str) -> i64 {
        self.text(name).parse().unwrap_or(i64::MIN)
    }

    /// The same with one more field, as the form is shown at first.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, text: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), text.into()));
        self
    }
}

/// JSON pointers as fields of a form: `/note/it` is the field `note.it`, `/canali/0` is `canali`.
pub(crate) fn form_errors(lang: &Lang, errors: &[FieldProblem]) -> FormErrors {
    errors
        .iter()
        .map(|error| {
            let parts = error.pointer.trim_start_matches('/').split('/');
            let named = parts.filter(|part| part.parse::<usize>().is_err());
            let detail = &error.detail;
            let said = if lang.has(detail) { lang.t(detail) } else { detail.clone() };
            (named.collect::<Vec<_>>().join("."), said)
        })
        .collect()
}

/// A form in a card.
#[derive(Debug, Template)]
#[template(path = "update-server/small-form.html")]
pub(crate) struct SmallForm {
    /// Where it is sent.
    pub(crate) action: String,
    /// Whether it sends a file.
    pub(crate) has_file: bool,
    /// What it asks.
    pub(crate) fields: Vec<Field>,
    /// Its button.
    pub(crate) button: Action,
}

impl askama::filters::HtmlSafe for SmallForm {}

/// A page that is one form.
#[derive(Debug, Template)]
#[template(path = "update-server/form.html")]
pub(crate) struct FormPage {
    /// Title of the page.
    pub(crate) title: String,
    /// Its head.
    pub(crate) head: Head,
    /// What stands between the head and the form.
    pub(crate) before: Markup,
    /// What is wrong with the form.
    pub(crate) errors: ErrorSummary,
    /// Where it is sent.
    pub(crate) action: String,
    /// What is sent along.
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// Its cards.
    pub(crate) cards: Markup,
    /// Its buttons.
    pub(crate) buttons: Vec<Action>,
    /// What stands below the form.
    pub(crate) after: Markup,
}

impl FormPage {
    /// The page; its title says so when something is wrong.
    pub(crate) fn render(&self, lang: &Lang) -> Result<Page, Problem> {
        let is_wrong = !self.errors.to_string().trim().is_empty();
        let title = if is_wrong {
            lang.with("title-error", &[("title", &self.title)])
        } else {
            self.title.clone()
        };
        Page::new(title, self)
    }
}

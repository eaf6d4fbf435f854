//! A form as it was typed: pairs of name and text, so that a box may be ticked several times.

use askama::Template;
use plugin_api::ui::{Action, ErrorSummary, FormErrors, Head, Markup};
use plugin_api::{FieldProblem, Form, Lang, Page, Problem, Query};

/// What a browser sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed(Vec<(String, String)>);

impl From<Form<Vec<(String, String)>>> for Typed {
    fn from(Form(pairs): Form<Vec<(String, String)>>) -> Self {
        Self(pairs)
    }
}

impl From<Query<Vec<(String, String)>>> for Typed {
    fn from(Query(pairs): Query<Vec<(String, String)>>) -> Self {
        Self(pairs)
    }
}

impl Typed {
    /// The text of a field, trimmed; empty if it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.trim())
    }

    /// The text of a field that was filled in.
    pub(crate) fn given(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Whether a field was sent, empty or not.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
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

    /// A whole number, if one was typed; otherwise the error is noted.
    pub(crate) fn number(&self, name: &str, errors: &mut Vec<FieldProblem>) -> Option<i64> {
        let text = self.given(name)?;
        let number = text.parse().ok();
        if number.is_none() {
            errors.push(FieldProblem::new(format!("/{name}"), "field-number"));
        }
        number
    }

    /// The same with a field that was not sent.
    #[must_use]
    pub(crate) fn or(self, name: &str, text: &str) -> Self {
        if self.has(name) { self } else { self.with(name, text) }
    }

    /// The same with one more field, as the form is shown at first.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, text: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), text.into()));
        self
    }
}

/// What is said of an error: the text of its key, or the ready sentence it is.
pub(crate) fn sentence(lang: &Lang, detail: &str) -> String {
    if lang.has(detail) { lang.t(detail) } else { detail.to_owned() }
}

/// JSON pointers as fields of a form: `/prezzo/importo` is the field `prezzo`.
pub(crate) fn form_errors(lang: &Lang, errors: &[FieldProblem]) -> FormErrors {
    errors
        .iter()
        .map(|error| {
            let field = error.pointer.trim_start_matches('/').split('/').next().unwrap_or("");
            (field.to_owned(), sentence(lang, &error.detail))
        })
        .collect()
}

/// A page that is one form.
#[derive(Debug, Template)]
#[template(path = "license-generator/form.html")]
pub(crate) struct FormPage {
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
    pub buttons: [Action; 2],
}

impl FormPage {
    /// The page; its title says so when something is wrong.
    pub(crate) fn render(&self, lang: &Lang) -> Result<Page, Problem> {
        let is_wrong = !self.errors.to_string().is_empty();
        let title = if is_wrong {
            lang.with("title-error", &[("title", &self.title)])
        } else {
            self.title.clone()
        };
        Page::new(title, self)
    }
}

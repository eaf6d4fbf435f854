//! A form as it was typed: pairs of name and text, so that a box may be ticked several times.

use crate::{FieldProblem, Form, Lang, Query};

/// The fields of a form, as a handler takes them.
pub type Fields = Form<Vec<(String, String)>>;

/// What a browser sent.
#[derive(Debug, Clone, Default)]
pub struct Typed(Vec<(String, String)>);

impl From<Fields> for Typed {
    fn from(Form(pairs): Fields) -> Self {
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
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.trim())
    }

    /// The text of a field that was filled in.
    pub fn given(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Whether a field was sent, empty or not.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Every text of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// What is left of the names of fields that begin with `prefix`, with their texts, trimmed.
    pub fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter_map(move |(name, text)| Some((name.strip_prefix(prefix)?, text.trim())))
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// A whole number, if one was typed; otherwise the error is noted.
    pub fn number(&self, name: &str, errors: &mut Vec<FieldProblem>) -> Option<i64> {
        let text = self.given(name)?;
        let number = text.parse().ok();
        if number.is_none() {
            errors.push(FieldProblem::new(format!("/{name}"), "field-number"));
        }
        number
    }

    /// A whole number that the form itself holds, like the version it shows; what cannot be read is
    /// below every limit.
    pub fn whole(&self, name: &str) -> i64 {
        self.text(name).parse().unwrap_or(i64::MIN)
    }

    /// The same with a field that was not sent.
    #[must_use]
    pub fn or(self, name: &str, text: &str) -> Self {
        if self.has(name) { self } else { self.with(name, text) }
    }

    /// The same with one more field, as the form is shown at first.
    #[must_use]
    pub fn with(mut self, name: &str, text: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), text.into()));
        self
    }
}

/// What is said of an error: the text of its key, or the ready sentence it is.
pub fn sentence(lang: &Lang, detail: &str) -> String {
    if lang.has(detail) { lang.t(detail) } else { detail.to_owned() }
}

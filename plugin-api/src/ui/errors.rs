//! What is wrong with a form as sent: beside each field, and listed above the form.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::Lang;

/// The id of the control of the field `name`.
pub fn field_id(name: &str) -> String {
    let name = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    format!("f-{name}")
}

/// What is wrong with a form, per field, in the order it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormErrors(Vec<(String, String)>);

impl FormErrors {
    /// No errors yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes that `field` is wrong; the message says what to do. An empty field name stands for
    /// the form as a whole.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push((field.into(), message.into()));
    }

    /// The first message for this field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, message)| message.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them as (field, message).
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, message)| (field.as_str(), message.as_str()))
    }

    /// The list to put above the form; prints nothing when nothing is wrong.
    pub fn summary(&self, lang: &Lang) -> ErrorSummary {
        ErrorSummary { title: lang.t("errors-title"), errors: self.clone() }
    }
}

impl<F: Into<String>, M: Into<String>> FromIterator<(F, M)> for FormErrors {
    fn from_iter<I: IntoIterator<Item = (F, M)>>(errors: I) -> Self {
        Self(errors.into_iter().map(|(field, message)| (field.into(), message.into())).collect())
    }
}

/// All errors of a form, each a link to its field; takes the focus when the page opens.
#[derive(Debug, Clone, Template)]
#[template(path = "components/error-summary.html")]
pub struct ErrorSummary {
    title: String,
    errors: FormErrors,
}

impl HtmlSafe for ErrorSummary {}

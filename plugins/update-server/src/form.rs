//! What is wrong with a form, by field; and a form in a card.

use askama::Template;
use plugin_api::form::sentence;
use plugin_api::ui::{Action, Field, FormErrors};
use plugin_api::{FieldProblem, Lang};

/// JSON pointers as fields of a form: `/note/it` is the field `note.it`, `/canali/0` is `canali`.
pub(crate) fn form_errors(lang: &Lang, errors: &[FieldProblem]) -> FormErrors {
    errors
        .iter()
        .map(|error| {
            let parts = error.pointer.trim_start_matches('/').split('/');
            let named = parts.filter(|part| part.parse::<usize>().is_err());
            (named.collect::<Vec<_>>().join("."), sentence(lang, &error.detail))
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

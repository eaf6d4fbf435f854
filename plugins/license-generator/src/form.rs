//! What is wrong with a form, by field.

use plugin_api::form::sentence;
use plugin_api::ui::FormErrors;
use plugin_api::{FieldProblem, Lang};

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

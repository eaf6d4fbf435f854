//! The fields in which somebody chooses a password, alike wherever he does.

use plugin_api::ui::{Field, FormErrors};
use plugin_api::{Cx, Lang};

use super::{Fields, Form};

/// Adds the account's name, which a password manager needs to see, and the new password, twice.
pub(super) fn fields(cx: &Cx, form: Form, email: &str, errors: &FormErrors) -> Form {
    let lang = cx.lang();
    let account = Field::email("account", lang.t("email")).autocomplete("username");
    let password = Field::password("password", lang.t("password-new"));
    let again = Field::password("again", lang.t("password-again"));
    form.field(&account.value(email).readonly())
        .field(
            &password
                .autocomplete("new-password")
                .hint(lang.t("password-hint"))
                .errors(errors)
                .required(),
        )
        .field(&again.autocomplete("new-password").errors(errors).required())
}

/// What is wrong when the password was not written twice alike.
pub(super) fn objections(lang: &Lang, form: &Fields) -> FormErrors {
    let mut errors = FormErrors::new();
    if form.get("password") != form.get("again") {
        errors.add("again", lang.t("password-differs"));
    }
    errors
}

//! The fields of a role, for a new one and for one that is changed.

use plugin_api::Cx;
use plugin_api::ui::{Field, FormErrors};

use crate::pages::{Fields, Form, permissions};
use crate::people::roles::change::Draft;
use crate::state::State;

/// Which fields a role has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// All of them.
    Own,
    /// A built-in one is called what it is called.
    BuiltIn,
    /// A superadmin may do everything.
    Superadmin,
}

/// What was sent.
pub(super) fn sent(form: &Fields) -> Draft {
    Draft {
        name: form.get("name").to_owned(),
        description: form.get("description").to_owned(),
        totp_required: form.get("totp_required") == "true",
        permissions: form.all("permissions").into_iter().collect(),
    }
}

/// Adds the fields.
pub(super) fn fields(
    state: &State,
    cx: &Cx,
    mut form: Form,
    (kind, draft): (Kind, &Draft),
    errors: &FormErrors,
) -> Form {
    let lang = cx.lang();
    if kind == Kind::Own {
        let name = Field::text("name", lang.t("column-name")).autocomplete("off");
        let purpose = Field::text("description", lang.t("column-description")).autocomplete("off");
        form = form
            .field(&name.value(&draft.name).maxlength(100).errors(errors).required())
            .field(&purpose.value(&draft.description).maxlength(500).errors(errors));
    }
    let totp = Field::checkbox("totp_required", lang.t("role-totp"))
        .hint(lang.t("role-totp-hint"))
        .checked(draft.totp_required);
    form = form.field(&totp);
    if kind == Kind::Superadmin {
        return form;
    }
    permissions::fields(state, cx, form, &draft.permissions, errors)
}

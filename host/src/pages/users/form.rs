//! The fields of a user, for a new one and for one that is changed.

use plugin_api::ui::{Field, FormErrors};
use plugin_api::{Cx, Fault};

use crate::pages::{Fields, Form};
use crate::people::roles;
use crate::state::State;
use crate::store::{organisations, roles as store};

/// What stands in the fields.
#[derive(Debug, Clone, Default)]
pub(super) struct Filled {
    pub(super) email: String,
    pub(super) name: String,
    pub(super) roles: Vec<String>,
    pub(super) organisation_id: String,
}

impl Filled {
    pub(super) fn sent(form: &Fields) -> Self {
        Self {
            email: form.get("email").to_owned(),
            name: form.get("name").to_owned(),
            roles: form.all("roles"),
            organisation_id: form.get("organisation_id").to_owned(),
        }
    }
}

/// Adds the fields; of the roles only those the caller may give are offered.
pub(super) async fn fields(
    state: &State,
    cx: &Cx,
    form: Form,
    filled: &Filled,
    errors: &FormErrors,
) -> Result<Form, Fault> {
    let lang = cx.lang();
    let mut choices = Field::checkboxes("roles", lang.t("user-roles")).values(filled.roles.clone());
    for role in store::visible(&cx.db(), cx.scope(), &cx.caller().organisation_id).await? {
        let granted = roles::permissions(state, std::slice::from_ref(&role.role_id));
        if roles::may_grant(cx.caller(), &granted) {
            let (name, purpose) = (role.title(&lang), role.purpose(&lang));
            choices = choices.option_with_hint(role.role_id, name, purpose);
        }
    }
    let mut nodes = Field::select("organisation_id", lang.t("column-organisation"))
        .value(&filled.organisation_id)
        .hint(lang.t("user-organisation-hint"));
    let own = &filled.organisation_id;
    for node in organisations::choices(&cx.db(), cx.scope(), own).await? {
        nodes = nodes.option(node.organisation_id, node.name);
    }
    let name = Field::text("name", lang.t("column-name")).autocomplete("off");
    let email = Field::email("email", lang.t("email")).autocomplete("off");
    Ok(form
        .field(&name.value(&filled.name).maxlength(255).errors(errors).required())
        .field(&email.value(&filled.email).maxlength(254).errors(errors).required())
        .field(&choices.errors(errors).required())
        .field(&nodes.errors(errors).required()))
}

//! Permissions to tick, grouped by the module they belong to; nobody is offered what he lacks.

use std::collections::BTreeSet;

use plugin_api::Cx;
use plugin_api::ui::{Field, FormErrors};

use super::{Cell, Form, Rows};
use crate::people::roles;
use crate::state::State;

/// Adds a group of boxes called `permissions` for each module the caller has permissions of.
pub(crate) fn fields(
    state: &State,
    cx: &Cx,
    mut form: Form,
    chosen: &BTreeSet<String>,
    errors: &FormErrors,
) -> Form {
    let lang = cx.lang();
    let mut is_first = true;
    for manifest in roles::owners(state) {
        let mut group = Field::checkboxes("permissions", lang.pick(&manifest.name))
            .values(chosen.iter().cloned());
        // The summary of errors leads to the first group.
        group = if is_first {
            group.errors(errors)
        } else {
            group.id(format!("f-permissions-{}", manifest.id))
        };
        let own = manifest.permissions.iter().filter(|permission| cx.may(&permission.id));
        let mut is_empty = true;
        for permission in own {
            let sentence = lang.pick(&permission.sentence);
            group = group.option_with_hint(&permission.id, sentence, &permission.id);
            is_empty = false;
        }
        if !is_empty {
            form = form.field(&group);
            is_first = false;
        }
    }
    form
}

/// The same to be read: the sentence of each permission in `chosen`.
pub(crate) fn table(state: &State, cx: &Cx, chosen: &BTreeSet<String>) -> Rows {
    let lang = cx.lang();
    let headers = ["permission", "column-plugin"].map(|key| lang.t(key));
    let mut rows = Rows::new("permissions", lang.t("permissions"), headers);
    for manifest in roles::owners(state) {
        for permission in manifest.permissions.iter().filter(|known| chosen.contains(&known.id)) {
            let sentence = Cell::Text(lang.pick(&permission.sentence).to_owned());
            rows = rows.row([sentence, Cell::Text(lang.pick(&manifest.name).to_owned())]);
        }
    }
    rows
}

//! `/system/roles`: what the people of each role may do.

mod act;
mod edit;
mod form;
mod list;
mod new;
#[cfg(test)]
mod tests;

use plugin_api::{Cx, Routes};

use crate::store::roles::RoleRow;

pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(new::routes())
        .merge(edit::routes())
        .merge(act::routes())
}

fn address(cx: &Cx, role: &RoleRow, act: &str) -> String {
    cx.url(&format!("/system/roles/{}{act}", role.role_id))
}

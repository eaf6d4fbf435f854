//! `/system/users`: who may sign in.

mod edit;
mod form;
mod list;
mod new;
mod standing;

use plugin_api::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(new::routes())
        .merge(edit::routes())
        .merge(standing::routes())
}

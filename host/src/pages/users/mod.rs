//! `/system/users`: who may sign in.

mod access;
mod edit;
mod form;
mod invitations;
mod invite;
mod list;
mod new;
mod second_factor;
mod standing;
#[cfg(test)]
mod tests;

use plugin_api::Routes;

pub(super) use list::spec;

pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(list::routes())
        .merge(new::routes())
        .merge(invite::routes())
        .merge(invitations::routes())
        .merge(edit::routes())
        .merge(access::routes())
        .merge(second_factor::routes())
        .merge(standing::routes())
}

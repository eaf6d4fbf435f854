//! The host's own pages, written exactly as a plugin writes its pages.

mod access;
mod audit;
mod fields;
#[cfg(test)]
mod flow;
mod form;
mod home;
mod invitation;
mod keys;
mod link;
mod login;
mod mail;
mod modules;
mod new_password;
pub(crate) mod organisations;
mod permissions;
mod preferences;
mod profile;
mod reset;
mod roles;
mod rows;
mod search;
pub(crate) mod second_factor;
mod setup;
#[cfg(test)]
mod sign_in_flow;
#[cfg(test)]
mod tests;
mod tokens;
mod users;

use plugin_api::ui::FormErrors;
use plugin_api::{Access, Lang, Plugin, Problem, Routes};

pub(crate) use fields::Fields;
pub(crate) use form::Form;
pub(crate) use rows::{Cell, Rows};

/// The routes of all pages, and of the files they need.
pub fn routes() -> Routes {
    Routes::new()
        .merge(access::routes())
        .merge(audit::routes())
        .merge(home::routes())
        .merge(invitation::routes())
        .merge(keys::routes())
        .merge(login::routes())
        .merge(mail::routes())
        .merge(modules::routes())
        .merge(organisations::routes())
        .merge(preferences::routes())
        .merge(profile::routes())
        .merge(reset::routes())
        .merge(roles::routes())
        .merge(search::routes())
        .merge(second_factor::routes())
        .merge(setup::routes())
        .merge(users::routes())
        .merge(crate::frame::routes())
}

/// Adds the pages and their permissions to the host's own plugin.
pub fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .permission("users", &["reseller", "sub-company"])
        .permission("mail", &[])
        .permission("audit", &["reseller", "auditor"])
        .permission("modules", &[])
        .permission("keys", &[])
        .permission("organisations", &["reseller", "sub-company"])
        .permission("roles", &[])
        .permission("settings", &[])
        .search("users", |cx| users::spec(&cx.lang()))
        .search("organisations", |_| organisations::spec())
        .routes(routes())
}

fn may(verb: &str) -> Access {
    Plugin::access("host", verb)
}

/// What a refused form says beside its fields; a problem that is not about the form is handed back.
fn form_errors(problem: Problem, lang: &Lang) -> Result<FormErrors, Problem> {
    if !matches!(problem.status().as_u16(), 409 | 422) {
        return Err(problem);
    }
    let body = problem.body(lang, "");
    if body.errors.is_empty() {
        return Ok([("", body.detail)].into_iter().collect());
    }
    let error = |error: &plugin_api::FieldProblem| {
        (error.pointer.trim_start_matches('/').to_owned(), error.detail.clone())
    };
    Ok(body.errors.iter().map(error).collect())
}

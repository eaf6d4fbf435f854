//! `/system/audit`: who did what, and whether the chain holds.

mod list;
mod show;
#[cfg(test)]
mod tests;

use plugin_api::Routes;
use plugin_api::ui::Tone;

pub(super) fn routes() -> Routes {
    Routes::new().merge(list::routes()).merge(show::routes())
}

/// Kinds of actors, as the list and the page of one row call them.
const ACTORS: [(&str, &str, Tone); 4] = [
    ("user", "actor-user", Tone::Neutral),
    ("token", "actor-token", Tone::Info),
    ("job", "actor-job", Tone::Neutral),
    ("anonymous", "actor-anonymous", Tone::Warn),
];

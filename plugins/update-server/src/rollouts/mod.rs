//! Rollouts: begun, watched, steered, stopped by themselves.

pub(crate) mod act;
pub(crate) mod list;
pub(crate) mod page;
pub mod plan;
pub(crate) mod start;
pub(crate) mod tend;

use plugin_api::table;
use plugin_api::{Access, Plugin};

use crate::{READ, ROLLOUT, paths};

/// Adds what belongs to them.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let (read, steer) = (Access::permission(READ), Access::permission(ROLLOUT));
    let routes = table::routes(list::spec, &read).get(paths::ROLLOUT, page::page, read).post(
        paths::ROLLOUT_ACT,
        page::act,
        steer,
    );
    plugin
        .menu("rollouts", paths::ROLLOUTS, "play", "read", "")
        .hint("rollouts-about")
        .group("updates")
        .routes(routes)
        .job(tend::NAME, Some("* * * * *"), tend::job)
}

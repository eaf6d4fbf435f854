//! Reports above a quota: looked through, released, deleted.

mod act;
mod list;
mod show;

use plugin_api::table;
use plugin_api::{Access, Cx, Fault, Plugin};

use crate::{QUARANTINE, paths};

/// One report that is held.
const HELD: &str = "/crm/registrations-quarantine/{id}";
/// Where something is done with those that were ticked.
const ACT: &str = "/crm/registrations-quarantine/do/{id}";

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let access = Access::permission(QUARANTINE);
    let routes = table::routes(list::spec, &access).get(HELD, show::page, access.clone()).post(
        ACT,
        act::handle,
        access,
    );
    plugin
        .menu("quarantine", paths::QUARANTINE, "shield", "quarantine", "")
        .hint("quarantine-about")
        .group("inventory")
        .badge(count)
        .routes(routes)
        .job(act::NAME, None, act::job)
}

async fn count(cx: Cx) -> Result<i64, Fault> {
    crate::store::quarantine::count(&cx.db()).await
}

//! Licences for installations: linked, assigned, many at once, and the hint that one is there.

mod beside;
mod card;
mod give;
mod keeper;
mod one;
mod portal;
mod run;
mod services;
mod terms;

use plugin_api::contracts::inventory;
use plugin_api::{Access, Plugin, Routes};

use crate::{LICENSE, PORTAL, paths};

pub(crate) use card::card;
pub(crate) use run::actions;

/// Where a licence of its customer is linked.
const LINK: &str = "/crm/installations/{id}/licence/link";
/// Where it is unlinked.
const UNLINK: &str = "/crm/installations/{id}/licence/unlink";
/// Where the software is told, or no longer told.
const HINT: &str = "/crm/installations/{id}/licence/hint";
/// What a new one would cost.
const PREVIEW: &str = "/crm/installations/{id}/licence/preview";

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    run::add_to(plugin)
        .menu("my-installations", paths::MY_INSTALLATIONS, "monitor", "portal", "")
        .hint("my-installations-about")
        .unless("read")
        .routes(pages())
        .search("portal", |cx| portal::spec(&cx.caller().organisation_id))
        .service(&inventory::OF_ACCOUNT, services::of_account)
}

fn pages() -> Routes {
    let license = Access::permission(LICENSE);
    let portal = Access::permission(PORTAL);
    Routes::new()
        .get(paths::LICENSING, one::page, license.clone())
        .post(paths::LICENSING, one::handle, license.clone())
        .post(PREVIEW, one::preview, license.clone())
        .post(LINK, give::link, license.clone())
        .post(UNLINK, give::unlink, license.clone())
        .post(HINT, give::hint, license)
        .get(paths::MY_INSTALLATIONS, portal::page, portal.clone())
        .get("/crm/my-installations/export", portal::export, portal)
}

//! The addresses at which licences find updates: listed, made, exchanged, revoked.

pub(crate) mod addresses;
mod list;
pub(crate) mod make;
mod page;
pub(crate) mod secret;

pub(crate) use list::spec;

use plugin_api::contracts::accounts::{MERGED, Merged};
use plugin_api::lent::Event;
use plugin_api::{Access, Cx, Fault, Plugin, Routes, routes, table};

use crate::api::gettoni;
use crate::{TOKENS, paths, store};

/// Adds what belongs to them.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let access = Access::permission(TOKENS);
    plugin
        .menu("update-addresses", paths::ADDRESSES, "key", "tokens", "")
        .hint("update-addresses-about")
        .group("updates")
        .routes(table::routes(spec, &access))
        .routes(pages(&access))
        .routes(operations(&access))
        .on(MERGED, merged)
}

fn pages(access: &Access) -> Routes {
    Routes::new()
        .get(paths::ADDRESS_NEW, page::new, access.clone())
        .post(paths::ADDRESS_NEW, page::create, access.clone())
        .get(paths::ADDRESS, page::show, access.clone())
        .post(paths::ADDRESS_ROTATE, page::rotate, access.clone())
        .post(paths::ADDRESS_REVOKE, page::revoke, access.clone())
}

fn operations(access: &Access) -> Routes {
    Routes::new()
        .api(routes!(gettoni::list), access)
        .api(routes!(gettoni::create), access)
        .api(routes!(gettoni::get), access)
        .api(routes!(gettoni::rotate), access)
        .api(routes!(gettoni::revoke), access)
}

/// What a customer had goes to the one he became.
async fn merged(cx: Cx, event: Event) -> Result<(), Fault> {
    let Merged { from, into } = serde_json::from_value(event.payload)?;
    let batch = store::tokens::handing_over(
        (&from.organisation_id, &from.account_id),
        (&into.organisation_id, &into.account_id),
    );
    cx.db().batch(batch).await.map(drop)
}

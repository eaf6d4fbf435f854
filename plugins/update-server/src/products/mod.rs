//! Products as the update server knows them: who may have their updates, their channels, their feeds.

pub(crate) mod channels;
pub(crate) mod feeds;
mod list;
pub(crate) mod page;
pub mod save;

use plugin_api::{Access, Plugin};

use plugin_api::table;

use crate::{PUBLISH, READ, paths};

/// Adds what belongs to them.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let (read, publish) = (Access::permission(READ), Access::permission(PUBLISH));
    let routes = table::routes(list::spec, &read)
        .get(paths::PRODUCT_NEW, page::new, publish.clone())
        .get(paths::PRODUCT, page::page, read)
        .post(paths::PRODUCT, page::save, publish.clone())
        .post(paths::PRODUCT_CHANNEL, channels::add, publish.clone())
        .post(paths::PRODUCT_CHANNEL_REMOVE, channels::remove, publish.clone())
        .post(paths::PRODUCT_FEED, feeds::add, publish.clone())
        .post(paths::PRODUCT_FEED_REMOVE, feeds::remove, publish);
    plugin
        .menu("update-products", paths::PRODUCTS, "list", "read", "")
        .hint("update-products-about")
        .group("updates")
        .routes(routes)
}

//! What updates a customer has, among the pages of the customer.

mod page;
mod why;

use plugin_api::{Access, Plugin, Routes};

use crate::{INSTALLATIONS, paths};

/// What tabs of a customer are tabs of.
const ACCOUNT: &str = "account";

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let read = Access::permission(INSTALLATIONS);
    let routes = Routes::new().get(paths::CUSTOMER_UPDATES, page::page, read.clone()).get(
        &format!("{}/export", paths::CUSTOMER_UPDATES),
        page::export,
        read,
    );
    plugin
        .tab(ACCOUNT, "tab-customer-updates", paths::CUSTOMER_UPDATES, "installations")
        .routes(routes)
}

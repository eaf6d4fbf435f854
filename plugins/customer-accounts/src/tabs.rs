//! The tabs of a customer's pages; plugins that know something of customers add theirs.

use plugin_api::ui::Tabs;
use plugin_api::{Cx, Fault, Plugin};

use crate::domain::Customer;
use crate::paths;

/// What tabs of a customer are tabs of.
const OF: &str = "account";

/// The pages of a customer that are here, in the order people read them: the text that names each, and
/// who sees it.
const OWN: [(&str, &str, &str); 7] = [
    ("tab-overview", paths::SHOW, "read"),
    ("tab-people", paths::PEOPLE, "read"),
    ("tab-licences", paths::LICENCES, "read"),
    ("tab-installations", paths::INSTALLATIONS, "read"),
    ("tab-transactions", paths::TRANSACTIONS, "transactions"),
    ("tab-timeline", paths::TIMELINE, "read"),
    ("tab-history", paths::HISTORY, "read"),
];

/// Adds those that are here.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    OWN.iter().fold(plugin, |plugin, (key, path, verb)| plugin.own_tab(OF, key, path, verb))
}

/// The tabs with the page at `current` marked.
pub(crate) async fn tabs(cx: &Cx, customer: &Customer, current: &str) -> Result<Tabs, Fault> {
    cx.tabs(OF, &customer.customer_id, cx.lang().t("tabs-customer"), current).await
}

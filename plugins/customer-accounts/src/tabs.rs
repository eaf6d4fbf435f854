//! The tabs of a customer's pages.

use plugin_api::Cx;
use plugin_api::ui::Tabs;

use crate::domain::Customer;
use crate::paths;
use crate::transactions::READ;

/// A page of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Master data, sites, notes.
    Overview,
    /// Contacts and users of the portal.
    People,
    /// What was issued to it.
    Licences,
    /// Where its software is installed.
    Installations,
    /// What it paid and owes.
    Transactions,
    /// Everything that happened.
    Timeline,
    /// Its states.
    History,
}

impl Tab {
    /// In the order people read them, each with the text that names it.
    const ALL: [(Self, &str); 7] = [
        (Self::Overview, "tab-overview"),
        (Self::People, "tab-people"),
        (Self::Licences, "tab-licences"),
        (Self::Installations, "tab-installations"),
        (Self::Transactions, "tab-transactions"),
        (Self::Timeline, "tab-timeline"),
        (Self::History, "tab-history"),
    ];

    /// The page of this tab, a path of the cockpit.
    pub(crate) fn path(self, id: &str) -> String {
        match self {
            Self::Overview => paths::customer(id),
            Self::People => paths::people(id),
            Self::Licences => paths::licences(id),
            Self::Installations => paths::installations(id),
            Self::Transactions => paths::transactions(id),
            Self::Timeline => paths::timeline(id),
            Self::History => paths::history(id),
        }
    }
}

/// The tabs with `current` marked.
pub(crate) fn tabs(cx: &Cx, customer: &Customer, current: Tab) -> Tabs {
    let lang = cx.lang();
    let href = |tab: Tab| cx.url(&tab.path(&customer.customer_id));
    let tabs = Tabs::new(lang.t("tabs-customer"), href(current));
    let may = |tab: &(Tab, &str)| tab.0 != Tab::Transactions || cx.may(READ);
    Tab::ALL.into_iter().filter(may).fold(tabs, |tabs, (tab, key)| tabs.tab(lang.t(key), href(tab)))
}

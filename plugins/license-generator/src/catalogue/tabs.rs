//! The tabs that tie the pages of a product, and those of a price list, together.

use plugin_api::Cx;
use plugin_api::ui::Tabs;

use super::parts::Kind;
use crate::paths;

/// The pages of a product, with the one at `current` marked.
pub(super) fn product(cx: &Cx, product_id: &str, current: &str) -> Tabs {
    let lang = cx.lang();
    let own = [("tab-data", paths::PRODUCT.to_owned())];
    let parts = Kind::ALL.map(|kind| (kind.plural(), kind.list_path()));
    let prices = [("tab-prices", paths::PRODUCT_PRICES.to_owned())];
    let tabs = Tabs::new(lang.t("tabs-product"), cx.url(current));
    own.into_iter().chain(parts).chain(prices).fold(tabs, |tabs, (key, path)| {
        tabs.tab(lang.t(key), cx.url(&paths::of(&path, product_id)))
    })
}

/// The pages of a price list, with the one at `current` marked.
pub(super) fn price_list(cx: &Cx, price_list_id: &str, current: &str) -> Tabs {
    let lang = cx.lang();
    let tabs = Tabs::new(lang.t("tabs-price-list"), cx.url(current));
    let pages = [("tab-data", paths::PRICE_LIST), ("tab-prices", paths::LIST_PRICES)];
    pages.into_iter().fold(tabs, |tabs, (key, path)| {
        tabs.tab(lang.t(key), cx.url(&paths::of(path, price_list_id)))
    })
}

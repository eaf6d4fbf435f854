//! Price lists: what is asked of whom below which organisation.

mod edit;
mod list;
mod prices;

use plugin_api::{Access, Cx, Problem, Routes};

use crate::store::catalogue::price_lists::{self, PriceList};
use crate::{PRODUCTS, paths};

/// The pages of price lists.
pub(super) fn routes() -> Routes {
    let access = Access::permission(PRODUCTS);
    Routes::new()
        .get(paths::PRICE_LISTS, list::handle, access.clone())
        .get(&format!("{}/export", paths::PRICE_LISTS), list::export, access.clone())
        .get(paths::PRICE_LIST_NEW, edit::new, access.clone())
        .post(paths::PRICE_LIST_NEW, edit::create, access.clone())
        .get(paths::PRICE_LIST, edit::form, access.clone())
        .post(paths::PRICE_LIST, edit::update, access.clone())
        .post(paths::PRICE_LIST_DELETE, edit::delete, access.clone())
        .get(paths::LIST_PRICES, prices::form, access.clone())
        .post(paths::LIST_PRICES, prices::save, access)
}

async fn found(cx: &Cx, price_list_id: &str) -> Result<PriceList, Problem> {
    price_lists::get(&cx.db(), price_list_id).await?.ok_or_else(Problem::not_found)
}

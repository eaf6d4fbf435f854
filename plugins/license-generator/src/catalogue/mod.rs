//! The catalogue: products with their versions, modules, bundles and parameters, price lists, and how
//! far roles may go with prices.

mod discounts;
mod limits;
mod list;
mod parts;
mod price_lists;
mod prices;
mod product;
mod save;
mod tabs;

use plugin_api::{Access, Plugin, Routes, routes};

use crate::api::prodotti;
use crate::{PRODUCTS, paths};

pub(crate) use limits::percent;
pub(crate) use limits::{Limits, limits};
pub(crate) use list::spec;
pub(crate) use save::{Saved, save};

/// Adds the pages, the API and the setting of the catalogue.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .menu("price-lists", paths::PRICE_LISTS, "list", "products", "")
        .group("products")
        .menu("discounts", paths::DISCOUNTS, "list", "products", "")
        .group("products")
        .setting(limits::SETTING, 100)
        .search("products", |_| list::spec())
        .routes(product_pages())
        .routes(parts::routes())
        .routes(price_lists::routes())
        .routes(discount_pages())
        .routes(api())
}

fn product_pages() -> Routes {
    let products = Access::permission(PRODUCTS);
    Routes::new()
        .get(paths::PRODUCTS, list::handle, products.clone())
        .get(paths::PRODUCTS_EXPORT, list::export, products.clone())
        .get(paths::PRODUCT_NEW, product::new, products.clone())
        .post(paths::PRODUCT_NEW, product::create, products.clone())
        .get(paths::PRODUCT, product::form, products.clone())
        .post(paths::PRODUCT, product::update, products.clone())
        .get(paths::PRODUCT_PRICES, prices::handle, products)
}

fn discount_pages() -> Routes {
    let products = Access::permission(PRODUCTS);
    Routes::new().get(paths::DISCOUNTS, discounts::form, products.clone()).post(
        paths::DISCOUNTS,
        discounts::save,
        products,
    )
}

fn api() -> Routes {
    let products = Access::permission(PRODUCTS);
    Routes::new()
        .api(routes!(prodotti::list::handle), &products)
        .api(routes!(prodotti::get::handle), &products)
        .api(routes!(prodotti::create::handle), &products)
        .api(routes!(prodotti::update::handle), &products)
}

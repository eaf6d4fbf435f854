//! `/crm/products`: what licences are issued for.

use askama::Template;
use plugin_api::ui::{Action, Badge, Empty, Head, Tone};
use plugin_api::{Cx, Lang, Page, Problem};

use crate::domain::product::{Product, ProductState};
use crate::{paths, store};

#[derive(Template)]
#[template(path = "license-generator/products.html")]
struct ProductsPage {
    lang: Lang,
    head: Head,
    rows: Vec<Row>,
    empty: Empty,
}

struct Row {
    product: Product,
    href: String,
    modules: i64,
    licences: i64,
}

impl ProductsPage {
    fn state(&self, product: &Product) -> Badge {
        match product.state {
            ProductState::Active => Badge::new(Tone::Ok, self.lang.t("product-active")),
            ProductState::Retired => Badge::new(Tone::Neutral, self.lang.t("product-retired")),
        }
    }
}

/// The page.
pub(crate) async fn handle(cx: Cx) -> Result<Page, Problem> {
    let lang = cx.lang();
    let products = store::products::all(&cx.db()).await?;
    let summaries = store::products::summaries(&cx.db()).await?;
    let row = |product: Product| {
        let known = summaries.iter().find(|summary| summary.product_id == product.product_id);
        Row {
            href: cx.url(&paths::of(paths::PRODUCT, &product.product_id)),
            modules: known.map_or(0, |summary| summary.modules),
            licences: known.map_or(0, |summary| summary.licences),
            product,
        }
    };
    let new =
        Action::link(lang.t("product-new"), cx.url(paths::PRODUCT_NEW)).icon("plus").primary();
    let page = ProductsPage {
        head: Head::new(lang.t("products")).action(&new),
        rows: products.into_iter().map(row).collect(),
        empty: Empty::new(lang.t("products-empty"), lang.t("products-empty-hint")).action(new),
        lang: lang.clone(),
    };
    Page::new(lang.t("products"), &page)
}

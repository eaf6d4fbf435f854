//! `/crm/products/{id}/prices`: what a product costs by every price list.

use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::{Card, Facts, Head, Markup};
use plugin_api::{Cx, Page, Path, Problem};

use super::tabs;
use crate::domain::catalogue::Offer;
use crate::store::catalogue::offers;
use crate::{labels, paths};

/// The page: the catalogue's own prices, and below them those of the lists.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let offer = offers::get(&cx.db(), &id).await?.ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let title = &offer.product.name;
    let table = spec(&id).load(&cx, &query).await?;
    let head = Head::new(title)
        .back(lang.t("products"), cx.url(paths::PRODUCTS))
        .lead(lang.t("product-prices-about"));
    let html = Markup::of(&head)
        .and(&tabs::product(&cx, &id, &paths::of(paths::PRODUCT_PRICES, &id)))
        .and(&Card::new("own", lang.t("prices-own")).body(&own(&cx, &offer)))
        .and(&table);
    Ok(Page::html(format!("{title} – {}", lang.t("tab-prices")), html))
}

fn own(cx: &Cx, offer: &Offer) -> Facts {
    let lang = cx.lang();
    let amount = |minor: i64, currency: &str| {
        if minor == 0 { String::new() } else { lang.money(minor, currency) }
    };
    let product = &offer.product;
    let facts = Facts::new()
        .text(lang.t("price-base"), amount(product.base_price, &product.currency))
        .text(lang.t("label-per-seat"), lang.t(if product.per_seat { "yes" } else { "no" }));
    let facts = offer.modules.iter().fold(facts, |facts, module| {
        facts.text(&module.name, amount(module.base_price, &module.currency))
    });
    offer.bundles.iter().fold(facts, |facts, bundle| {
        let price = bundle
            .price
            .map_or_else(|| lang.t("bundle-sum"), |price| amount(price, &bundle.currency));
        facts.text(&bundle.name, price)
    })
}

fn spec(product_id: &str) -> TableSpec {
    let source = Source {
        from: "license_generator_list_price x \
               join license_generator_price_list l on l.price_list_id = x.price_list_id",
        id: "x.price_list_id || x.kind || x.code",
        scope: "l.organisation_id",
    };
    TableSpec::new(paths::of(paths::PRODUCT_PRICES, product_id), "price-lists", source)
        .only("x.product_id = ?", [product_id.into()])
        .column(
            Column::text("listino", "l.name")
                .label("price-list")
                .folded("l.name_folded")
                .linked(paths::PRICE_LIST, "x.price_list_id"),
        )
        .column(Column::choice("cosa", "x.kind", labels::PRICED).label("price-of").filterable())
        .column(Column::mono("codice", "x.code").label("label-code").sortable().filterable())
        .column(Column::money("prezzo", "x.price", "l.currency").label("label-prezzo").sortable())
        .column(Column::date("dal", "l.valid_from").label("price-list-dal").optional())
        .column(Column::date("al", "l.valid_until").label("price-list-al").optional())
        .default_sort("codice", Order::Ascending)
        .empty("list-prices-empty", "list-prices-empty-hint")
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec("P").mistakes(&lang), Vec::<String>::new());
        }
    }
}

//! `/crm/products`: what licences are issued for.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::Markup;
use plugin_api::{Cx, Page, Problem};

use crate::{labels, paths};

const MODULES: &str =
    "(select count(*) from license_generator_module m where m.product_id = p.product_id)";

const LICENCES: &str =
    "(select count(*) from license_generator_licence l where l.product_id = p.product_id)";

/// The page.
pub(super) async fn handle(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let spec = spec();
    let table = spec.load(&cx, &query).await?;
    let html = Markup::of(&spec.head(&cx)).and(&table);
    Ok(Page::html(cx.lang().t("products"), html))
}

/// The list as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

/// The list. Products belong to the vendor, so who works in a branch below sees none of them here.
pub(crate) fn spec() -> TableSpec {
    let source = Source {
        from: "license_generator_product p",
        id: "p.product_id",
        scope: "p.organisation_id",
    };
    TableSpec::new(paths::PRODUCTS, "products", source)
        .column(Column::text("prodotto", "p.name").folded("p.name_folded").filterable())
        .column(Column::mono("codice", "p.code").label("label-code").sortable().filterable())
        .column(
            Column::text("versione", "p.version_major || '.' || p.version_minor")
                .label("label-version")
                .sorted_by("p.version_major * 1000000 + p.version_minor"),
        )
        .column(Column::choice("stato", "p.state", labels::PRODUCT_STATES).sortable().filterable())
        .column(
            Column::money("prezzo", "nullif(p.base_price, 0)", "p.currency")
                .label("label-base-price")
                .sortable(),
        )
        .column(Column::number("moduli", MODULES).label("card-modules").sortable())
        .column(Column::number("licenze", LICENCES).label("licences").sortable())
        .search(&["p.name_folded", "p.code_folded"])
        .row_link(paths::PRODUCT)
        .default_sort("prodotto", Order::Ascending)
        .primary("product-new", paths::PRODUCT_NEW, crate::PRODUCTS)
        .empty("products-empty", "products-empty-hint")
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec().mistakes(&lang), Vec::<String>::new());
        }
    }
}

//! `/crm/price-lists`.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::Markup;
use plugin_api::{Cx, Page, Problem};

use crate::paths;

const GIVEN: &str = "(select count(*) from license_generator_price_list_use u \
    where u.price_list_id = l.price_list_id)";
const PRICES: &str = "(select count(*) from license_generator_list_price x \
    where x.price_list_id = l.price_list_id)";

/// The page.
pub(super) async fn handle(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let spec = spec();
    let table = spec.load(&cx, &query).await?;
    let html = Markup::of(&spec.head(&cx)).and(&table);
    Ok(Page::html(cx.lang().t("price-lists"), html))
}

/// The same as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

fn spec() -> TableSpec {
    let source = Source {
        from: "license_generator_price_list l",
        id: "l.price_list_id",
        scope: "l.organisation_id",
    };
    TableSpec::new(paths::PRICE_LISTS, "price-lists", source)
        .column(Column::text("nome", "l.name").label("label-name").folded("l.name_folded"))
        .column(Column::mono("valuta", "l.currency").label("label-valuta").filterable())
        .column(Column::date("dal", "l.valid_from").label("price-list-dal").sortable().filterable())
        .column(Column::date("al", "l.valid_until").label("price-list-al").sortable().filterable())
        .column(Column::number("organizzazioni", GIVEN).label("price-list-nodes").sortable())
        .column(Column::number("prezzi", PRICES).label("tab-prices").sortable())
        .search(&["l.name_folded"])
        .row_link(paths::PRICE_LIST)
        .default_sort("nome", Order::Ascending)
        .primary("price-list-new", paths::PRICE_LIST_NEW, crate::PRODUCTS)
        .empty("price-lists-empty", "price-lists-empty-hint")
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

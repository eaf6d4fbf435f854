//! `/crm/update-products`.

use plugin_api::table::{Column, Order, Source, TableSpec};

use crate::labels::ACCESSES;
use crate::store::OF_VENDOR;
use crate::{PUBLISH, paths};

const CHANNELS: &str = "(select group_concat(c.channel) from update_server_channel c \
    where c.product_code = p.product_code)";
const RELEASES: &str = "(select count(*) from update_server_release r \
    where r.product_code = p.product_code and r.state = 'published')";

/// The list.
pub(super) fn spec() -> TableSpec {
    let source = Source { from: "update_server_product p", id: "p.product_code", scope: OF_VENDOR };
    TableSpec::new(paths::PRODUCTS, "update-products", source)
        .column(Column::mono("codice", "p.product_code").label("release-product").sortable())
        .column(Column::choice("accesso", "p.access", ACCESSES).label("access").filterable())
        .column(Column::text("canali", CHANNELS).label("release-channels").filterable())
        .column(Column::number("rilasci", RELEASES).label("releases-out"))
        .column(Column::instant("creato", "p.created_at").label("release-created").optional())
        .search(&["p.product_code"])
        .row_link(paths::PRODUCT)
        .default_sort("codice", Order::Ascending)
        .primary("update-product-new", paths::PRODUCT_NEW, PUBLISH)
        .empty("update-products-empty", "update-products-empty-hint")
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

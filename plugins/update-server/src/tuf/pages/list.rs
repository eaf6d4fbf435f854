//! `/crm/update-keys`: every product with its root, how its keys are kept, what waits.

use plugin_api::table::{Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use crate::labels::Choices;
use crate::paths;
use crate::store::OF_VENDOR;

const ROOT: &str = "(select max(m.version) from update_server_metadata m \
    where m.product_code = p.product_code and m.role = 'root')";
const ROOT_END: &str = "(select max(m.expires_at) from update_server_metadata m \
    where m.product_code = p.product_code and m.role = 'root' and m.version = (select max(n.version) \
    from update_server_metadata n where n.product_code = p.product_code and n.role = 'root'))";
const PLACE: &str = "case when exists (select 1 from update_server_key k \
    where k.product_code = p.product_code and k.state = 'active' and k.secret_sealed = '') \
    then 'elsewhere' when exists (select 1 from update_server_key k \
    where k.product_code = p.product_code) then 'here' else 'none' end";
const WAITS: &str = "(select count(*) from update_server_unsigned u \
    where u.product_code = p.product_code)";

/// Where keys are kept.
const PLACES: Choices = &[
    ("here", "update-keys-all-here", Tone::Neutral),
    ("elsewhere", "update-keys-some-elsewhere", Tone::Ok),
    ("none", "update-keys-none", Tone::Info),
];

/// The list.
pub(super) fn spec() -> TableSpec {
    let source = Source { from: "update_server_product p", id: "p.product_code", scope: OF_VENDOR };
    TableSpec::new(paths::KEYS, "update-keys", source)
        .column(Column::mono("codice", "p.product_code").label("release-product").sortable())
        .column(Column::number("radice", ROOT).label("update-root-version"))
        .column(Column::instant("fine", ROOT_END).label("update-root-ends"))
        .column(Column::choice("custodia", PLACE, PLACES).label("update-key-place").filterable())
        .column(Column::number("attesa", WAITS).label("update-documents-waiting"))
        .search(&["p.product_code"])
        .row_link(paths::PRODUCT_KEYS)
        .default_sort("codice", Order::Ascending)
        .empty("update-keys-empty", "update-products-empty-hint")
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

//! The parts of a product as tables: to search, sort and export.

use plugin_api::table::{Column, Order, Source, TableSpec};

use crate::labels;

const MODULES_OF_BUNDLE: &str = "case when x.modules = '[]' then 0 else \
    length(x.modules) - length(replace(x.modules, ',', '')) + 1 end";

fn table(
    path: String,
    title: &'static str,
    (from, id): (&'static str, &'static str),
    product_id: &str,
) -> TableSpec {
    let source = Source { from, id, scope: "p.organisation_id" };
    TableSpec::new(path, title, source).only("x.product_id = ?", [product_id.into()])
}

fn state() -> Column {
    Column::choice("stato", "x.state", labels::PRODUCT_STATES).sortable().filterable()
}

/// The versions of a product.
pub(super) fn versions(path: String, product_id: &str) -> TableSpec {
    let from = "license_generator_product_version x \
                join license_generator_product p on p.product_id = x.product_id";
    table(path, "versions", (from, "x.version_id"), product_id)
        .column(
            Column::text("versione", "x.major || '.' || x.minor")
                .label("label-version")
                .sorted_by("x.major * 1000001 + x.minor"),
        )
        .column(
            Column::date("rilasciata", "x.released_at")
                .label("version-rilasciata")
                .sortable()
                .filterable(),
        )
        .column(state())
        .column(Column::flag("tutti", "x.modules is null").label("version-all"))
        .column(Column::text("nota", "x.note").label("version-nota"))
        .row_link("/crm/catalogue/versions/{id}")
        .default_sort("versione", Order::Descending)
        .empty("versions-empty", "versions-empty-hint")
}

/// The modules of a product.
pub(super) fn modules(path: String, product_id: &str) -> TableSpec {
    let from = "license_generator_module x \
                join license_generator_product p on p.product_id = x.product_id";
    table(path, "modules", (from, "x.module_id"), product_id)
        .column(Column::text("nome", "x.name").label("label-name").sortable().filterable())
        .column(Column::mono("codice", "x.code").label("label-code").sortable().filterable())
        .column(
            Column::money("prezzo", "nullif(x.base_price, 0)", "x.currency")
                .label("label-base-price")
                .sortable(),
        )
        .column(Column::flag("incluso", "x.active_default").label("module-incluso").filterable())
        .column(
            Column::text(
                "richiede",
                "replace(replace(replace(x.requires, '\"', ''), '[', ''), ']', '')",
            )
            .label("module-richiede"),
        )
        .column(
            Column::text(
                "esclude",
                "replace(replace(replace(x.excludes, '\"', ''), '[', ''), ']', '')",
            )
            .label("module-esclude"),
        )
        .column(state())
        .column(Column::number("limite", "x.quantity_max").label("module-limite").optional())
        .column(
            Column::number("giorni_prova", "x.trial_days").label("module-giorni-prova").optional(),
        )
        .column(Column::number("posto", "x.position").label("part-position").sortable().optional())
        .search(&["lower(x.name)", "lower(x.code)"])
        .row_link("/crm/catalogue/modules/{id}")
        .default_sort("posto", Order::Ascending)
        .empty("modules-empty", "modules-empty-hint")
}

/// The bundles of a product.
pub(super) fn bundles(path: String, product_id: &str) -> TableSpec {
    let from = "license_generator_bundle x \
                join license_generator_product p on p.product_id = x.product_id";
    table(path, "bundles", (from, "x.bundle_id"), product_id)
        .column(Column::text("nome", "x.name").label("label-name").sortable().filterable())
        .column(Column::mono("codice", "x.code").label("label-code").sortable().filterable())
        .column(Column::number("moduli", MODULES_OF_BUNDLE).label("card-modules"))
        .column(Column::money("prezzo", "x.price", "x.currency").label("bundle-prezzo"))
        .column(
            Column::text(
                "sconto",
                "case when x.discount = 0 then '' else \
                round(x.discount / 100.0, 2) || ' %' end",
            )
            .label("bundle-sconto"),
        )
        .column(state())
        .row_link("/crm/catalogue/bundles/{id}")
        .default_sort("nome", Order::Ascending)
        .empty("bundles-empty", "bundles-empty-hint")
}

/// The typed parameters of a product.
pub(super) fn parameters(path: String, product_id: &str) -> TableSpec {
    let from = "license_generator_parameter x \
                join license_generator_product p on p.product_id = x.product_id";
    table(path, "parameters", (from, "x.parameter_id"), product_id)
        .column(Column::text("etichetta", "x.label").label("parameter-etichetta").sortable())
        .column(Column::mono("nome", "x.name").label("parameter-nome").sortable())
        .column(
            Column::choice("tipo", "x.kind", labels::PARAMETER_KINDS)
                .label("parameter-tipo")
                .filterable(),
        )
        .column(
            Column::flag("obbligatorio", "x.required").label("parameter-obbligatorio").filterable(),
        )
        .column(Column::text("predefinito", "x.default_value").label("parameter-predefinito"))
        .column(Column::number("posto", "x.position").label("part-position").sortable().optional())
        .row_link("/crm/catalogue/parameters/{id}")
        .default_sort("posto", Order::Ascending)
        .empty("parameters-empty", "parameters-empty-hint")
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    use super::super::Kind;

    #[test]
    fn the_tables_make_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            for kind in Kind::ALL {
                assert_eq!(kind.spec("P").mistakes(&lang), Vec::<String>::new());
            }
        }
    }
}

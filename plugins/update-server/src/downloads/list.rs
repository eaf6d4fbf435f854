//! `/crm/update-downloads`: a line for each day, file and licence.

use plugin_api::table::{Column, Order, Source, TableSpec};

use crate::paths;

/// The licence, none for who has none.
pub(super) const LICENCE: &str = "nullif(d.licence_id, '00000000-0000-0000-0000-000000000000')";

/// The list.
pub(super) fn spec() -> TableSpec {
    let source = Source {
        from: "update_server_download d \
            join update_server_artifact a on a.artifact_id = d.artifact_id \
            join update_server_release r on r.release_id = a.release_id \
            left join customer_accounts_v1 c on c.organisation_id = d.organisation_id",
        id: "d.day || ':' || d.artifact_id || ':' || d.licence_id",
        scope: "d.organisation_id",
    };
    TableSpec::new(paths::DOWNLOADS, "update-downloads", source)
        .column(Column::date("giorno", "d.day * 86400000").sorted_by("d.day").filterable())
        .column(Column::mono("prodotto", "a.product_code").sortable().filterable())
        .column(Column::mono("versione", "r.version").sorted_by("r.version_order").filterable())
        .column(Column::mono("file", "a.file_name").sortable().filterable())
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .sortable()
                .filterable()
                .linked(paths::CUSTOMER_UPDATES, "c.account_id"),
        )
        .column(
            Column::mono("licenza", LICENCE)
                .filterable()
                .linked(paths::LICENCE, LICENCE)
                .optional(),
        )
        .column(Column::number("download", "d.downloads").sortable().filterable())
        .column(Column::number("byte", "d.bytes").sortable().filterable())
        .search(&["c.name_folded", "a.product_code", "a.file_name"])
        .default_sort("giorno", Order::Descending)
        .empty("update-downloads-empty", "update-downloads-empty-hint")
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

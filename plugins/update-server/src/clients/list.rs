//! `/crm/update-clients`: the list of installations.

use plugin_api::table::{Column, Order, Source, TableSpec};

use crate::paths;

/// The list.
pub(super) fn spec() -> TableSpec {
    let source = Source {
        from: "update_server_client u \
            left join customer_accounts_v1 c on c.organisation_id = u.organisation_id",
        id: "u.client",
        scope: "u.organisation_id",
    };
    TableSpec::new(paths::CLIENTS, "update-clients", source)
        .column(Column::mono("prodotto", "u.product_code").sortable().filterable())
        .column(Column::mono("versione", "u.version").sorted_by("u.version_order").filterable())
        .column(Column::mono("offerta", "u.offered").filterable())
        .column(Column::mono("canale", "u.channel").sortable().filterable())
        .column(Column::mono("piattaforma", "u.platform").sortable().filterable())
        .column(Column::mono("architettura", "u.architecture").filterable().optional())
        .column(Column::mono("protocollo", "u.protocol").sortable().filterable())
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .sortable()
                .filterable()
                .linked(paths::CUSTOMER, "c.account_id"),
        )
        .column(Column::instant("ultima_domanda", "u.last_seen_at").sortable().filterable())
        .column(Column::instant("prima_domanda", "u.first_seen_at").sortable().optional())
        .search(&["c.name_folded", "u.product_code", "u.version"])
        .default_sort("ultima_domanda", Order::Descending)
        .empty("update-clients-empty", "update-clients-empty-hint")
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

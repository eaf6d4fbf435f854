//! `/crm/my-licences`: the licences of the customer who is looking.

use plugin_api::table::{Column, Order, Source, TableSpec};

use crate::{labels, list, paths};

/// The list. Its scope is the customer's own node.
pub(crate) fn spec() -> TableSpec {
    let source = Source { from: list::FROM, id: "l.licence_id", scope: "l.organisation_id" };
    TableSpec::new(paths::MY_LICENCES, "my-licences", source)
        .column(Column::text("prodotto", "p.name").folded("p.name_folded").sortable().filterable())
        .column(Column::mono("chiave", "l.key_hint"))
        .column(Column::choice("tipo", list::TYPE, labels::TYPES).filterable())
        .column(Column::choice("stato", list::STATE, labels::STATES).sortable().filterable())
        .column(Column::meter("dispositivi", "l.devices_used", "l.devices_max"))
        .column(Column::date("scadenza", "l.expires_at").sortable().filterable())
        .column(Column::date("creata", "l.created_at").sortable().optional())
        .search(&["p.name_folded", "l.key_hint"])
        .only("l.internal = 0", [])
        .row_link(paths::MY_LICENCE)
        .default_sort("creata", Order::Descending)
        .empty("my-licences-empty", "my-licences-empty-hint")
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(plugin_api::locales!()).lang(code);
            assert_eq!(super::spec().mistakes(&lang), Vec::<String>::new());
        }
    }
}

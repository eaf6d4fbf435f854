//! The list of uses that have a reference and of corrections.

use plugin_api::table::{Column, Order, Source, TableSpec};

use crate::paths;

/// The uses and corrections of a licence.
pub(super) fn spec(licence_id: &str) -> TableSpec {
    let source = Source {
        from: "license_generator_meter_entry e",
        id: "e.entry_id",
        scope: "e.organisation_id",
    };
    TableSpec::new(paths::of(paths::METERS, licence_id), "meter-entries", source)
        .only("e.licence_id = ?", [licence_id.into()])
        .column(Column::instant("quando", "e.at").sortable().filterable())
        .column(Column::mono("modulo", "e.module").filterable())
        .column(Column::number("quantita", "e.quantity").sortable())
        .column(Column::number("usato", "e.used_after"))
        .column(Column::mono("riferimento", "e.reference").filterable())
        .column(Column::text("dispositivo", "e.device_name"))
        .column(Column::text("chi", "e.actor"))
        .column(Column::text("nota", "e.note"))
        .search(&["e.module", "e.reference"])
        .default_sort("quando", Order::Descending)
        .empty("meter-entries-empty", "meter-entries-empty-hint")
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec("L").mistakes(&lang), Vec::<String>::new());
        }
    }
}

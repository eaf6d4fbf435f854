//! `/crm/registrations-quarantine`: every report that is held, and why.

use plugin_api::table::{BulkAction, Column, Source, TableSpec};
use plugin_api::ui::Tone;

use crate::store::OF_VENDOR;
use crate::{QUARANTINE, paths};

/// The quotas a report may be above.
pub(super) const REASONS: &[(&str, &str, Tone)] = &[
    ("reports", "quarantine-reports", Tone::Warn),
    ("new_installations", "quarantine-new-installations", Tone::Warn),
];

/// The list. What is held is nobody's: only who may look through it sees it.
pub(super) fn spec() -> TableSpec {
    let source =
        Source { from: "registration_inventory_quarantine q", id: "q.report_id", scope: OF_VENDOR };
    TableSpec::new(paths::QUARANTINE, "quarantine", source)
        .column(
            Column::text("software", "q.name")
                .label("quarantine-software")
                .folded("q.name_folded")
                .filterable(),
        )
        .column(Column::mono("indirizzo", "q.address").label("quarantine-address").filterable())
        .column(
            Column::choice("motivo", "q.reason", REASONS).label("quarantine-reason").filterable(),
        )
        .column(Column::instant("ricevuta", "q.received_at").label("quarantine-at").filterable())
        .search(&["q.name_folded", "q.address"])
        .row_link(super::HELD)
        .bulk(BulkAction::new(
            "quarantine-release",
            crate::paths::of(super::ACT, "release"),
            QUARANTINE,
        ))
        .bulk(
            BulkAction::new(
                "quarantine-delete",
                crate::paths::of(super::ACT, "delete"),
                QUARANTINE,
            )
            .danger(),
        )
        .empty("quarantine-empty", "quarantine-empty-hint")
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

//! `/crm/licences/bulk`: the runs there were.

use plugin_api::table::{Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use super::BULK;
use crate::{labels, paths};

/// Where runs stand.
pub(super) const STATES: labels::Choices = &[
    ("prepared", "bulk-state-prepared", Tone::Warn),
    ("running", "bulk-state-running", Tone::Info),
    ("stopped", "bulk-state-stopped", Tone::Warn),
    ("done", "bulk-state-done", Tone::Ok),
    ("undoing", "bulk-state-undoing", Tone::Info),
    ("undone", "bulk-state-undone", Tone::Neutral),
];

/// What runs do.
pub(super) const KINDS: labels::Choices = &[
    ("issue", "bulk-kind-issue", Tone::Neutral),
    ("suspend", "bulk-kind-suspend", Tone::Neutral),
    ("resume", "bulk-kind-resume", Tone::Neutral),
    ("revoke", "bulk-kind-revoke", Tone::Neutral),
    ("end", "bulk-kind-end", Tone::Neutral),
    ("assign", "bulk-kind-assign", Tone::Neutral),
    ("renew", "bulk-kind-renew", Tone::Neutral),
];

/// The list of runs.
pub(super) fn spec() -> TableSpec {
    let source =
        Source { from: "license_generator_bulk b", id: "b.bulk_id", scope: "b.organisation_id" };
    TableSpec::new(paths::BULK, "bulk-runs", source)
        .column(Column::text("titolo", "b.title").folded("b.title_folded").filterable())
        .column(Column::choice("cosa", "b.kind", KINDS).filterable())
        .column(Column::choice("stato", "b.state", STATES).label("bulk-state").filterable())
        .column(Column::meter("fatte", "b.done", "b.total").label("bulk-done"))
        .column(Column::number("saltate", "b.skipped").label("bulk-skipped").optional())
        .column(Column::instant("creata", "b.created_at").sortable().filterable())
        .column(Column::text("da", "b.created_by").label("bulk-by").filterable())
        .column(Column::instant("finita", "b.finished_at").label("bulk-finished").optional())
        .search(&["b.title_folded"])
        .row_link(paths::BULK_RUN)
        .default_sort("creata", Order::Descending)
        .below("licences", paths::LICENCES)
        .primary("bulk-new", paths::BULK_NEW, BULK)
        .empty("bulk-runs-empty", "bulk-runs-empty-hint")
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec().mistakes(&lang), Vec::<String>::new());
            assert_eq!(crate::bulk::report::spec("x").mistakes(&lang), Vec::<String>::new());
        }
    }
}

//! `/crm/inventory-runs`: the runs there were.

use plugin_api::table::{Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use crate::paths;

/// Where runs stand.
pub(super) const STATES: &[(&str, &str, Tone)] = &[
    ("preview", "run-state-preview", Tone::Warn),
    ("running", "run-state-running", Tone::Info),
    ("stopped", "run-state-stopped", Tone::Warn),
    ("done", "run-state-done", Tone::Ok),
];

/// The list.
pub(super) fn spec() -> TableSpec {
    let source =
        Source { from: "registration_inventory_run r", id: "r.run_id", scope: "r.organisation_id" };
    TableSpec::new(paths::RUNS, "inventory-runs", source)
        .column(Column::instant("creata", "r.created_at").label("run-created").sortable())
        .column(Column::choice("stato", "r.state", STATES).filterable())
        .column(Column::meter("fatte", "r.done", "r.total").label("run-done"))
        .column(Column::number("saltate", "r.failed").label("run-failed"))
        .column(Column::text("da", "r.created_by").label("run-by").filterable())
        .column(Column::instant("finita", "r.ended_at").label("run-ended").optional())
        .row_link(paths::RUN)
        .default_sort("creata", Order::Descending)
        .empty("inventory-runs-empty", "inventory-runs-empty-hint")
}

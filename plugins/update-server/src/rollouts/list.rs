//! `/crm/rollouts`: every rollout, how far it is, how it goes.

use plugin_api::table::{Column, Order, Source, TableSpec};

use crate::labels::ROLLOUT_STATES;
use crate::paths;
use crate::releases::changed::TOPIC;
use crate::store::OF_VENDOR;

/// The list.
pub(crate) fn spec() -> TableSpec {
    let source = Source {
        from: "update_server_rollout o \
            join update_server_release r on r.release_id = o.release_id",
        id: "o.rollout_id",
        scope: OF_VENDOR,
    };
    TableSpec::new(paths::ROLLOUTS, "rollouts", source)
        .column(
            Column::text("versione", "r.version")
                .label("release-version")
                .sorted_by("r.version_order")
                .filterable(),
        )
        .column(Column::mono("prodotto", "o.product_code").label("release-product").filterable())
        .column(Column::mono("canale", "o.channel").label("rollout-channel").filterable())
        .column(
            Column::choice("stato", "o.state", ROLLOUT_STATES).label("release-state").filterable(),
        )
        .column(Column::number("riuscite", "o.succeeded").label("rollout-succeeded").sortable())
        .column(Column::number("fallite", "o.failed").label("rollout-failed").sortable())
        .column(
            Column::instant("iniziata", "o.started_at")
                .label("rollout-started")
                .sortable()
                .filterable(),
        )
        .column(Column::instant("finita", "o.ended_at").label("rollout-ended").optional())
        .search(&["r.version", "o.product_code", "o.channel"])
        .row_link(paths::ROLLOUT)
        .default_sort("iniziata", Order::Descending)
        .preset("rollouts-open", "stato=running,paused")
        .live(TOPIC)
        .empty("rollouts-empty", "rollouts-empty-hint")
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

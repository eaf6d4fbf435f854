//! `/crm/software`: each name software reports itself with, and the product somebody said it is.

use plugin_api::table::{BulkAction, Column, Order, Source, TableSpec};

use crate::store::OF_VENDOR;
use crate::{CLASSIFY, paths};

/// The list. Names of software belong to nobody: only who may classify sees them.
pub(in crate::mapping) fn spec() -> TableSpec {
    let source = Source {
        from: "registration_inventory_software s left join (select software_id, \
               sum(installations) as installations, count(distinct version) as versions \
               from registration_inventory_tally where installations <> 0 \
               group by software_id) t on t.software_id = s.software_id",
        id: "s.software_id",
        scope: OF_VENDOR,
    };
    TableSpec::new(paths::SOFTWARE, "software", source)
        .column(
            Column::text("nome", "s.name")
                .label("software-name")
                .folded("s.name_folded")
                .sortable()
                .filterable(),
        )
        .column(Column::mono("prodotto", "s.product_code").label("mapping-product").filterable())
        .column(
            Column::number("installazioni", "cast(coalesce(t.installations, 0) as signed)")
                .label("software-installations")
                .sortable()
                .filterable(),
        )
        .column(
            Column::number("versioni", "coalesce(t.versions, 0)")
                .label("software-versions")
                .sortable(),
        )
        .column(
            Column::instant("vista_dal", "s.first_seen_at")
                .label("company-first-seen")
                .sortable()
                .filterable(),
        )
        .column(Column::text("deciso_da", "s.decided_by").label("software-decided-by").optional())
        .column(
            Column::flag("senza_prodotto", "s.product_code is null")
                .label("software-unmapped")
                .filterable()
                .optional(),
        )
        .column(Column::text("nota", "s.note").label("software-note").filterable().optional())
        .search(&["s.name_folded"])
        .row_link(paths::SOFTWARE_NAME)
        .default_sort("vista_dal", Order::Descending)
        .preset("software-unmapped", "senza_prodotto=true")
        .bulk(BulkAction::new("software-several", super::SEVERAL, CLASSIFY))
        .empty("software-empty", "software-empty-hint")
}

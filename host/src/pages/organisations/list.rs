//! The tree as a list: sorted, filtered, exported. The API lists by the same description.

use plugin_api::Routes;
use plugin_api::table::{self, Column, Order, Source, TableSpec};

use super::labels::{KINDS, STATES};
use crate::pages::may;
use crate::store::organisations::{listed, suspended};

pub(super) fn routes() -> Routes {
    table::routes(spec, &may("organisations"))
}

/// The nodes that are no customers.
pub(crate) fn spec() -> TableSpec {
    let source = Source {
        from: "host_organisation o left join host_organisation p on p.organisation_id = o.parent_id",
        id: "o.organisation_id",
        scope: "o.organisation_id",
    };
    let state = format!("case when {} then 'sospesa' else 'attiva' end", suspended("o.path"));
    TableSpec::new("/system/organisations/list", "organisations-title", source)
        .column(
            Column::text("nome", "o.name")
                .label("column-name")
                .folded("o.name_folded")
                .filterable(),
        )
        .column(
            Column::choice("tipo", listed::KIND, &KINDS)
                .label("column-kind")
                .sortable()
                .filterable(),
        )
        .column(
            Column::text("sopra", "p.name")
                .label("column-above")
                .folded("p.name_folded")
                .linked("/system/organisations/{id}", "p.organisation_id"),
        )
        .column(Column::choice("stato", state, &STATES).label("column-state").filterable())
        .column(Column::number("utenti", listed::PEOPLE).label("column-people"))
        .column(
            Column::number("organizzazioni", listed::below("<> 'customer'")).label("column-below"),
        )
        .column(Column::number("clienti", listed::below("= 'customer'")).label("column-customers"))
        .column(
            Column::date("creata", "o.created_at").label("column-created").sortable().filterable(),
        )
        .search(&["o.name_folded", "p.name_folded"])
        .only("o.kind <> 'customer'", [])
        .row_link("/system/organisations/{id}")
        .default_sort("nome", Order::Ascending)
        .preset("organisations-suspended", "stato=sospesa")
        .primary("organisation-new", "/system/organisations/new", "host:organisations")
        .empty("organisations-empty", "organisations-empty-hint")
}

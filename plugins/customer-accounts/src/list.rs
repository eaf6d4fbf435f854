//! `/crm/customers`: the list of customers and prospects, for people and for software.

use plugin_api::table::{Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use crate::{WRITE, paths};

const KINDS: &[(&str, &str, Tone)] =
    &[("cliente", "kind-customer", Tone::Neutral), ("prospect", "kind-prospect", Tone::Info)];

const STATES: &[(&str, &str, Tone)] = &[
    ("convalidato", "state-validated", Tone::Ok),
    ("in_attesa", "state-awaiting", Tone::Warn),
    ("sospeso", "state-suspended", Tone::Bad),
];

/// The list, with the Italian names that software uses in filters and exports.
pub(crate) fn spec() -> TableSpec {
    let source =
        Source { from: "customer_accounts_customer", id: "customer_id", scope: "organisation_id" };
    TableSpec::new(paths::LIST, "customers", source)
        .column(
            Column::text("ragione_sociale", "name").label("customer-name").folded("name_folded"),
        )
        .column(
            Column::choice(
                "stato",
                "case state when 'validated' then 'convalidato' \
                 when 'awaiting' then 'in_attesa' else 'sospeso' end",
                STATES,
            )
            .label("customer-state")
            .sortable()
            .filterable(),
        )
        .column(
            Column::choice("tipo", "case kind when 'customer' then 'cliente' else kind end", KINDS)
                .label("customer-kind")
                .sortable()
                .filterable(),
        )
        .column(Column::mono("partita_iva", "vat_number").label("customer-vat-number").sortable())
        .column(
            Column::text("citta", "city").label("customer-city").folded("city_folded").filterable(),
        )
        .column(Column::text("paese", "country").label("customer-country").sortable())
        .column(Column::text("email", "email").label("customer-email").optional())
        .column(Column::text("telefono", "phone").label("customer-phone").optional())
        .column(
            Column::mono("riferimento_esterno", "external_reference")
                .label("customer-external-reference")
                .sortable()
                .optional(),
        )
        .column(
            Column::date("creato", "created_at")
                .label("customer-created-at")
                .sortable()
                .filterable(),
        )
        .column(
            Column::instant("aggiornato", "updated_at")
                .label("customer-updated-at")
                .sortable()
                .optional(),
        )
        .search(&["search_folded"])
        .row_link(paths::SHOW)
        .default_sort("ragione_sociale", Order::Ascending)
        .preset("customers-awaiting", "stato=in_attesa")
        .preset("customers-prospects", "tipo=prospect")
        .preset("customers-suspended", "stato=sospeso")
        .primary("customer-new", paths::NEW, WRITE)
        .empty("customers-empty", "customers-empty-hint")
}

//! `/crm/companies`: each company with the customer it is, or most likely is.

use plugin_api::table::{BulkAction, Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use crate::store::OF_VENDOR;
use crate::{CLASSIFY, paths};

const BEST: &str = "(select v.name from registration_inventory_suggestion g \
    join customer_accounts_v1 v on v.account_id = g.account_id \
    where g.company_id = k.company_id order by g.score desc, g.account_id limit 1)";

const REASON: &str = "(select g.reason from registration_inventory_suggestion g \
    where g.company_id = k.company_id order by g.score desc, g.account_id limit 1)";

const SCORE: &str = "(select max(g.score) from registration_inventory_suggestion g \
    where g.company_id = k.company_id)";

const INSTALLATIONS: &str = "(select count(*) from registration_inventory_installation i \
    where i.company_id = k.company_id)";

const REASONS: &[(&str, &str, Tone)] = &[
    ("same_vat_number", "reason-same-vat-number", Tone::Ok),
    ("decision", "reason-decision", Tone::Ok),
    ("same_name", "reason-same-name", Tone::Info),
    ("similar_name", "reason-similar-name", Tone::Neutral),
];

const VAT: &[(&str, &str, Tone)] = &[
    ("giusta", "vat-right", Tone::Ok),
    ("errata", "vat-wrong", Tone::Warn),
    ("mancante", "vat-missing", Tone::Neutral),
];

/// The list. Companies belong to nobody: only who may classify sees them.
pub(in crate::mapping) fn spec() -> TableSpec {
    let source = Source {
        from: "registration_inventory_company k \
               left join customer_accounts_v1 c on c.account_id = k.account_id",
        id: "k.company_id",
        scope: OF_VENDOR,
    };
    let vat = "case when k.vat_number = '' then 'mancante' when k.vat_is_valid = 1 then 'giusta' \
        else 'errata' end";
    TableSpec::new(paths::COMPANIES, "companies", source)
        .column(
            Column::text("ragione_sociale", "k.name")
                .label("company-name")
                .folded("k.name_folded")
                .sortable()
                .filterable(),
        )
        .column(
            Column::mono("partita_iva", "k.vat_number").label("company-vat-number").filterable(),
        )
        .column(Column::choice("iva", vat, VAT).label("company-vat").filterable())
        .column(
            Column::text("cliente", "c.name")
                .label("mapping-customer")
                .folded("c.name_folded")
                .filterable()
                .linked(paths::CUSTOMER, "c.account_id"),
        )
        .column(Column::number("installazioni", INSTALLATIONS).label("company-installations"))
        .column(Column::text("suggerito", BEST).label("company-suggested"))
        .column(Column::choice("motivo", REASON, REASONS).label("mapping-reason").filterable())
        .column(Column::number("punteggio", SCORE).label("company-score").sortable())
        .column(
            Column::instant("vista_dal", "k.first_seen_at")
                .label("company-first-seen")
                .sortable()
                .filterable(),
        )
        .column(
            Column::flag("senza_cliente", "k.account_id is null")
                .label("company-unmapped")
                .filterable()
                .optional(),
        )
        .search(&["k.name_folded", "k.vat_number", "c.name_folded"])
        .row_link(paths::COMPANY)
        .default_sort("vista_dal", Order::Descending)
        .preset("companies-unmapped", "senza_cliente=true")
        .preset(
            "companies-suggested",
            "senza_cliente=true&motivo=same_vat_number,decision,same_name,similar_name",
        )
        .preset("companies-vat-wrong", "iva=errata")
        .bulk(BulkAction::new("companies-accept", super::ACCEPT, CLASSIFY))
        .empty("companies-empty", "companies-empty-hint")
}

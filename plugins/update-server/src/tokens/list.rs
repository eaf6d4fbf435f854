//! `/crm/update-addresses`: the addresses of the licences of the caller's branch.

use plugin_api::table::{Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use crate::labels::Choices;
use crate::{TOKENS, paths};

/// Where an address stands, as SQL.
pub(super) const STATE: &str = "case when t.revoked_at is null then 'attivo' \
    when t.revoked_at > {now} then 'in_scadenza' else 'revocato' end";

/// Where addresses stand.
const STATES: Choices = &[
    ("attivo", "address-state-active", Tone::Ok),
    ("in_scadenza", "address-state-ending", Tone::Warn),
    ("revocato", "address-state-revoked", Tone::Bad),
];

/// The list.
pub(crate) fn spec() -> TableSpec {
    let source = Source {
        from: "update_server_token t left join customer_accounts_v1 c on c.account_id = t.account_id",
        id: "t.token_id",
        scope: "t.organisation_id",
    };
    TableSpec::new(paths::ADDRESSES, "update-addresses", source)
        .column(Column::mono("prodotto", "t.product_code").sortable().filterable())
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .sortable()
                .filterable()
                .linked(paths::CUSTOMER, "c.account_id"),
        )
        .column(Column::choice("stato", STATE, STATES).filterable())
        .column(Column::text("nota", "t.note").filterable())
        .column(Column::instant("ultimo_uso", "t.last_used_at").sortable().filterable())
        .column(Column::instant("creato", "t.created_at").sortable().filterable())
        .column(Column::text("creato_da", "t.created_by").filterable().optional())
        .column(Column::mono("licenza", "t.licence_id").filterable().optional())
        .search(&["c.name_folded", "t.product_code", "t.note"])
        .row_link(paths::ADDRESS)
        .default_sort("creato", Order::Descending)
        .preset("address-state-active", "stato=attivo")
        .primary("update-address-new", paths::ADDRESS_NEW, TOKENS)
        .empty("update-addresses-empty", "update-addresses-empty-hint")
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

//! `/crm/legacy-keys`: the keys of the system used before, and which are exchanged already.

use plugin_api::table::{Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use crate::labels::Choices;
use crate::paths;

const FROM: &str = "license_generator_legacy_key k \
    join license_generator_licence l on l.licence_id = k.licence_id \
    join license_generator_product p on p.product_id = l.product_id \
    left join customer_accounts_v1 c on c.account_id = l.account_id \
    left join license_generator_activation a on a.licence_id = k.licence_id \
    and a.fingerprint_hash = k.device_hash";

const STATE: &str = "case when k.revoked_at is not null then 'revocata' \
    when k.exchanged_at is not null then 'sostituita' else 'da_sostituire' end";

pub(super) const STATES: Choices = &[
    ("da_sostituire", "legacy-waiting", Tone::Neutral),
    ("sostituita", "legacy-exchanged", Tone::Ok),
    ("revocata", "legacy-revoked", Tone::Bad),
];

/// The list.
pub(super) fn spec() -> TableSpec {
    let source = Source { from: FROM, id: "k.legacy_id", scope: "l.organisation_id" };
    TableSpec::new(paths::LEGACY_KEYS, "legacy-keys", source)
        .column(Column::mono("vecchia", "k.hint").label("column-legacy").filterable())
        .column(
            Column::mono("chiave", "l.key_hint").filterable().linked(paths::SHOW, "l.licence_id"),
        )
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .filterable()
                .linked(paths::CUSTOMER, "c.account_id"),
        )
        .column(Column::text("prodotto", "p.name").folded("p.name_folded").filterable())
        .column(Column::choice("stato", STATE, STATES).filterable())
        .column(
            Column::instant("sostituita", "k.exchanged_at")
                .label("column-exchanged")
                .sortable()
                .filterable(),
        )
        .column(
            Column::text("dispositivo", "a.device_name")
                .folded("lower(a.device_name)")
                .filterable(),
        )
        .column(
            Column::instant("importata", "k.imported_at")
                .label("column-imported")
                .sortable()
                .filterable()
                .optional(),
        )
        .search(&["c.name_folded", "l.key_hint", "p.name_folded"])
        .row_link(paths::LEGACY_KEY)
        .default_sort("importata", Order::Descending)
        .preset("legacy-waiting", "stato=da_sostituire")
        .preset("legacy-exchanged", "stato=sostituita")
        .primary("import-licences", paths::IMPORT, crate::import::IMPORT)
        .empty("legacy-keys-empty", "legacy-keys-empty-hint")
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

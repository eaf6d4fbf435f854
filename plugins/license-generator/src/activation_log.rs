//! `/crm/activations`: what clients asked, and how it ended.

use plugin_api::table::{Column, Order, Source, TableSpec};

use crate::{labels, paths};

const FROM: &str = "license_generator_activation_log g \
    left join license_generator_licence l on l.licence_id = g.licence_id \
    left join customer_accounts_v1 c on c.account_id = l.account_id";

/// The log.
pub(crate) fn spec() -> TableSpec {
    let source = Source { from: FROM, id: "g.log_id", scope: "g.organisation_id" };
    TableSpec::new(paths::LOG, "activations", source)
        .column(Column::instant("quando", "g.at").sortable().filterable())
        .column(Column::choice("azione", "g.action", labels::ACTIONS).filterable())
        .column(Column::choice("esito", "g.outcome", labels::OUTCOMES).filterable())
        .column(
            Column::mono("chiave", "l.key_hint").filterable().linked(paths::SHOW, "l.licence_id"),
        )
        .column(Column::text("cliente", "c.name").folded("c.name_folded").filterable())
        .column(Column::text("dispositivo", "g.device_name").folded("g.device_folded").filterable())
        .column(Column::mono("impronta", "g.fingerprint").optional())
        .column(Column::mono("indirizzo", "g.address").filterable())
        .search(&["c.name_folded", "l.key_hint", "g.device_folded", "g.address"])
        .default_sort("quando", Order::Descending)
        .preset("activations-refused", REFUSED)
        .empty("activations-empty", "activations-empty-hint")
}

const REFUSED: &str = "esito=limite_dispositivi,dispositivo_non_attivato,licenza_scaduta,\
    licenza_in_attesa,licenza_sospesa,licenza_revocata,chiave_sconosciuta,prodotto_errato,\
    versione_non_inclusa";

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

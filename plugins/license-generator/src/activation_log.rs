//! `/crm/activations`: what clients asked, and how it ended.

use plugin_api::table::{Column, Order, Source, TableSpec};

use crate::{labels, paths};

const FROM: &str = "license_generator_activation_log g \
    left join license_generator_licence l on l.licence_id = g.licence_id \
    left join license_generator_product p on p.product_id = l.product_id \
    left join customer_accounts_v1 c on c.account_id = l.account_id";

/// The log.
pub(crate) fn spec() -> TableSpec {
    let source = Source { from: FROM, id: "g.log_id", scope: "g.organisation_id" };
    TableSpec::new(paths::LOG, "activations", source)
        .column(Column::instant("quando", "g.at").sortable().filterable())
        .column(Column::choice("azione", "g.action", labels::ACTIONS).filterable())
        .column(Column::choice("esito", "g.outcome", labels::OUTCOMES).filterable())
        .column(
            Column::choice("avrebbe_rifiutato", "g.would_refuse", labels::OUTCOMES)
                .label("column-would-refuse")
                .filterable()
                .optional(),
        )
        .column(
            Column::mono("chiave", "l.key_hint").filterable().linked(paths::SHOW, "l.licence_id"),
        )
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .filterable()
                .linked(paths::CUSTOMER, "c.account_id"),
        )
        .column(Column::text("prodotto", "p.name").folded("p.name_folded").filterable().optional())
        .column(Column::text("dispositivo", "g.device_name").folded("g.device_folded").filterable())
        .column(Column::mono("impronta", "g.fingerprint").optional())
        .column(Column::text("utente", "g.user_name").label("label-user").filterable().optional())
        .column(Column::mono("indirizzo", "g.address").filterable())
        .column(
            Column::choice("tipo_chiave", "g.key_kind", labels::KEY_KINDS)
                .label("column-key-kind")
                .filterable()
                .optional(),
        )
        .search(&["c.name_folded", "l.key_hint", "g.device_folded", "g.address"])
        .default_sort("quando", Order::Descending)
        .preset("activations-refused", REFUSED)
        .preset("activations-shadowed", SHADOWED)
        .empty("activations-empty", "activations-empty-hint")
}

const REFUSED: &str = "esito=limite_dispositivi,dispositivo_non_attivato,licenza_scaduta,\
    licenza_in_attesa,licenza_sospesa,licenza_revocata,chiave_sconosciuta,prodotto_errato,\
    versione_non_inclusa,dispositivo_clonato,gettone_mancante,limite_trasferimenti,limite_utenti,\
    utente_non_ammesso,utente_richiesto,posti_esauriti";

/// What went through only because the licence watches.
const SHADOWED: &str = "avrebbe_rifiutato=limite_dispositivi,dispositivo_non_attivato,\
    licenza_scaduta,licenza_in_attesa,licenza_sospesa,licenza_revocata,prodotto_errato,\
    versione_non_inclusa,dispositivo_clonato,gettone_mancante,limite_trasferimenti,limite_utenti,\
    utente_non_ammesso,utente_richiesto,posti_esauriti&\
    columns=quando,azione,esito,avrebbe_rifiutato,chiave,cliente,dispositivo,indirizzo";

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

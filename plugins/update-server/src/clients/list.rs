//! `/crm/update-clients`: the installations that asked, each by itself.

use std::borrow::Cow;

use plugin_api::table::{Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use crate::labels::Choices;
use crate::paths;
use crate::store::clients::{BEHIND, STANDING};

/// Where the version of an installation stands.
pub(super) const STANDINGS: Choices = &[
    ("attuale", "version-current", Tone::Ok),
    ("superata", "version-outdated", Tone::Warn),
    ("ritirata", "version-withdrawn", Tone::Bad),
    ("ignota", "version-unknown", Tone::Neutral),
];

/// What became of the last update it tried.
const OUTCOMES: Choices =
    &[("riuscito", "outcome-succeeded", Tone::Ok), ("fallito", "outcome-failed", Tone::Bad)];

const OUTCOME: &str = "case when x.succeeded = 1 then 'riuscito' \
    when x.succeeded = 0 then 'fallito' end";

/// Those that failed, with what they said.
const FAILED: &str =
    "esito=fallito&columns=prodotto,versione,offerta,piattaforma,cliente,errore,ultima_domanda";

/// The list.
pub(super) fn spec() -> TableSpec {
    listed_at(paths::CLIENTS)
}

/// The same on another page.
pub(crate) fn listed_at(path: impl Into<Cow<'static, str>>) -> TableSpec {
    let source = Source {
        from: "update_server_client u \
            left join customer_accounts_v1 c on c.organisation_id = u.organisation_id \
            left join update_server_outcome x on x.outcome_id = (select o.outcome_id \
                from update_server_outcome o where o.client = u.client \
                order by o.at desc, o.outcome_id desc limit 1)",
        id: "u.client",
        scope: "u.organisation_id",
    };
    let spec = TableSpec::new(path, "update-clients", source)
        .column(Column::mono("prodotto", "u.product_code").sortable().filterable())
        .column(Column::mono("versione", "u.version").sorted_by("u.version_order").filterable())
        .column(Column::choice("stato_versione", STANDING, STANDINGS).filterable())
        .column(Column::mono("offerta", "u.offered").filterable())
        .column(Column::mono("canale", "u.channel").sortable().filterable())
        .column(Column::mono("piattaforma", "u.platform").sortable().filterable())
        .column(Column::mono("architettura", "u.architecture").filterable().optional())
        .column(Column::mono("protocollo", "u.protocol").sortable().filterable().optional())
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .sortable()
                .filterable()
                .linked(paths::CUSTOMER, "c.account_id"),
        )
        .column(Column::choice("esito", OUTCOME, OUTCOMES).filterable().optional())
        .column(Column::text("errore", "x.error").filterable().optional());
    spec.column(Column::instant("ultima_domanda", "u.last_seen_at").sortable().filterable())
        .column(Column::instant("prima_domanda", "u.first_seen_at").sortable().optional())
        .column(Column::flag("da_aggiornare", BEHIND).filterable().optional())
        .column(
            Column::mono("licenza", "u.licence_id")
                .filterable()
                .linked(paths::LICENCE, "u.licence_id")
                .optional(),
        )
        .search(&["c.name_folded", "u.product_code", "u.version"])
        .default_sort("ultima_domanda", Order::Descending)
        .preset("update-clients-behind", "da_aggiornare=true")
        .preset("version-withdrawn", "stato_versione=ritirata")
        .preset("outcome-failed", FAILED)
        .empty("update-clients-empty", "update-clients-empty-hint")
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

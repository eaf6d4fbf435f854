//! `/crm/suspicious`: licences whose use looks suspicious.

use plugin_api::table::{Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use crate::labels::Choices;
use crate::{labels, paths};

const FROM: &str = "license_generator_suspicion s \
    join license_generator_licence l on l.licence_id = s.licence_id \
    join license_generator_product p on p.product_id = l.product_id \
    left join customer_accounts_v1 c on c.account_id = l.account_id";

/// Whether somebody looked at it since it happened last.
const STATE: &str = "case when s.dismissed_at >= s.last_at then 'gestito' else 'aperto' end";

/// Why it looks suspicious.
pub(super) const REASONS: Choices = &[
    ("clone", "reason-clone", Tone::Bad),
    ("transfers", "reason-transfers", Tone::Warn),
    ("refusals", "reason-refusals", Tone::Warn),
    ("shared", "reason-shared", Tone::Bad),
    ("addresses", "reason-addresses", Tone::Warn),
];

const STATES: Choices =
    &[("aperto", "suspicion-open", Tone::Warn), ("gestito", "suspicion-dismissed", Tone::Neutral)];

/// The list.
pub(super) fn spec() -> TableSpec {
    let source = Source { from: FROM, id: "s.suspicion_id", scope: "s.organisation_id" };
    TableSpec::new(paths::SUSPICIOUS, "suspicious", source)
        .column(Column::choice("motivo", "s.reason", REASONS).label("column-reason").filterable())
        .column(Column::number("quante", "s.count").label("column-count").sortable().filterable())
        .column(Column::instant("ultima", "s.last_at").label("column-last").sortable().filterable())
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
        .column(Column::choice("licenza", "l.state_stored", STORED).label("licence").optional())
        .search(&["c.name_folded", "l.key_hint", "p.name_folded"])
        .row_link(paths::SUSPICION)
        .default_sort("ultima", Order::Descending)
        .preset("suspicion-open", "stato=aperto")
        .preset("suspicion-dismissed", "stato=gestito")
        .empty("suspicious-empty", "suspicious-empty-hint")
}

const STORED: Choices = &[
    ("active", "state-attiva", Tone::Ok),
    ("awaiting", "state-in-attesa-convalida", Tone::Warn),
    ("suspended", "state-sospesa", Tone::Bad),
    ("revoked", "state-revocata", Tone::Bad),
];

/// The badge of a reason.
pub(super) fn badge(lang: &plugin_api::Lang, reason: &str) -> plugin_api::ui::Badge {
    labels::badge(lang, REASONS, reason)
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    use super::*;
    use crate::store::suspicions::Reason;

    #[test]
    fn the_table_makes_sense_and_knows_every_reason() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(spec().mistakes(&lang), Vec::<String>::new());
            for reason in Reason::ALL.map(Reason::as_str) {
                assert!(REASONS.iter().any(|(known, key, _)| *known == reason && lang.has(key)));
                assert!(lang.has(&format!("reason-{reason}-hint")), "{reason}");
            }
        }
    }
}

//! `/crm/installations`: the live list of installations, for people and for software.

use axum::response::Response;
use plugin_api::table::{Column, Lookup, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::{Markup, Tone};
use plugin_api::{Cx, Page, Problem};

use crate::store::installations::FROM;
use crate::{labels, licensing, mapping, paths};

/// The topic that moves when something reported itself.
pub(crate) const TOPIC: &str = "registration-inventory.installations";

/// The state by its name on the wire.
pub(crate) const STATE: &str = "case i.state when 'assigned' then 'assegnata' \
    when 'statistics' then 'solo_statistica' when 'ignored' then 'ignorata' \
    else 'non_ancora_assegnato' end";

/// What an index knows of a state.
const NARROWED: &[(&str, &str)] = &[
    ("non_ancora_assegnato", "i.state = 'pending'"),
    ("assegnata", "i.state = 'assigned'"),
    ("solo_statistica", "i.state = 'statistics'"),
    ("ignorata", "i.state = 'ignored'"),
];

/// Not heard of for 30 days.
const SILENT: &str = "i.last_seen_at < {now} - 2592000000";

/// Installations by what they are searched by: names of software and companies are a smaller table,
/// and the computers and ids of all of them lie together in one index.
const LOOKUPS: &[Lookup] = &[
    Lookup::Through(
        "i.software_id",
        "select software_id from registration_inventory_software where",
        "name_folded",
    ),
    Lookup::Through(
        "i.company_id",
        "select company_id from registration_inventory_company where",
        // A word has no space, so it is found in the one or the other.
        "name_folded || ' ' || vat_number",
    ),
    Lookup::Through(
        "i.account_id",
        "select account_id from customer_accounts_v1 where",
        "name_folded",
    ),
    Lookup::Through(
        "i.installation_id",
        "select installation_id from registration_inventory_installation where",
        "host_name || ' ' || external_id",
    ),
];

/// The list, with the Italian names that software uses in filters and exports.
pub(crate) fn spec() -> TableSpec {
    let source = Source { from: FROM, id: "i.installation_id", scope: "i.organisation_id" };
    let spec = TableSpec::new(paths::INSTALLATIONS, "installations", source)
        .column(Column::text("nome_software", "s.name").folded("s.name_folded").filterable())
        .column(
            Column::mono("versione", "i.version")
                .sorted_by("i.version_order")
                .scanned()
                .filterable(),
        )
        .column(Column::text("ragione_sociale", "k.name").folded("k.name_folded").filterable())
        .column(Column::mono("partita_iva", "k.vat_number").filterable().optional())
        .column(
            Column::choice("stato", STATE, labels::STATES)
                .sortable()
                .filterable()
                .narrowed(NARROWED),
        )
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .filterable()
                .linked(paths::CUSTOMER, "i.account_id"),
        )
        .column(Column::instant("ultima_segnalazione", "i.last_seen_at").sortable().filterable())
        .column(
            Column::mono("prodotto", "coalesce(i.product_code, s.product_code)")
                .sortable()
                .scanned()
                .filterable()
                .optional(),
        )
        .column(Column::number("totale_ordini", "i.orders").sortable().scanned().filterable())
        .column(
            Column::money("totale_venduto", "i.sold", "i.currency")
                .sortable()
                .scanned()
                .filterable(),
        );
    let spec = more(spec)
        .search(&[
            "s.name_folded",
            "k.name_folded",
            "k.vat_number",
            "c.name_folded",
            "i.host_name",
            "i.external_id",
        ])
        .lookups(LOOKUPS)
        .row_link(paths::INSTALLATION)
        .default_sort("ultima_segnalazione", Order::Descending)
        .live(TOPIC)
        .preset("installations-to-assign", "stato=non_ancora_assegnato")
        .preset("installations-assigned", "stato=assegnata")
        .preset("installations-counted", "stato=solo_statistica")
        .preset("installations-ignored", "stato=ignorata")
        .preset("installations-clones", "clone=sospetto")
        .preset("installations-twice", "doppia=doppia")
        .preset("installations-silent", "silenziosa=silenziosa&sort=-ultima_segnalazione")
        .empty("installations-empty", "installations-empty-hint");
    mapping::actions(spec)
}

/// Columns that are there to be chosen and filtered by.
fn more(spec: TableSpec) -> TableSpec {
    let twice = "case when exists (select 1 from registration_inventory_installation t \
        where t.twin = i.twin and t.installation_id <> i.installation_id) then 'doppia' end";
    let silent = "case when i.last_seen_at < {now} - 2592000000 then 'silenziosa' end";
    spec.column(Column::mono("computer", "i.host_name").sortable().filterable().optional())
        .column(Column::text("sistema", "i.system").filterable().optional())
        .column(Column::mono("indirizzo", "i.address").filterable().optional())
        .column(
            Column::instant("prima_segnalazione", "i.first_seen_at")
                .sortable()
                .filterable()
                .optional(),
        )
        .column(
            Column::number("registrazioni", "i.reports")
                .sortable()
                .scanned()
                .filterable()
                .optional(),
        )
        .column(
            Column::flag("con_licenza", "case when i.licence_id is not null then 1 else 0 end")
                .filterable()
                .optional(),
        )
        .column(Column::mono("segnalazioni", "i.flags").filterable().optional())
        .column(
            Column::flag("segnalata", "case when i.flags <> '' then 1 else 0 end")
                .filterable()
                .optional(),
        )
        .column(
            Column::choice(
                "clone",
                "case when i.clone_suspected_at is not null then 'sospetto' end",
                &[("sospetto", "clone-suspected", Tone::Bad)],
            )
            .filterable()
            .narrowed(&[("sospetto", "i.clone_suspected_at is not null")])
            .optional(),
        )
        .column(
            Column::choice("doppia", twice, &[("doppia", "installed-twice", Tone::Warn)])
                .filterable()
                .narrowed(&[(
                    "doppia",
                    "i.twin in (select u.twin from registration_inventory_installation u \
                     where u.twin is not null group by u.twin having count(*) > 1)",
                )])
                .optional(),
        )
        .column(
            Column::choice(
                "silenziosa",
                silent,
                &[("silenziosa", "installation-silent", Tone::Neutral)],
            )
            .filterable()
            .narrowed(&[("silenziosa", SILENT)])
            .optional(),
        )
        .column(Column::mono("id_installazione", "i.external_id").filterable().optional())
}

/// The page.
pub(super) async fn page(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let spec = licensing::actions(&cx, spec()).await?;
    let table = spec.load(&cx, &query).await?;
    Ok(Page::html(cx.lang().t("installations"), Markup::of(&spec.head(&cx)).and(&table)))
}

/// The list as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
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

//! `/crm/registrations`: raw reports, for people and for software.

use axum::response::Response;
use plugin_api::table::{Column, Lookup, Source, TableQuery, TableSpec};
use plugin_api::ui::Markup;
use plugin_api::{Cx, Page, Problem};

use crate::store::reports::FROM;
use crate::{labels, paths};

/// The parameter of the list that names an installation: only its reports are shown.
pub(crate) const OF: &str = "installazione";

/// The state of its installation by its name on the wire.
const STATE: &str = "case when r.installation_id is null then 'in_quarantena' \
    when i.state = 'assigned' then 'assegnata' when i.state = 'statistics' then 'solo_statistica' \
    when i.state = 'ignored' then 'ignorata' else 'non_ancora_assegnato' end";

/// Reports of installations that meet a condition: found by the installations, which are fewer.
macro_rules! of_installations {
    ($condition:literal) => {
        concat!(
            "r.installation_id in (select n.installation_id \
             from registration_inventory_installation n where ",
            $condition,
            ")"
        )
    };
}

/// What an index knows of a state.
const NARROWED: &[(&str, &str)] = &[
    ("non_ancora_assegnato", of_installations!("n.state = 'pending'")),
    ("assegnata", of_installations!("n.state = 'assigned'")),
    ("solo_statistica", of_installations!("n.state = 'statistics'")),
    ("ignorata", of_installations!("n.state = 'ignored'")),
    ("in_quarantena", "r.installation_id is null"),
];

/// Reports by the installations of the software or company that a word is about: one lookup, as
/// `MariaDB` follows no index where there are several.
const LOOKUPS: &[Lookup] = &[Lookup::Through(
    "r.installation_id",
    "select n.installation_id from registration_inventory_installation n \
     join registration_inventory_software w on w.software_id = n.software_id \
     left join registration_inventory_company m on m.company_id = n.company_id where",
    "w.name_folded || ' ' || coalesce(m.name_folded || ' ' || m.vat_number, '')",
)];

/// The list, of one installation if it is named.
pub(crate) fn of(installation: Option<&str>) -> TableSpec {
    match installation.filter(|id| !id.is_empty()) {
        Some(id) => spec().only("r.installation_id = ?", [id.into()]).keeping(OF, id),
        None => spec(),
    }
}

/// The list, with the Italian names that software uses in filters and exports.
pub(crate) fn spec() -> TableSpec {
    // By id: ids ascend as reports come.
    let source = Source { from: FROM, id: "r.report_id", scope: "i.organisation_id" };
    TableSpec::new(paths::REPORTS, "reports", source)
        .column(Column::instant("ricevuta", "r.received_at").sortable().filterable())
        .column(Column::text("nome_software", "r.name").filterable())
        .column(Column::mono("versione", "r.version").filterable())
        .column(Column::text("ragione_sociale", "r.company").filterable())
        .column(Column::mono("partita_iva", "r.vat_number").filterable())
        .column(Column::number("totale_ordini", "r.orders").filterable())
        .column(Column::money("totale_venduto", "r.sold", "r.currency").filterable())
        .column(
            Column::choice("stato", STATE, labels::REPORT_STATES).filterable().narrowed(NARROWED),
        )
        .column(Column::mono("segnalazioni", "r.flags").filterable())
        .column(Column::mono("indirizzo", "r.address").filterable().optional())
        .column(
            Column::flag("segnalata", "case when r.flags <> '' then 1 else 0 end")
                .filterable()
                .optional(),
        )
        .column(Column::flag("nuova", "r.was_new").filterable().optional())
        .column(Column::mono("tipo_contenuto", "r.content_type").optional())
        .search(&["s.name_folded", "k.name_folded", "k.vat_number"])
        .lookups(LOOKUPS)
        .row_link(paths::REPORT)
        .preset("reports-flagged", "segnalata=true")
        .preset("reports-new", "nuova=true")
        .preset("reports-quarantined", "stato=in_quarantena")
        .empty("reports-empty", "reports-empty-hint")
}

/// The page.
pub(super) async fn page(cx: Cx, mut query: TableQuery) -> Result<Page, Problem> {
    let spec = of(query.take(OF).as_deref());
    let table = spec.load(&cx, &query).await?;
    Ok(Page::html(cx.lang().t("reports"), Markup::of(&spec.head(&cx)).and(&table)))
}

/// The list as a file.
pub(super) async fn export(cx: Cx, mut query: TableQuery) -> Result<Response, Problem> {
    of(query.take(OF).as_deref()).export(&cx, &query).await
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

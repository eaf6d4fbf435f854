//! `/crm/customers/waiting`: who waits to be validated in the caller's branch.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::{Action, Markup, Tone};
use plugin_api::{Cx, Fault, Page, Problem, Scope};

use crate::paths;
use crate::rules::RULES;

const FROM: &str = "customer_accounts_customer c \
    join host_organisations_v1 o on o.organisation_id = c.organisation_id \
    left join customer_accounts_registration r on r.customer_id = c.customer_id";

const ORIGINS: &[(&str, &str, Tone)] = &[
    ("codice", "origin-code", Tone::Info),
    ("codice_sconosciuto", "origin-code-unknown", Tone::Warn),
    ("registrazione", "origin-registration", Tone::Neutral),
    ("inserito", "origin-entered", Tone::Neutral),
];

const ORIGIN: &str = "case when r.customer_id is null then 'inserito' \
    when r.reseller_code = '' then 'registrazione' \
    when r.reseller_code_known = 1 then 'codice' else 'codice_sconosciuto' end";

/// Whole days; the difference is cut to them first, so that both databases divide alike.
const DAYS: &str = "cast(({now} - c.created_at - ({now} - c.created_at) % 86400000) / 86400000 \
    as signed)";

/// Another customer with the same VAT number, whoever looks after it.
const TWICE: &str = "case when c.vat_number <> '' and exists (select 1 \
    from customer_accounts_customer d where d.vat_number = c.vat_number \
    and d.country = c.country and d.customer_id <> c.customer_id and d.merged_into = '') then 1 else 0 end";

/// The same among those that hang on the same node: others may not be the caller's to know of.
const TWICE_HERE: &str = "case when c.vat_number <> '' and exists (select 1 \
    from customer_accounts_customer d \
    join host_organisations_v1 e on e.organisation_id = d.organisation_id \
    where d.vat_number = c.vat_number and d.country = c.country \
    and d.customer_id <> c.customer_id and d.merged_into = '' and e.parent_id = o.parent_id) then 1 else 0 end";

fn spec(scope: &Scope) -> TableSpec {
    let source = Source { from: FROM, id: "c.customer_id", scope: "c.organisation_id" };
    let twice = if *scope == Scope::everything() { TWICE } else { TWICE_HERE };
    TableSpec::new(paths::WAITING, "waiting", source)
        .only("c.state = 'awaiting' and c.merged_into = '' and c.erased_at is null", [])
        .column(
            Column::text("ragione_sociale", "c.name")
                .label("customer-name")
                .folded("c.name_folded"),
        )
        .column(
            Column::instant("ricevuta", "c.created_at")
                .label("waiting-since")
                .sortable()
                .filterable(),
        )
        .column(Column::number("giorni", DAYS).label("waiting-days").optional())
        .column(
            Column::choice("origine", ORIGIN, ORIGINS)
                .label("waiting-origin")
                .sortable()
                .filterable(),
        )
        .column(
            Column::mono("codice_rivenditore", "r.reseller_code")
                .label("rule-reseller-code")
                .filterable(),
        )
        .column(Column::mono("prodotto", "r.product").label("rule-product").filterable())
        .column(Column::flag("doppione", twice).label("waiting-twice").filterable())
        .column(
            Column::text("assegnato_a", "o.parent_name")
                .label("waiting-with")
                .folded("o.parent_name_folded")
                .filterable(),
        )
        .column(Column::mono("partita_iva", "c.vat_number").label("customer-vat-number").optional())
        .column(Column::text("email", "c.email").label("customer-email").optional())
        .column(Column::text("provincia", "c.province").label("customer-province").optional())
        .search(&["c.search_folded", "r.product_folded"])
        .row_link(paths::WAITING_ONE)
        .default_sort("ricevuta", Order::Ascending)
        .preset("waiting-twice", "doppione=true")
        .empty("waiting-empty", "waiting-empty-hint")
}

/// The page.
pub(super) async fn handle(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let (lang, spec) = (cx.lang(), spec(cx.scope()));
    let table = spec.load(&cx, &query).await?;
    let mut head = spec.head(&cx);
    if !table.is_empty() {
        let several = cx.url(paths::WAITING_SEVERAL);
        head = head.action(&Action::link(lang.t("waiting-several"), several).icon("check"));
    }
    if cx.may(RULES) {
        head = head.action(&Action::link(lang.t("rules"), cx.url(paths::RULES)).icon("gear"));
    }
    Ok(Page::html(lang.t("waiting"), Markup::of(&head).and(&table)))
}

/// The same as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec(cx.scope()).export(&cx, &query).await
}

/// How many wait, for the menu.
pub(crate) async fn count(cx: Cx) -> Result<i64, Fault> {
    let counted = spec(cx.scope()).count(&cx, &TableQuery::parse("")).await;
    counted.map_err(|problem| problem.fault().cloned().unwrap_or_else(|| Fault::internal(&problem)))
}

#[cfg(test)]
mod tests {
    use plugin_api::Scope;
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            for scope in [Scope::everything(), Scope::nothing()] {
                assert_eq!(super::spec(&scope).mistakes(&lang), Vec::<String>::new());
            }
        }
    }
}

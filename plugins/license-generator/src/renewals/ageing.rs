//! `/crm/licences-due`: what is still to be paid for licences, and how late it is.

use askama::Template;
use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec, TableView};
use plugin_api::ui::{Action, Card, Facts, Head, Markup, Tone};
use plugin_api::{Cx, Page, Problem};

use crate::domain::payment::Kind;
use crate::{labels, paths};

/// Payments that are still open. Days are whole days, UTC: due today is not late, due yesterday is
/// one day late.
const FROM: &str = "(select r.renewal_id, r.licence_id, r.organisation_id, r.account_id, r.kind, \
      r.amount, r.currency, r.due_at, r.at, case when r.due_at >= {now} - {now} % 86400000 then 0 \
        else ({now} - {now} % 86400000 - (r.due_at - r.due_at % 86400000)) end as late \
      from license_generator_renewal r where r.due_at is not null and r.paid_at is null \
        and r.cancelled_at is null) d \
    join license_generator_licence l on l.licence_id = d.licence_id \
    join license_generator_product p on p.product_id = l.product_id \
    left join customer_accounts_v1 c on c.account_id = d.account_id";

/// How late, in the steps accountants use.
const AGE: &str = "case when d.late = 0 then 'non_scaduto' when d.late <= 2592000000 then '1_30' \
    when d.late <= 5184000000 then '31_60' when d.late <= 7776000000 then '61_90' else 'oltre_90' end";

const AGES: labels::Choices = &[
    ("non_scaduto", "age-not-due", Tone::Ok),
    ("1_30", "age-30", Tone::Warn),
    ("31_60", "age-60", Tone::Warn),
    ("61_90", "age-90", Tone::Bad),
    ("oltre_90", "age-later", Tone::Bad),
];

/// What payments are for.
pub(super) const KINDS: labels::Choices = &[
    ("vendita", "pay-kind-sale", Tone::Neutral),
    ("rinnovo", "pay-kind-renewal", Tone::Neutral),
    ("modifica", "pay-kind-change", Tone::Neutral),
    ("conversione", "pay-kind-conversion", Tone::Neutral),
];

/// A kind by its name on the wire.
fn kind_sql() -> String {
    let case = |kind: Kind| format!("when '{}' then '{}' ", kind.as_str(), kind.wire());
    format!("case d.kind {}else d.kind end", Kind::ALL.map(case).concat())
}

/// The table.
pub(super) fn spec() -> TableSpec {
    let source = Source { from: FROM, id: "d.renewal_id", scope: "d.organisation_id" };
    TableSpec::new(paths::DUE, "due", source)
        .column(
            Column::text("cliente", "c.name")
                .folded("c.name_folded")
                .filterable()
                .linked(paths::CUSTOMER, "d.account_id"),
        )
        .column(Column::mono("chiave", "l.key_hint").linked(paths::SHOW, "d.licence_id"))
        .column(Column::text("prodotto", "p.name").folded("p.name_folded").filterable())
        .column(Column::choice("causale", kind_sql(), KINDS).filterable().label("pay-kind"))
        .column(Column::money("importo", "d.amount", "d.currency").sortable().label("pay-amount"))
        .column(
            Column::date("pagamento_entro", "d.due_at")
                .sortable()
                .filterable()
                .label("label-pagamento-entro"),
        )
        .column(Column::choice("ritardo", AGE, AGES).sorted_by("d.late").filterable().label("age"))
        .search(&["c.name_folded", "l.key_hint", "p.name_folded"])
        .below("licences", paths::LICENCES)
        .default_sort("pagamento_entro", Order::Ascending)
        .preset("age-late", "ritardo=1_30,31_60,61_90,oltre_90")
        .empty("due-empty", "due-empty-hint")
}

#[derive(Debug, Template)]
#[template(path = "license-generator/due.html")]
struct DuePage {
    head: Head,
    totals: Markup,
    table: TableView,
}

/// The page.
pub(super) async fn handle(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let (lang, spec) = (cx.lang(), spec());
    let mut head = spec.head(&cx);
    if cx.may("customer-accounts:transactions") {
        let by_customer = cx.url(paths::DUE_BY_CUSTOMER);
        head = head.action(&Action::link(lang.t("due-by-customer"), by_customer).icon("users"));
    }
    let page = DuePage {
        head,
        totals: totals(&cx, &spec, &query).await?,
        table: spec.load(&cx, &query).await?,
    };
    Page::new(lang.t("due"), &page)
}

/// The table as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

/// What the rows sum up to, in each step and in all, per currency.
async fn totals(cx: &Cx, spec: &TableSpec, query: &TableQuery) -> Result<Markup, Problem> {
    let lang = cx.lang();
    let mut facts = Facts::new();
    let mut steps = vec![("due-total", query.clone())];
    if query.get("ritardo").is_none_or(str::is_empty) {
        steps.extend(AGES.iter().map(|(age, key, _)| (*key, query.clone().with("ritardo", *age))));
    }
    let mut is_empty = true;
    for (key, query) in steps {
        for total in spec.totals(cx, &query, "d.amount", "d.currency").await? {
            is_empty = false;
            facts = facts.text(lang.t(key), lang.money(total.minor, &total.currency));
        }
    }
    if is_empty {
        return Ok(Markup::default());
    }
    Ok(Markup::of(&Card::new("totals", lang.t("due-totals")).body(&facts)))
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_tables_make_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec().mistakes(&lang), Vec::<String>::new());
            assert_eq!(super::super::failed::spec().mistakes(&lang), Vec::<String>::new());
        }
    }
}

//! `/crm/transactions`: the ledger, with what its rows sum up to.

use askama::Template;
use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec, TableView};
use plugin_api::ui::{Action, Card, Facts, Head, Markup, Tone};
use plugin_api::{Cx, Page, Problem};

use super::BOOK;
use crate::paths;

const KINDS: &[(&str, &str, Tone)] = &[
    ("attivazione", "transaction-kind-activation", Tone::Neutral),
    ("rinnovo", "transaction-kind-renewal", Tone::Neutral),
    ("posticipata", "transaction-kind-postponed", Tone::Info),
];

const STATES: &[(&str, &str, Tone)] = &[
    ("saldata", "transaction-state-paid", Tone::Ok),
    ("aperta", "transaction-state-open", Tone::Warn),
    ("scaduta", "transaction-state-overdue", Tone::Bad),
    ("stornata", "transaction-state-corrected", Tone::Neutral),
    ("storno", "transaction-state-correction", Tone::Neutral),
];

/// The same precedence as [`labels::state`](super::labels::state).
const STATE: &str = "case when t.reverses is not null then 'storno' \
    when t.reversed_by is not null then 'stornata' \
    when t.kind <> 'postponed' or t.settled_at is not null then 'saldata' \
    when t.due_at < {now} - {now} % 86400000 then 'scaduta' else 'aperta' end";

const KIND: &str = "case t.kind when 'activation' then 'attivazione' \
    when 'renewal' then 'rinnovo' else 'posticipata' end";

const METHODS: &[(&str, &str, Tone)] = &[
    ("bonifico", "method-bank-transfer", Tone::Neutral),
    ("carta", "method-card", Tone::Neutral),
    ("contanti", "method-cash", Tone::Neutral),
    ("assegno", "method-cheque", Tone::Neutral),
    ("addebito_diretto", "method-direct-debit", Tone::Neutral),
    ("altro", "method-other", Tone::Neutral),
];

/// How a way of paying is called in exports and in the API, as in `api/transazioni/body.rs`.
const METHOD: &str = "case case when t.settled_method <> '' then t.settled_method \
    else t.method end when 'bank_transfer' then 'bonifico' when 'card' then 'carta' \
    when 'cash' then 'contanti' when 'cheque' then 'assegno' \
    when 'direct_debit' then 'addebito_diretto' when 'other' then 'altro' end";

/// Where the entries come from.
const SOURCE: Source = Source {
    from: "customer_accounts_transaction t \
        join customer_accounts_customer c on c.customer_id = t.customer_id",
    id: "t.transaction_id",
    scope: "t.organisation_id",
};

/// The ledger, with the Italian names that software uses in filters and exports.
pub(crate) fn spec() -> TableSpec {
    let table = TableSpec::new(paths::LEDGER, "transactions", SOURCE).column(
        Column::text("cliente", "c.name")
            .label("transaction-customer")
            .folded("c.name_folded")
            .filterable(),
    );
    columns(table)
        .row_link(paths::TRANSACTION)
        .search(&["c.name_folded", "t.search_folded"])
        .preset("transactions-open", "stato=aperta,scaduta&sort=scadenza")
        .preset("transactions-overdue", "stato=scaduta&sort=scadenza")
}

/// The entries of one customer.
pub(super) fn of_customer(id: &str) -> TableSpec {
    let table = TableSpec::new(paths::transactions(id), "transactions", SOURCE)
        .only("t.customer_id = ?", [id.into()]);
    columns(table).row_link(paths::TRANSACTION).search(&["t.search_folded"]).primary(
        "transaction-new",
        paths::transaction_new(id),
        BOOK,
    )
}

/// The entries of the customer whose node this is, for himself: nothing leads to what he may not.
pub(super) fn own(organisation_id: &str) -> TableSpec {
    let table = TableSpec::new(paths::MY_TRANSACTIONS, "transactions", SOURCE)
        .only("t.organisation_id = ?", [organisation_id.into()]);
    columns(table).search(&["t.search_folded"]).empty("transactions-empty", "")
}

fn columns(table: TableSpec) -> TableSpec {
    let table = table
        .column(
            Column::date("data", "t.happened_at").label("transaction-date").sortable().filterable(),
        )
        .column(
            Column::choice("tipo", KIND, KINDS).label("transaction-kind").sortable().filterable(),
        )
        .column(
            Column::money("importo", "t.amount", "t.currency")
                .label("transaction-amount")
                .sortable()
                .filterable(),
        )
        .column(
            Column::choice("stato", STATE, STATES)
                .label("transaction-state")
                .sortable()
                .filterable(),
        )
        .column(
            Column::date("scadenza", "t.due_at").label("transaction-due").sortable().filterable(),
        )
        .column(
            Column::choice("metodo", METHOD, METHODS)
                .label("transaction-method")
                .sortable()
                .filterable(),
        )
        .column(Column::text("licenza", "t.licence_name").label("transaction-licence"));
    table
        .column(
            Column::date("saldata_il", "t.settled_at")
                .label("transaction-settled")
                .sortable()
                .filterable()
                .optional(),
        )
        .column(
            Column::mono("valuta", "t.currency")
                .label("transaction-currency")
                .filterable()
                .optional(),
        )
        .column(Column::text("note", "t.notes").label("transaction-notes").optional())
        .column(Column::mono("riferimento", "t.reference").label("transaction-ref").optional())
        .default_sort("data", Order::Descending)
        .empty("transactions-empty", "transactions-empty-hint")
}

/// A table with sums above it.
#[derive(Debug, Template)]
#[template(path = "customer-accounts/ledger.html")]
pub(super) struct LedgerPage {
    /// Its head.
    pub head: Head,
    /// The tabs of a customer, if it is one's.
    pub tabs: Markup,
    /// The sums.
    pub totals: Markup,
    /// The rows.
    pub table: TableView,
}

/// What the rows sum up to, per currency; nothing when there are none.
pub(super) async fn totals(
    cx: &Cx,
    spec: &TableSpec,
    query: &TableQuery,
) -> Result<Markup, Problem> {
    let totals = spec.totals(cx, query, "t.amount", "t.currency").await?;
    if totals.is_empty() {
        return Ok(Markup::default());
    }
    let lang = cx.lang();
    let facts = totals.iter().fold(Facts::new(), |facts, total| {
        facts.text(
            lang.n("transactions-entries", total.entries),
            lang.money(total.minor, &total.currency),
        )
    });
    Ok(Markup::of(&Card::new("totals", lang.t("transactions-totals")).body(&facts)))
}

/// The page.
pub(super) async fn handle(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let (lang, spec) = (cx.lang(), spec());
    let ageing = Action::link(lang.t("ageing"), cx.url(paths::AGEING)).icon("clock");
    let page = LedgerPage {
        head: spec.head(&cx).action(&ageing),
        tabs: Markup::default(),
        totals: totals(&cx, &spec, &query).await?,
        table: spec.load(&cx, &query).await?,
    };
    Page::new(lang.t("transactions"), &page)
}

/// The ledger as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_tables_make_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec().mistakes(&lang), Vec::<String>::new());
            assert_eq!(super::of_customer("x").mistakes(&lang), Vec::<String>::new());
            assert_eq!(super::own("x").mistakes(&lang), Vec::<String>::new());
        }
    }
}

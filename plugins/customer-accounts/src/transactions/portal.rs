//! What an end customer sees of the ledger: his own entries, nothing to change.

use axum::response::Response;
use plugin_api::table::TableQuery;
use plugin_api::ui::{Action, Card, Empty, Head, Markup};
use plugin_api::{Cx, Page, Problem};

use super::entry::kind_text;
use super::labels::{kind_label, label, state};
use super::list::{LedgerPage, own, totals};
use crate::rows::{Cell, Rows};
use crate::{paths, store};

/// How many entries the card shows.
const LATEST: u32 = 5;

/// A card with the latest entries of a customer in the caller's branch, for a page of his own.
pub(crate) async fn portal_card(cx: &Cx, customer_id: &str) -> Result<Markup, Problem> {
    let (lang, db) = (cx.lang(), cx.db());
    let latest = store::transactions::of_customer(&db, cx.scope(), customer_id, LATEST).await?;
    let all = Action::link(lang.t("transactions-all"), cx.url(paths::MY_TRANSACTIONS));
    let card = Card::new("transactions", lang.t("transactions")).action(&all);
    if latest.is_empty() {
        return Ok(Markup::of(&card.body(&Empty::new(lang.t("transactions-empty"), ""))));
    }
    let headers = ["date", "kind", "amount", "state"].map(|name| label(&lang, name));
    let rows = Rows::new("transactions-title", headers, false, &lang);
    let rows = latest.iter().fold(rows, |rows, entry| {
        let cells = vec![
            Cell::Text(lang.date(entry.happened_at)),
            Cell::Text(kind_label(&lang, kind_text(entry.kind))),
            Cell::Text(lang.money(entry.amount, &entry.currency)),
            Cell::Component(Markup::of(&state(&lang, entry, cx.now()))),
        ];
        rows.row(cells, Markup::default())
    });
    Ok(Markup::of(&card.body(&rows)))
}

/// `/crm/my-account/transactions`: all of the caller's own entries.
pub(super) async fn handle(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let (lang, spec) = (cx.lang(), own(&cx.caller().organisation_id));
    let page = LedgerPage {
        head: Head::new(lang.t("transactions"))
            .back(lang.t("my-account"), cx.url(paths::MY_ACCOUNT)),
        tabs: Markup::default(),
        totals: totals(&cx, &spec, &query).await?,
        table: spec.load(&cx, &query).await?,
    };
    Page::new(lang.t("transactions"), &page)
}

/// The same as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    own(&cx.caller().organisation_id).export(&cx, &query).await
}

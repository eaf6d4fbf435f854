//! `/crm/customers/{id}/transactions`: what one customer paid and owes.

use axum::response::Response;
use plugin_api::table::TableQuery;
use plugin_api::ui::{Action, Head, Markup};
use plugin_api::{Cx, Page, Path, Problem};

use super::BOOK;
use super::list::{self, LedgerPage};
use crate::found::found;
use crate::labels::badge;
use crate::paths;
use crate::tabs::tabs;

/// The page.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let customer = found(&cx, &id).await?;
    let (lang, spec) = (cx.lang(), list::of_customer(&id));
    let mut head = Head::new(customer.name())
        .back(lang.t("customers"), cx.url(paths::LIST))
        .badge(badge(&lang, customer.state));
    if cx.may(BOOK) && customer.is_open() {
        let href = cx.url(&paths::transaction_new(&id));
        head = head.action(&Action::link(lang.t("transaction-new"), href).icon("plus").primary());
    }
    let page = LedgerPage {
        head,
        tabs: Markup::of(&tabs(&cx, &customer, paths::TRANSACTIONS).await?),
        totals: list::totals(&cx, &spec, &query).await?,
        table: spec.load(&cx, &query).await?,
    };
    Page::new(customer.name(), &page)
}

/// The entries as a file.
pub(super) async fn export(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    found(&cx, &id).await?;
    list::of_customer(&id).export(&cx, &query).await
}

//! `/crm/transactions/{id}`: one entry of the ledger, and what can be done with it.

use askama::Template;
use plugin_api::time::date;
use plugin_api::ui::{Card, Confirm, Facts, Field, Head};
use plugin_api::{Cx, Page, Path, Problem};

use super::BOOK;
use super::create::methods;
use super::entry::{Transaction, kind_text};
use super::labels::{kind_label, label, method, state};
use super::settle::named;
use crate::domain::Customer;
use crate::found::found;
use crate::paths;

#[derive(Template)]
#[template(path = "customer-accounts/transaction.html")]
struct ShowPage {
    head: Head,
    card: Card,
}

/// The page.
pub(super) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let entry = named(&cx, &id).await?;
    let customer = found(&cx, &entry.customer_id).await?;
    let lang = cx.lang();
    let title = format!(
        "{} {}",
        kind_label(&lang, kind_text(entry.kind)),
        lang.money(entry.amount, &entry.currency)
    );
    let head = Head::new(&title)
        .back(customer.name(), cx.url(&paths::transactions(&customer.customer_id)))
        .badge(state(&lang, &entry, cx.now()));
    let card = Card::new("entry", lang.t("details")).body(&facts(&cx, &customer, &entry));
    Page::new(title, &ShowPage { head: actions(&cx, head, &entry), card })
}

fn actions(cx: &Cx, head: Head, entry: &Transaction) -> Head {
    if !cx.may(BOOK) || !entry.is_correctable() {
        return head;
    }
    let (lang, id) = (cx.lang(), &entry.transaction_id);
    let reverse = Confirm::new(
        &lang,
        "reverse",
        lang.t("transaction-reverse"),
        cx.url(&paths::reverse(id)),
        lang.t("transaction-reverse-consequence"),
    )
    .field(&Field::textarea("reason", lang.t("transaction-reason")).maxlength(4_000));
    let head = head.action(&reverse);
    if entry.is_open() {
        let way = Field::select("method", label(&lang, "method")).value(&entry.method);
        let day = Field::date("date", label(&lang, "settled")).value(date(cx.now())).required();
        let settle = Confirm::new(
            &lang,
            "settle",
            lang.t("transaction-settle"),
            cx.url(&paths::settle(id)),
            lang.t("transaction-settle-consequence"),
        )
        .primary()
        .field(&day)
        .field(&methods(&lang, way));
        return head.action(&settle);
    }
    if !entry.is_settled() {
        return head;
    }
    let reopen = Confirm::new(
        &lang,
        "reopen",
        lang.t("transaction-reopen"),
        cx.url(&paths::reopen(id)),
        lang.t("transaction-reopen-consequence"),
    );
    head.action(&reopen)
}

fn facts(cx: &Cx, customer: &Customer, entry: &Transaction) -> Facts {
    let lang = cx.lang();
    let day = |at: Option<i64>| at.map_or_else(String::new, |at| lang.date(at));
    let other = |facts: Facts, key: &str, id: Option<&String>| match id {
        Some(id) => {
            let href = cx.url(&paths::transaction(id));
            facts.link(label(&lang, key), lang.t("transaction-open"), href)
        }
        None => facts,
    };
    let href = cx.url(&paths::customer(&customer.customer_id));
    let facts = Facts::new()
        .link(label(&lang, "customer"), customer.name(), href)
        .text(label(&lang, "date"), lang.date(entry.happened_at))
        .text(label(&lang, "amount"), lang.money(entry.amount, &entry.currency))
        .text(label(&lang, "method"), method(&lang, &entry.method))
        .text(label(&lang, "due"), day(entry.due_at))
        .text(label(&lang, "settled"), day(entry.settled_at))
        .text(label(&lang, "settled-method"), method(&lang, &entry.settled_method))
        .text(label(&lang, "licence"), entry.licence_name.as_str())
        .text(label(&lang, "notes"), entry.notes.as_str())
        .text(label(&lang, "ref"), entry.reference.clone().unwrap_or_default())
        .text(label(&lang, "booked-at"), lang.instant(entry.created_at));
    let facts = other(facts, "reverses", entry.reverses.as_ref());
    other(facts, "reversed-by", entry.reversed_by.as_ref())
}

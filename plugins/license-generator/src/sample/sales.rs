//! What the licences of the sample were sold for, in the ledger of whoever keeps it.

use plugin_api::contracts::ledger::{self, Book, TransactionKind};
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};

use crate::domain::licence::LicenceType;
use crate::issue::{Issued, Order};

/// Older sales are before the ledger began, in days.
const OLDEST: i64 = 540;

/// How customers paid, in turn.
const METHODS: [&str; 5] = ["bank_transfer", "card", "bank_transfer", "direct_debit", ""];

/// The sale of the licence number `n`; none when it costs nothing, is the vendor's own or too old.
pub(super) fn of(cx: &Cx, order: &Order, n: usize) -> Option<Book> {
    let amount = order.terms.price.filter(|price| *price > 0 && !order.terms.internal)?;
    let at = order.starts_at;
    if at < cx.now() - OLDEST * DAY {
        return None;
    }
    let kind = match (order.terms.r#type, n % 5) {
        (_, 4) => TransactionKind::Postponed,
        (LicenceType::Subscription, 1 | 2) => TransactionKind::Renewal,
        _ => TransactionKind::Activation,
    };
    let postponed = kind == TransactionKind::Postponed;
    let method = METHODS.iter().cycle().nth(n).copied().unwrap_or_default();
    Some(Book {
        account_id: order.account.account_id.clone(),
        kind,
        amount,
        currency: order.terms.currency.clone(),
        at,
        due_at: postponed.then_some(at + 60 * DAY),
        method: if postponed { "" } else { method }.to_owned(),
        notes: String::new(),
        licence_id: String::new(),
        licence_name: order.product.name.clone(),
        reference: String::new(),
    })
}

/// Books the sale of the licence that was issued, once.
pub(super) async fn book(cx: &Cx, sale: Book, issued: &Issued) -> Result<(), Fault> {
    let sale = Book {
        licence_name: format!("{} {}", sale.licence_name, issued.key.hint()),
        reference: format!("licence:{}", issued.licence_id),
        licence_id: issued.licence_id.clone(),
        ..sale
    };
    cx.service(&ledger::BOOK, &sale).await.map(drop)
}

//! What the licences of the sample were sold for, in the ledger of whoever keeps it.

use plugin_api::contracts::ledger::{self, Book, TransactionKind};
use plugin_api::db::Batch;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Scope};

use crate::domain::licence::LicenceType;
use crate::domain::payment::{Kind, Mode};
use crate::issue::{Issued, Order};
use crate::store;
use crate::store::licences::change;
use crate::store::renewals::Renewal;

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
    let booked = cx.service(&ledger::BOOK, &sale).await?;
    match sale.due_at {
        Some(due_at) => owe(cx, &sale, due_at, booked.transaction_id).await,
        None => Ok(()),
    }
}

/// Notes that the sale is still to be paid.
async fn owe(cx: &Cx, sale: &Book, due_at: i64, transaction_id: String) -> Result<(), Fault> {
    let everything = Scope::everything();
    let licence = store::licences::get(&cx.db(), &everything, &sale.licence_id).await?;
    let licence = licence.ok_or_else(|| Fault::internal("a sample licence is missing"))?;
    let owed = Renewal {
        renewal_id: cx.fresh_id(),
        licence_id: licence.licence_id.clone(),
        kind: Kind::Sale,
        mode: Mode::Postponed,
        automatic: false,
        old_end: None,
        new_end: None,
        amount: sale.amount,
        currency: sale.currency.clone(),
        discount: 0,
        due_at: Some(due_at),
        paid_at: None,
        cancelled_at: None,
        transaction_id: Some(transaction_id),
        reference: None,
        at: sale.at,
        by_name: String::new(),
    };
    let row = store::renewals::insertion(&owed, &licence.organisation_id, &licence.account_id);
    let owing = change::owing(&everything, &licence.licence_id, Some(due_at), None);
    cx.db().batch(Batch::new().and(row).and(owing)).await.map(drop)
}

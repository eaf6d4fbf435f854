//! The sale a licence is issued with.

use plugin_api::contracts::ledger::{self, Book, TransactionKind};
use plugin_api::{Cx, Fault};

use super::{Issued, Order};

/// What a licence was sold for.
pub(super) struct Sale {
    account_id: String,
    product: String,
    amount: i64,
    currency: String,
    due_at: Option<i64>,
}

impl Sale {
    /// The sale of an order; none when it costs nothing or is for the vendor's own use.
    pub(super) fn of(order: &Order) -> Option<Self> {
        let amount = order.quote.price.filter(|price| *price > 0 && !order.terms.internal)?;
        Some(Self {
            account_id: order.account.account_id.clone(),
            product: order.product.name.clone(),
            amount,
            currency: order.quote.currency.clone(),
            due_at: order.terms.due_at,
        })
    }

    /// Books it with whoever keeps the ledger, on the transaction that issues the licence.
    pub(super) async fn book(self, cx: &Cx, issued: &Issued) -> Result<(), Fault> {
        let later = self.due_at.is_some();
        let book = Book {
            account_id: self.account_id,
            kind: if later { TransactionKind::Postponed } else { TransactionKind::Activation },
            amount: self.amount,
            currency: self.currency,
            at: cx.now(),
            due_at: self.due_at,
            method: String::new(),
            notes: String::new(),
            licence_name: format!("{} {}", self.product, issued.key.hint()),
            reference: format!("licence:{}", issued.licence_id),
            licence_id: issued.licence_id.clone(),
        };
        cx.service(&ledger::BOOK, &book).await.map(drop)
    }
}

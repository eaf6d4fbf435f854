//! The sale a licence is issued with.

use plugin_api::contracts::ledger::{self, Book, TransactionKind};
use plugin_api::{Cx, Fault};

use super::{Issued, Order};
use crate::domain::payment::{Kind, Mode};
use crate::store::renewals::{Renewal, insertion};
use crate::story;

/// What a licence was sold for.
pub(super) struct Sale {
    account_id: String,
    organisation_id: String,
    product: String,
    amount: i64,
    currency: String,
    discount: i64,
    ends_at: Option<i64>,
    due_at: Option<i64>,
}

impl Sale {
    /// The sale of an order; none when it costs nothing or is for the vendor's own use.
    pub(super) fn of(order: &Order) -> Option<Self> {
        let amount = order.quote.price.filter(|price| *price > 0 && !order.terms.internal)?;
        Some(Self {
            account_id: order.account.account_id.clone(),
            organisation_id: order.account.organisation_id.clone(),
            product: order.product.name.clone(),
            amount,
            currency: order.quote.currency.clone(),
            discount: order.quote.discount,
            ends_at: order.terms.expires_at,
            due_at: order.terms.due_at,
        })
    }

    /// Books it with whoever keeps the ledger, on the transaction that issues the licence.
    pub(super) async fn book(self, cx: &Cx, issued: &Issued) -> Result<(), Fault> {
        let later = self.due_at.is_some();
        let book = Book {
            account_id: self.account_id.clone(),
            kind: if later { TransactionKind::Postponed } else { TransactionKind::Activation },
            amount: self.amount,
            currency: self.currency.clone(),
            at: cx.now(),
            due_at: self.due_at,
            method: String::new(),
            notes: String::new(),
            licence_name: format!("{} {}", self.product, issued.key.hint()),
            reference: format!("licence:{}", issued.licence_id),
            licence_id: issued.licence_id.clone(),
        };
        let booked = cx.service(&ledger::BOOK, &book).await?;
        let payment = Renewal {
            renewal_id: cx.fresh_id(),
            licence_id: issued.licence_id.clone(),
            kind: Kind::Sale,
            mode: if later { Mode::Postponed } else { Mode::Paid },
            automatic: false,
            old_end: None,
            new_end: self.ends_at,
            amount: self.amount,
            currency: self.currency,
            discount: self.discount,
            due_at: self.due_at,
            paid_at: None,
            cancelled_at: None,
            transaction_id: Some(booked.transaction_id),
            reference: None,
            at: cx.now(),
            by_name: story::who(cx.caller()),
        };
        let row = insertion(&payment, &self.organisation_id, &self.account_id);
        cx.db().execute(row).await.map(drop)
    }
}

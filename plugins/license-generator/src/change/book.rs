//! What a change of a licence costs, in the ledger and with the licence.

use plugin_api::Cx;
use plugin_api::contracts::ledger::{self, Book, TransactionKind};

use super::patch::Cost;
use crate::domain::licence::Licence;
use crate::domain::payment::{Kind, Mode};
use crate::issue::NotIssued;
use crate::renewals::{Payment, due, owing_from};
use crate::store::renewals::{Renewal, insertion};
use crate::story;

/// Books what a change costs, and notes it with the licence.
pub(super) async fn book(
    cx: &Cx,
    licence: &Licence,
    cost: &Cost,
    now: &Licence,
) -> Result<(), NotIssued> {
    let converts = now.converted_at != licence.converted_at;
    let kind = if converts { Kind::Conversion } else { Kind::Change };
    let (due_at, method) = match cost.payment {
        Payment::Paid(method) => (None, method),
        Payment::Postponed(asked) => (Some(due(cx, licence, asked).await?), ""),
    };
    let renewal_id = cx.fresh_id();
    let book = Book {
        account_id: licence.account_id.clone(),
        kind: if due_at.is_some() {
            TransactionKind::Postponed
        } else {
            TransactionKind::Activation
        },
        amount: cost.amount,
        currency: cost.currency.clone(),
        at: cx.now(),
        due_at,
        method: method.to_owned(),
        notes: String::new(),
        licence_id: licence.licence_id.clone(),
        licence_name: format!("{} {}", licence.product_name, licence.key_hint),
        reference: format!("{}:{renewal_id}", kind.as_str()),
    };
    let booked = cx.service(&ledger::BOOK, &book).await?;
    let payment = Renewal {
        renewal_id,
        licence_id: licence.licence_id.clone(),
        kind,
        mode: if due_at.is_some() { Mode::Postponed } else { Mode::Paid },
        automatic: false,
        old_end: licence.expires_at,
        new_end: now.expires_at,
        amount: cost.amount,
        currency: cost.currency.clone(),
        discount: 0,
        due_at,
        paid_at: None,
        cancelled_at: None,
        transaction_id: Some(booked.transaction_id),
        reference: None,
        at: cx.now(),
        by_name: story::who(cx.caller()),
    };
    let row = insertion(&payment, &licence.organisation_id, &licence.account_id);
    cx.db().execute(row).await?;
    if let Some(due_at) = due_at {
        cx.db().execute(owing_from(cx, now, due_at)).await?;
    }
    Ok(())
}

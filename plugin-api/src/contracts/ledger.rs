//! How other plugins book the money of a licence with whoever keeps the ledger.

use serde::{Deserialize, Serialize};

use super::Contract;

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransactionKind {
    /// A licence was sold (`attivazione`).
    Activation,
    /// A licence was renewed (`rinnovo`).
    Renewal,
    /// To be paid later (`posticipato`): it has a due date.
    Postponed,
}

/// Books a transaction; the same `reference` of the same account is booked once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Book {
    /// Whose transaction it is.
    pub account_id: String,
    /// What it is for.
    pub kind: TransactionKind,
    /// Minor units; not negative.
    pub amount: i64,
    /// ISO 4217.
    pub currency: String,
    /// When it happened, unix milliseconds.
    pub at: i64,
    /// When it is due, unix milliseconds: a postponed one must have it, no other may.
    pub due_at: Option<i64>,
    /// `bank_transfer`, `card`, `cash`, `cheque`, `direct_debit`, `other`, or empty when not known.
    pub method: String,
    /// Free text.
    pub notes: String,
    /// The licence it is for; empty for none.
    pub licence_id: String,
    /// What people call that licence.
    pub licence_name: String,
    /// Names the act it stands for, so that a repetition books nothing; empty for none.
    pub reference: String,
}

/// A transaction that is booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booked {
    /// Its id.
    pub transaction_id: String,
}

/// Books a transaction in the caller's branch; on the caller's transaction when it is on one.
pub const BOOK: Contract<Book, Booked> = Contract::new("ledger.book.v1");

/// Settles a postponed transaction: it was paid.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Settle {
    /// The transaction.
    pub transaction_id: String,
    /// When it was paid, unix milliseconds; the day counts.
    pub at: i64,
    /// How, as in [`Book::method`].
    pub method: String,
}

/// Settles a postponed transaction in the caller's branch; answers whether it is settled now: false
/// when it is not postponed, or was corrected. On the caller's transaction when it is on one.
pub const SETTLE: Contract<Settle, bool> = Contract::new("ledger.settle.v1");

/// Event: a postponed transaction was paid, or is to be paid again, or never; payload is a [`Paid`].
pub const PAID: &str = "ledger.paid.v1";

/// What became of a postponed transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// It was paid.
    Paid,
    /// It was not paid after all.
    Reopened,
    /// A correction took it back: nobody is to pay it.
    Cancelled,
}

/// What is told of a postponed transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// The transaction.
    pub transaction_id: String,
    /// The account it belongs to.
    pub account_id: String,
    /// The licence it is for; empty for none.
    pub licence_id: String,
    /// What it was booked with; empty for none.
    pub reference: String,
    /// What became of it.
    pub settlement: Settlement,
    /// When it was paid; when it was taken back otherwise. Unix milliseconds.
    pub at: i64,
}

//! An entry of the ledger: what it may hold, and the rules of settling and correcting it.

use plugin_api::contracts::ledger::TransactionKind;
use plugin_api::money;
use plugin_api::time::{DAY, parse_date};
use serde::{Deserialize, Serialize};

use crate::domain::Refusal;

/// The ways money comes.
pub const METHODS: [&str; 6] = ["bank_transfer", "card", "cash", "cheque", "direct_debit", "other"];

/// The most an entry may be over, minor units: sums of millions of them still fit.
pub(super) const MOST: i64 = 1_000_000_000_000;

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// Its id.
    pub transaction_id: String,
    /// Whose it is.
    pub customer_id: String,
    /// The node of that customer.
    pub organisation_id: String,
    /// What it is for.
    pub kind: TransactionKind,
    /// Minor units; negative when it corrects another one.
    pub amount: i64,
    /// ISO 4217.
    pub currency: String,
    /// When it happened, unix milliseconds.
    pub happened_at: i64,
    /// When it is due, unix milliseconds; a postponed one has it.
    pub due_at: Option<i64>,
    /// When a postponed one was paid, unix milliseconds.
    pub settled_at: Option<i64>,
    /// How it was paid in the end: one of [`METHODS`], or empty.
    pub settled_method: String,
    /// One of [`METHODS`], or empty when not known.
    pub method: String,
    /// Free text.
    pub notes: String,
    /// The licence it is for; empty for none.
    pub licence_id: String,
    /// What people call that licence.
    pub licence_name: String,
    /// The act it stands for, so that it is booked once.
    pub reference: Option<String>,
    /// The entry this one corrects.
    pub reverses: Option<String>,
    /// The entry that corrects this one.
    pub reversed_by: Option<String>,
    /// When it was booked, unix milliseconds.
    pub created_at: i64,
    /// Id of the user, token or job that booked it.
    pub created_by: String,
}

impl Transaction {
    /// Whether it is still to be paid.
    pub fn is_open(&self) -> bool {
        self.kind == TransactionKind::Postponed
            && self.settled_at.is_none()
            && self.is_correctable()
    }

    /// Whether it was postponed and then paid, so that this may be taken back.
    pub fn is_settled(&self) -> bool {
        self.kind == TransactionKind::Postponed
            && self.settled_at.is_some()
            && self.is_correctable()
    }

    /// Whether another entry may correct it: none did, and it corrects none.
    pub fn is_correctable(&self) -> bool {
        self.reverses.is_none() && self.reversed_by.is_none()
    }

    /// Whether it should have been paid before the day of `now`.
    pub fn is_overdue(&self, now: i64) -> bool {
        self.is_open() && self.due_at.is_some_and(|due| due < start_of_day(now))
    }

    /// The entry that takes this one back, booked at `now`.
    #[must_use]
    pub fn reversal(&self, transaction_id: String, now: i64, by: String, notes: String) -> Self {
        Self {
            transaction_id,
            amount: -self.amount,
            happened_at: now,
            settled_at: None,
            settled_method: String::new(),
            notes,
            reference: None,
            reverses: Some(self.transaction_id.clone()),
            created_at: now,
            created_by: by,
            ..self.clone()
        }
    }
}

/// The first millisecond of the day of `at`, UTC.
pub(super) fn start_of_day(at: i64) -> i64 {
    at - at.rem_euclid(DAY)
}

/// How a kind stands in the database and in forms.
pub fn kind_text(kind: TransactionKind) -> &'static str {
    match kind {
        TransactionKind::Activation => "activation",
        TransactionKind::Renewal => "renewal",
        TransactionKind::Postponed => "postponed",
    }
}

/// An entry as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// `activation`, `renewal` or `postponed`.
    pub kind: String,
    /// `12.50` or `12,50`.
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `YYYY-MM-DD`; empty unless postponed.
    pub due: String,
    /// One of [`METHODS`], or empty.
    pub method: String,
    /// Free text.
    pub notes: String,
    /// Id of a licence; empty for none.
    pub licence: String,
}

/// An entry that makes sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What it is for.
    pub kind: TransactionKind,
    /// Minor units, positive.
    pub amount: i64,
    /// ISO 4217.
    pub currency: String,
    /// Unix milliseconds.
    pub happened_at: i64,
    /// Unix milliseconds.
    pub due_at: Option<i64>,
    /// One of [`METHODS`], or empty.
    pub method: String,
    /// Free text.
    pub notes: String,
    /// Id of a licence; empty for none.
    pub licence_id: String,
}

impl Draft {
    /// The entry, or everything that is wrong with it.
    pub fn check(&self) -> Result<Checked, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let mut refuse = |field, key| refusals.push(Refusal { field, key });
        let kind = match self.kind.as_str() {
            "activation" => Some(TransactionKind::Activation),
            "renewal" => Some(TransactionKind::Renewal),
            "postponed" => Some(TransactionKind::Postponed),
            _ => {
                refuse("kind", "field-option");
                None
            }
        };
        let currency = self.currency.trim().to_uppercase();
        let amount = money::parse(&self.amount, &currency);
        match amount {
            None => refuse("amount", "field-amount"),
            Some(amount) if !(1..=MOST).contains(&amount) => refuse("amount", "field-range"),
            Some(_) => {}
        }
        if !is_currency(&currency) {
            refuse("currency", "field-currency");
        }
        let happened_at = parse_date(&self.date);
        if happened_at.is_none() {
            refuse("date", "field-date");
        }
        let due = self.due.trim();
        let due_at = parse_date(due);
        match (kind, due_at) {
            (Some(TransactionKind::Postponed), None) if due.is_empty() => {
                refuse("due", "field-required");
            }
            (_, None) if !due.is_empty() => refuse("due", "field-date"),
            (Some(TransactionKind::Postponed), Some(due)) if Some(due) < happened_at => {
                refuse("due", "field-due-before");
            }
            (Some(TransactionKind::Activation | TransactionKind::Renewal), Some(_)) => {
                refuse("due", "field-due-without");
            }
            _ => {}
        }
        if !is_method(&self.method) {
            refuse("method", "field-option");
        }
        let notes = self.notes.trim().replace("\r\n", "\n");
        if notes.chars().count() > 4_000 {
            refuse("notes", "field-too-long");
        }
        let (Some(kind), Some(amount), Some(happened_at), true) =
            (kind, amount, happened_at, refusals.is_empty())
        else {
            return Err(refusals);
        };
        let (method, licence_id) = (self.method.clone(), self.licence.trim().to_owned());
        Ok(Checked { kind, amount, currency, happened_at, due_at, method, notes, licence_id })
    }
}

/// Whether `method` is one of [`METHODS`], or empty.
pub fn is_method(method: &str) -> bool {
    method.is_empty() || METHODS.contains(&method)
}

/// Whether `code` looks like ISO 4217.
pub fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
#[path = "entry_tests.rs"]
mod tests;

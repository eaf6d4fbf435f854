//! What other plugins may ask of whoever keeps the customers, and what they hear of them.
//!
//! Published view, for lists that show, search and sort by customer:
//! `customer_accounts_v1(account_id, name, name_folded, state, organisation_id)`.

use serde::{Deserialize, Serialize};

use super::Contract;

/// An account as other plugins see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub account_id: String,
    /// Company name.
    pub name: String,
    /// Its own node of the organisation tree: rows about it carry this id.
    pub organisation_id: String,
    /// Whether it is a customer or a prospect.
    pub kind: AccountKind,
    /// Whether it was validated.
    pub state: AccountState,
}

/// What kind of account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Has bought something.
    Customer,
    /// May buy something.
    Prospect,
}

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Checked by somebody of ours (`convalidato`).
    Validated,
    /// Registered, not checked yet (`in_attesa`).
    Awaiting,
    /// Not to be served (`sospeso`).
    Suspended,
}

/// Asks for one account in the caller's branch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Find {
    /// Its id.
    pub account_id: String,
}

/// Asks for accounts by the beginning of a word of their name, for a chooser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Search {
    /// What was typed; empty for the most recent.
    pub text: String,
    /// At most so many.
    pub limit: u32,
}

/// Asks who receives somebody of whom this is known; empty for not known.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Receive {
    /// Province or region; two letters in Italy.
    pub province: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Code of the product that is wanted.
    pub product: String,
    /// The code of a reseller that was typed.
    pub code: String,
}

/// Who receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiver {
    /// The node of the organisation tree.
    pub organisation_id: String,
    /// The name of the rule that decided; empty when a code did or none matched.
    pub rule: String,
}

/// Asks for the account another system means, and to enter it if there is none; empty for not known.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Enter {
    /// How the system of the caller's organisation calls it.
    pub reference: String,
    /// Its VAT number, an Italian one if it does not say otherwise.
    pub vat_number: String,
    /// Its whole name.
    pub name: String,
    /// Where its mails go; only for a new one.
    pub email: String,
    /// What is done if there is none.
    pub missing: Missing,
}

/// What is done about an account that is not there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Nothing.
    #[default]
    Leave,
    /// It is checked whether it could be entered; nothing is written.
    Check,
    /// It is entered.
    Enter,
}

/// The account that was meant, or entered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Entered {
    /// The account; none if there is none, also after [`Missing::Check`].
    pub account: Option<Account>,
    /// Why there is none, or why it could not be entered, in the caller's language; empty for no
    /// reason but that nobody has it.
    pub problem: String,
}

/// One account, or none in the caller's branch; asked for one that was merged into another, that other.
pub const FIND: Contract<Find, Option<Account>> = Contract::new("accounts.find.v1");

/// Accounts whose name matches, best first.
pub const SEARCH: Contract<Search, Vec<Account>> = Contract::new("accounts.search.v1");

/// The account that is meant; run it on a transaction if it may be entered.
pub const ENTER: Contract<Enter, Entered> = Contract::new("accounts.enter.v1");

/// Event: two accounts became one; payload is a [`Merged`].
pub const MERGED: &str = "accounts.merged.v1";

/// Two accounts that became one: rows about `from` belong to `into` from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// What is gone.
    pub from: Account,
    /// What stays.
    pub into: Account,
}

/// Who receives, by the assignment rules as they stand; the vendor when none matches.
pub const RECEIVER: Contract<Receive, Receiver> = Contract::new("accounts.receiver.v1");

/// Event: an account changed its state; payload is an [`Account`].
pub const STATE_CHANGED: &str = "accounts.state_changed.v1";

/// Asks which accounts in the caller's branch somebody may be, of whom this is known.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Alike {
    /// The VAT number, as it was written; empty for not known.
    pub vat_number: String,
    /// The company name, as it was written; empty for not known.
    pub name: String,
    /// At most so many.
    pub limit: u32,
}

/// An account that somebody may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// The account.
    pub account: Account,
    /// Its VAT number; empty for none.
    pub vat_number: String,
    /// Why it may be.
    pub reason: Likely,
    /// How likely it is, 0 to 100.
    pub score: u32,
}

/// Why an account may be somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likely {
    /// The VAT number is the same.
    SameVatNumber,
    /// The name is the same but for case, accents, punctuation and the form of the company.
    SameName,
    /// The names have most of their words in common.
    SimilarName,
}

/// The accounts that somebody may be, the likeliest first.
pub const ALIKE: Contract<Alike, Vec<Likeness>> = Contract::new("accounts.alike.v1");

//! Customers and prospects: what is known of one, and the rules of its state.

mod act;
pub mod alike;
mod check;
mod countries;
mod merge;
mod part;

use plugin_api::contracts::accounts::{Account, AccountKind, AccountState};
use serde::{Deserialize, Serialize};

pub use act::Act;
pub use check::{Refusal, limit};
pub use countries::{countries, country_key, is_country};
pub use merge::{THEIRS, is_disputed, united};
pub use part::{Answers, Control, Part, PartKind, Question, checked};

/// Master data that is plain text; a field nobody filled in is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Master {
    /// Company name (`ragione sociale`), or the name of a person.
    pub name: String,
    /// VAT number (`partita IVA`); an Italian one without its `IT`.
    pub vat_number: String,
    /// Tax code (`codice fiscale`).
    pub tax_code: String,
    /// Legal form, as its country calls it: `S.r.l.`, `GmbH`.
    pub legal_form: String,
    /// Where mails go.
    pub email: String,
    /// Telephone, as people write it.
    pub phone: String,
    /// Street and number.
    pub address: String,
    /// What does not fit there: building, floor, "c/o".
    pub address_line_2: String,
    /// Postal code (`CAP`).
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Province or region; two letters in Italy.
    pub province: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Certified mail (`PEC`).
    pub pec: String,
    /// Italian fiscal regime (`RegimeFiscale` of `FatturaPA`), `RF01` to `RF19`.
    pub fiscal_regime: String,
    /// Where electronic invoices go: `codice destinatario` of the Sistema di Interscambio.
    pub sdi_code: String,
    /// Its web site, with `https://`.
    pub website: String,
    /// The currency it is charged in, ISO 4217.
    pub currency: String,
    /// How another system calls it.
    pub external_reference: String,
    /// Language of mails: `en`, `it`, or empty when not known.
    pub language: String,
    /// Free words with commas between them, none twice.
    pub tags: String,
    /// Free text of several lines.
    pub notes: String,
}

impl Master {
    /// Every field with the name of its column, in the order people read them.
    pub fn fields(&self) -> [(&'static str, &str); 21] {
        [
            ("name", &self.name),
            ("legal_form", &self.legal_form),
            ("vat_number", &self.vat_number),
            ("tax_code", &self.tax_code),
            ("email", &self.email),
            ("phone", &self.phone),
            ("website", &self.website),
            ("address", &self.address),
            ("address_line_2", &self.address_line_2),
            ("postal_code", &self.postal_code),
            ("city", &self.city),
            ("province", &self.province),
            ("country", &self.country),
            ("pec", &self.pec),
            ("sdi_code", &self.sdi_code),
            ("fiscal_regime", &self.fiscal_regime),
            ("currency", &self.currency),
            ("external_reference", &self.external_reference),
            ("language", &self.language),
            ("tags", &self.tags),
            ("notes", &self.notes),
        ]
    }
}

/// Master data as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// `customer` or `prospect`.
    #[serde(default)]
    pub kind: String,
    /// The texts.
    #[serde(flatten)]
    pub master: Master,
}

impl Default for Draft {
    fn default() -> Self {
        let master = Master { country: "IT".to_owned(), ..Master::default() };
        Self { kind: kind_text(AccountKind::Customer).to_owned(), master }
    }
}

/// Master data that was checked; only [`Draft::check`] and the database make it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Customer or prospect.
    pub kind: AccountKind,
    /// The texts.
    #[serde(flatten)]
    pub master: Master,
}

impl From<Details> for Draft {
    fn from(details: Details) -> Self {
        Self { kind: kind_text(details.kind).to_owned(), master: details.master }
    }
}

/// A customer or prospect.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Customer {
    /// Its id.
    pub customer_id: String,
    /// Its own node of the organisation tree.
    pub organisation_id: String,
    /// What is known of it.
    #[serde(flatten)]
    pub details: Details,
    /// Where it stands.
    pub state: AccountState,
    /// Counts its changes, from 1.
    pub version: i64,
    /// When it was entered, unix milliseconds.
    pub created_at: i64,
    /// When it last changed, unix milliseconds.
    pub updated_at: i64,
    /// Id of the user, token or job that entered it.
    pub created_by: String,
    /// The node of the tree that looks after it: its own node lies below that one.
    pub assigned_to: String,
    /// What people call the organisation that looks after it; an agent's is the one above him.
    #[serde(default)]
    pub organisation: String,
    /// What people call the agent who looks after it; empty when an organisation does.
    #[serde(default)]
    pub agent: String,
    /// The customer this record was merged into; empty when it stands for itself.
    #[serde(default)]
    pub merged_into: String,
    /// When what is personal of it was erased, unix milliseconds.
    #[serde(default)]
    pub erased_at: Option<i64>,
}

impl Customer {
    /// What people call it.
    pub fn name(&self) -> &str {
        &self.details.master.name
    }

    /// Whether it may still change: not when it was merged into another or erased.
    pub fn is_open(&self) -> bool {
        self.merged_into.is_empty() && self.erased_at.is_none()
    }

    /// The tags one by one.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.details.master.tags.split(", ").filter(|tag| !tag.is_empty())
    }

    /// It as other plugins see it.
    pub fn account(&self) -> Account {
        Account {
            account_id: self.customer_id.clone(),
            name: self.name().to_owned(),
            organisation_id: self.organisation_id.clone(),
            kind: self.details.kind,
            state: self.state,
        }
    }
}

/// The state of who is entered by somebody who may validate, or may not.
pub fn initial_state(entered_by_validator: bool) -> AccountState {
    if entered_by_validator { AccountState::Validated } else { AccountState::Awaiting }
}

/// Whether a state may follow another: nobody goes back to waiting.
pub fn may_follow(from: AccountState, to: AccountState) -> bool {
    from != to && to != AccountState::Awaiting
}

/// How a state stands in the database and in forms.
pub fn state_text(state: AccountState) -> &'static str {
    match state {
        AccountState::Validated => "validated",
        AccountState::Awaiting => "awaiting",
        AccountState::Suspended => "suspended",
    }
}

/// How a kind stands in the database and in forms.
pub fn kind_text(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Customer => "customer",
        AccountKind::Prospect => "prospect",
    }
}

/// Whether `id` can be an id at all; anything else names nothing.
pub fn is_id(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_goes_back_to_waiting_and_nothing_follows_itself() {
        use AccountState::{Awaiting, Suspended, Validated};
        for from in [Awaiting, Suspended, Validated] {
            assert!(!may_follow(from, Awaiting));
            assert!(!may_follow(from, from));
        }
        assert!(may_follow(Awaiting, Validated) && may_follow(Suspended, Validated));
        assert!(may_follow(Awaiting, Suspended) && may_follow(Validated, Suspended));
    }

    #[test]
    fn states_and_kinds_are_written_as_serde_reads_them() {
        for state in [AccountState::Validated, AccountState::Awaiting, AccountState::Suspended] {
            assert_eq!(serde_json::to_value(state).unwrap(), state_text(state));
        }
        for kind in [AccountKind::Customer, AccountKind::Prospect] {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind_text(kind));
        }
    }
}

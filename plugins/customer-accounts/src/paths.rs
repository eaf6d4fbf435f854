//! Where the pages and the API of this plugin live, below the base path.

use std::fmt::Write as _;

/// The list of customers.
pub const LIST: &str = "/crm/customers";
/// The list as a file.
pub const LIST_EXPORT: &str = "/crm/customers/export";
/// The form for a new customer.
pub const NEW: &str = "/crm/customers/new";
/// Customers that are there twice.
pub const DUPLICATES: &str = "/crm/customers/duplicates";
/// Customers from a file.
pub const IMPORT: &str = "/crm/customers/import";
/// One import.
pub const IMPORT_ONE: &str = "/crm/customers/import/{id}";
/// One customer.
pub const SHOW: &str = "/crm/customers/{id}";
/// The form that changes a customer.
pub const EDIT: &str = "/crm/customers/{id}/edit";
/// Takes a change of state.
pub const STATE: &str = "/crm/customers/{id}/state";
/// Contacts and users of the portal.
pub const PEOPLE: &str = "/crm/customers/{id}/people";
/// Invites a user of the portal.
pub const INVITE: &str = "/crm/customers/{id}/people/invite";
/// Bars a user of the portal, lets him in again, or withdraws an invitation.
pub const BAR: &str = "/crm/customers/{id}/people/bar";
/// What was issued to a customer.
pub const LICENCES: &str = "/crm/customers/{id}/licences";
/// Where the software of a customer is installed.
pub const INSTALLATIONS: &str = "/crm/customers/{id}/installations";
/// What a customer paid and owes.
pub const TRANSACTIONS: &str = "/crm/customers/{id}/transactions";
/// Everything that happened to a customer.
pub const TIMELINE: &str = "/crm/customers/{id}/timeline";
/// The states of a customer.
pub const HISTORY: &str = "/crm/customers/{id}/history";
/// The states of a customer, as a file.
pub const HISTORY_EXPORT: &str = "/crm/customers/{id}/history/export";
/// Who looks after a customer.
pub const ASSIGN: &str = "/crm/customers/{id}/assign";
/// Makes one customer of two.
pub const MERGE: &str = "/crm/customers/{id}/merge";
/// Everything kept of a customer, as a file.
pub const PERSONAL_DATA: &str = "/crm/customers/{id}/personal-data";
/// Erases what is personal of a customer.
pub const ERASE: &str = "/crm/customers/{id}/erase";
/// What an end customer sees of himself.
pub const MY_ACCOUNT: &str = "/crm/my-account";
/// The form with which he changes how he is reached.
pub const MY_ACCOUNT_EDIT: &str = "/crm/my-account/edit";
/// The ledger.
pub const LEDGER: &str = "/crm/transactions";
/// The ledger as a file.
pub const LEDGER_EXPORT: &str = "/crm/transactions/export";
/// What is still to be paid, by how late it is.
pub const AGEING: &str = "/crm/transactions/ageing";
/// One entry of the ledger.
pub const TRANSACTION: &str = "/crm/transactions/{id}";
/// Settles an entry.
pub const SETTLE: &str = "/crm/transactions/{id}/settle";
/// Takes a settlement back.
pub const REOPEN: &str = "/crm/transactions/{id}/reopen";
/// Corrects an entry by another one.
pub const REVERSE: &str = "/crm/transactions/{id}/reverse";
/// What a customer paid and owes, as a file.
pub const TRANSACTIONS_EXPORT: &str = "/crm/customers/{id}/transactions/export";
/// The form for an entry of a customer.
pub const TRANSACTION_NEW: &str = "/crm/customers/{id}/transactions/new";
/// What an end customer paid and owes.
pub const MY_TRANSACTIONS: &str = "/crm/my-account/transactions";
/// The same as a file.
pub const MY_TRANSACTIONS_EXPORT: &str = "/crm/my-account/transactions/export";
/// Customers who registered and wait to be validated.
pub const WAITING: &str = "/crm/customers/waiting";
/// The same as a file.
pub const WAITING_EXPORT: &str = "/crm/customers/waiting/export";
/// Many of them, validated or handed on at once.
pub const WAITING_SEVERAL: &str = "/crm/customers/waiting/several";
/// One of them.
pub const WAITING_ONE: &str = "/crm/customers/waiting/{id}";
/// Who receives whom.
pub const RULES: &str = "/crm/customers/rules";
/// The form for a new rule.
pub const RULE_NEW: &str = "/crm/customers/rules/new";
/// One rule.
pub const RULE: &str = "/crm/customers/rules/{id}";
/// Changes the order of rules.
pub const RULE_MOVE: &str = "/crm/customers/rules/{id}/move";
/// Switches a rule on or off.
pub const RULE_SWITCH: &str = "/crm/customers/rules/{id}/switch";
/// Deletes a rule.
pub const RULE_DELETE: &str = "/crm/customers/rules/{id}/delete";
/// Hands on who waits, as the rules say.
pub const RULES_APPLY: &str = "/crm/customers/rules/apply";
/// Gives an organisation a code.
pub const CODES: &str = "/crm/customers/rules/codes";
/// Takes a code away.
pub const CODE_DELETE: &str = "/crm/customers/rules/codes/{code}/delete";
/// The collection of the API.
pub const API: &str = "/api/admin/clienti";

/// The page of the customer `id`.
pub fn customer(id: &str) -> String {
    format!("{LIST}/{id}")
}

macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident => $last:literal),* $(,)?) => {$(
        $(#[$doc])*
        pub fn $name(id: &str) -> String {
            format!(concat!("{}/{}/", $last), LIST, id)
        }
    )*};
}

pages! {
    /// The form that changes the customer `id`.
    edit => "edit",
    /// Where a change of state of the customer `id` is posted to.
    state => "state",
    /// Contacts and users of the portal of the customer `id`.
    people => "people",
    /// Where an invitation is posted to.
    invite => "people/invite",
    /// Where a bar is posted to.
    bar => "people/bar",
    /// What was issued to the customer `id`.
    licences => "licences",
    /// Where the software of the customer `id` is installed.
    installations => "installations",
    /// What the customer `id` paid and owes.
    transactions => "transactions",
    /// The form for an entry of the customer `id`.
    transaction_new => "transactions/new",
    /// Everything that happened to the customer `id`.
    timeline => "timeline",
    /// The states of the customer `id`.
    history => "history",
    /// Who looks after the customer `id`.
    assign => "assign",
    /// Makes one customer of two, of which `id` survives.
    merge => "merge",
    /// Everything kept of the customer `id`, as a file.
    personal_data => "personal-data",
    /// Erases what is personal of the customer `id`.
    erase => "erase",
}

/// The customer `id` in the API.
pub fn api(id: &str) -> String {
    format!("{API}/{id}")
}

/// The page of the entry `id` of the ledger.
pub fn transaction(id: &str) -> String {
    format!("{LEDGER}/{id}")
}

/// Where the settlement of the entry `id` is posted to.
pub fn settle(id: &str) -> String {
    format!("{LEDGER}/{id}/settle")
}

/// Where it is posted to that the entry `id` was not paid after all.
pub fn reopen(id: &str) -> String {
    format!("{LEDGER}/{id}/reopen")
}

/// Where the correction of the entry `id` is posted to.
pub fn reverse(id: &str) -> String {
    format!("{LEDGER}/{id}/reverse")
}

/// The form of the rule `id`.
pub fn rule(id: &str) -> String {
    format!("{RULES}/{id}")
}

/// Where a change of the place of the rule `id` is posted to.
pub fn rule_move(id: &str) -> String {
    format!("{RULES}/{id}/move")
}

/// Where it is posted to that the rule `id` is asked or not.
pub fn rule_switch(id: &str) -> String {
    format!("{RULES}/{id}/switch")
}

/// Where the deletion of the rule `id` is posted to.
pub fn rule_delete(id: &str) -> String {
    format!("{RULES}/{id}/delete")
}

/// Where the removal of a folded code is posted to.
pub fn code_delete(code: &str) -> String {
    let mut path = format!("{CODES}/");
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
    path + "/delete"
}

/// One waiting customer.
pub fn waiting(id: &str) -> String {
    format!("{WAITING}/{id}")
}

//! Accounts that somebody may be, by VAT number and by the beginning of their name.

use plugin_api::contracts::accounts::Account;
use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// An account that may be meant.
#[derive(Debug, Clone, Deserialize)]
pub struct Candidate {
    /// The account.
    #[serde(flatten)]
    pub account: Account,
    /// Its VAT number; empty for none.
    pub vat_number: String,
}

const SELECT: &str = "select customer_id as account_id, name, organisation_id, kind, state, \
    vat_number from customer_accounts_customer";

/// Accounts with this VAT number, with or without its country, at most ten.
pub async fn of_vat_number(db: &Db, scope: &Scope, vat: &str) -> Result<Vec<Candidate>, Fault> {
    let select = format!(
        "{SELECT} where vat_number in (?, ?) and merged_into = '' and erased_at is null \
         and {{scope}} order by customer_id limit 10"
    );
    let select = Statement::new(select).bind(vat).bind(format!("IT{vat}"));
    db.all(select.scope(scope, "organisation_id")).await
}

/// Accounts whose name begins with a word, by name, at most `limit`.
pub async fn beginning_with(
    db: &Db,
    scope: &Scope,
    word: &str,
    limit: usize,
) -> Result<Vec<Candidate>, Fault> {
    // A range and not `like`, so that both databases use the index.
    let select = format!(
        "{SELECT} where name_folded >= ? and name_folded < ? and merged_into = '' \
         and erased_at is null and {{scope}} order by name_folded, customer_id limit ?"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let select = Statement::new(select).bind(word).bind(format!("{word}\u{10ffff}")).bind(limit);
    db.all(select.scope(scope, "organisation_id")).await
}

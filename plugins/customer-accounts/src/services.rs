//! What other plugins may ask: one account by its id, and accounts by the beginning of a word.

use plugin_api::contracts::accounts::{Account, Find, Search};
use plugin_api::{Cx, Fault};

use crate::domain::Customer;
use crate::store;

/// One account in the caller's branch; the one it became when it was merged into another.
pub(crate) async fn find(cx: Cx, asked: Find) -> Result<Option<Account>, Fault> {
    let found = store::survivor(&cx.db(), cx.scope(), &asked.account_id).await?;
    Ok(found.as_ref().map(Customer::account))
}

/// Accounts in the caller's branch, best first.
pub(crate) async fn search(cx: Cx, asked: Search) -> Result<Vec<Account>, Fault> {
    store::search(&cx.db(), cx.scope(), &asked.text, asked.limit).await
}

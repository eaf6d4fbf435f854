//! The customer a request names.

use plugin_api::{Cx, Problem};

use crate::domain::Customer;
use crate::store;

/// The customer `id` in the caller's branch.
pub(crate) async fn found(cx: &Cx, id: &str) -> Result<Customer, Problem> {
    store::find(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

/// The customer `id`, when it may still change.
pub(crate) async fn open(cx: &Cx, id: &str) -> Result<Customer, Problem> {
    let customer = found(cx, id).await?;
    if customer.is_open() { Ok(customer) } else { Err(Problem::conflict("customer_closed")) }
}

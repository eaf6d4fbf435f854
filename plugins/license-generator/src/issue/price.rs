//! What an order costs.

use plugin_api::Cx;
use plugin_api::contracts::accounts::Account;

use super::{NotIssued, Quote};
use crate::domain::draft::Terms;
use crate::domain::product::{Module, Product};
use crate::store::licences::NewGrant;

/// The price of `terms` for `account`.
#[expect(clippy::unused_async, reason = "price lists are read from the database")]
pub(super) async fn quote(
    _cx: &Cx,
    terms: &Terms,
    _account: &Account,
    _product: &Product,
    _modules: &[Module],
    _grants: &[NewGrant],
) -> Result<Quote, NotIssued> {
    let (list, discount) = (terms.price, terms.discount);
    Ok(Quote { list, discount, price: terms.price, currency: terms.currency.clone() })
}

//! A draft whose customer, product, modules and price were found.

use plugin_api::contracts::accounts::Account;

use crate::domain::catalogue::Line;
use crate::domain::choices::Origin;
use crate::domain::draft::Terms;
use crate::domain::product::Product;
use crate::domain::state::StoredState;
use crate::store::licences::NewGrant;

/// Terms whose customer, product, modules and price were found.
#[derive(Debug, Clone)]
pub struct Order {
    /// The terms.
    pub terms: Terms,
    /// The customer.
    pub account: Account,
    /// The product.
    pub product: Product,
    /// Its modules as the licence has them.
    pub grants: Vec<NewGrant>,
    /// What it costs.
    pub quote: Quote,
    /// The state it begins in.
    pub state: StoredState,
    /// Its first millisecond.
    pub starts_at: i64,
    /// How it comes into being.
    pub origin: Origin,
    /// The bulk run it belongs to.
    pub bulk_id: Option<String>,
    /// Names a licence of the sample.
    pub marker: Option<String>,
}

/// What an order costs; amounts in minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quote {
    /// By the price list.
    pub list: Option<i64>,
    /// What is taken off, hundredths of a percent.
    pub discount: i64,
    /// In the end.
    pub price: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// What `list` is made of, for one seat.
    pub lines: Vec<Line>,
    /// How many seats are paid for.
    pub seats: i64,
}

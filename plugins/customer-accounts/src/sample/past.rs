//! What became of the sample's customers since they were entered: some were suspended, one resumed.

use plugin_api::contracts::accounts::AccountState;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};

use crate::domain::Customer;
use crate::store::{self, Change};

/// Why customers were suspended, in turn.
const REASONS: [&str; 3] = [
    "Fatture scadute da oltre novanta giorni.",
    "Ha chiesto una pausa fino alla prossima stagione.",
    "Non risponde più: da risentire in primavera.",
];

/// The customer that was suspended for a while and is served again.
const RESUMED: usize = 13;

/// The customer as it was entered: nobody is entered as suspended.
pub(super) fn began(customer: &Customer) -> Customer {
    let state = match customer.state {
        AccountState::Suspended => AccountState::Validated,
        state => state,
    };
    Customer { state, ..customer.clone() }
}

/// Brings the customer into the state it has now; answers it as it is then.
pub(super) async fn live_through(
    cx: &Cx,
    number: usize,
    began: Customer,
    now: &Customer,
) -> Result<Customer, Fault> {
    let age = cx.now() - began.created_at;
    let suspended_at = morning(began.created_at + age * 3 / 5);
    let reason = REASONS.get((number + 1) % REASONS.len()).copied().unwrap_or_default();
    if number == RESUMED {
        let suspended = change(cx, began, AccountState::Suspended, suspended_at, reason).await?;
        let resumed_at = suspended_at + 21 * DAY;
        return change(cx, suspended, AccountState::Validated, resumed_at, "").await;
    }
    if now.state == began.state {
        return Ok(began);
    }
    change(cx, began, now.state, suspended_at, reason).await
}

/// Ten o'clock of the day of `at`.
fn morning(at: i64) -> i64 {
    at - at.rem_euclid(DAY) + DAY * 10 / 24
}

async fn change(
    cx: &Cx,
    before: Customer,
    state: AccountState,
    at: i64,
    reason: &str,
) -> Result<Customer, Fault> {
    let after = Customer { state, updated_at: at, ..before.clone() };
    match store::replace(cx, cx.scope(), &before, &after, reason).await? {
        Change::Done => Ok(Customer { version: after.version + 1, ..after }),
        Change::Stale => Err(Fault::internal("a sample customer changed while it was made")),
    }
}

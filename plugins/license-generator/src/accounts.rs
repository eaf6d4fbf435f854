//! What happens to licences when something happens to their customer.

use plugin_api::contracts::accounts::{self, Account, AccountState, Merged};
use plugin_api::db::Audit;
use plugin_api::lent::Event;
use plugin_api::{Cx, Fault};
use serde_json::json;

use crate::change_state::apply;
use crate::domain::choices::SuspendedFor;
use crate::domain::transition::{Change, Standing};
use crate::store;

/// Licences told of at most when two customers become one.
const MOST: u32 = 500;

/// A customer who was validated has his waiting licences confirmed along with him; one who is
/// suspended has his licences suspended until he is not any more.
pub(crate) async fn state_changed(cx: Cx, event: Event) -> Result<(), Fault> {
    let told: Account = serde_json::from_value(event.payload)?;
    // Events come in no promised order: what counts is what the customer is now.
    let asked = accounts::Find { account_id: told.account_id.clone() };
    match cx.service(&accounts::FIND, &asked).await? {
        Some(account) if account.account_id == told.account_id => follow(&cx, &account).await,
        _ => Ok(()),
    }
}

/// Lets the licences of a customer follow him.
async fn follow(cx: &Cx, account: &Account) -> Result<(), Fault> {
    let confirms: bool = cx.setting("confirm-with-customer").await?;
    let suspended = account.state == AccountState::Suspended;
    let (db, scope) = (cx.db(), cx.scope());
    let mut after = String::new();
    loop {
        let ids =
            store::renewal_failures::of_account(&db, scope, &account.account_id, &after).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        last.clone_into(&mut after);
        for id in &ids {
            let Some(licence) = store::licences::get(&db, scope, id).await? else { continue };
            let change = match (Standing::of(&licence), account.state) {
                (_, AccountState::Suspended) => Change::Suspend(SuspendedFor::Account),
                (Standing::Suspended(SuspendedFor::Account), _) => {
                    Change::Resume(SuspendedFor::Account)
                }
                (Standing::Awaiting, AccountState::Validated) if confirms => Change::Confirm,
                _ => continue,
            };
            apply(cx, &licence, change, suspended).await?;
        }
    }
}

/// The licences of a customer that was merged into another go with it, seats and log included;
/// those that waited with him wait no longer with one who is validated.
pub(crate) async fn merged(cx: Cx, event: Event) -> Result<(), Fault> {
    let Merged { from, into } = serde_json::from_value(event.payload)?;
    let db = cx.db();
    // An event comes again: then there is nothing left to hand over, and nothing to tell.
    let left = store::licences::of_account(&db, cx.scope(), &from.account_id, MOST).await?;
    let handing_over = store::licences::handing_over(cx.scope(), &from, &into);
    let batch = left.iter().fold(handing_over, |batch, licence| {
        let audit = Audit::of("licence.handed_over", &licence.licence_id)
            .named(format!("{} {}", licence.product_name, licence.key_hint))
            .in_organisation(&into.organisation_id)
            .before(json!({ "account": from.account_id }))
            .after(json!({ "account": into.account_id }));
        batch.audit(audit)
    });
    db.batch(batch).await?;
    follow(&cx, &into).await
}

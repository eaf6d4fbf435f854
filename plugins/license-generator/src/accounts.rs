//! What happens to licences when something happens to their customer.

use plugin_api::contracts::accounts::{Account, AccountState, Merged};
use plugin_api::contracts::timeline;
use plugin_api::db::{Audit, Batch};
use plugin_api::lent::Event;
use plugin_api::{Cx, Fault};
use serde_json::json;

use crate::domain::state::StoredState;
use crate::{store, story};

/// Licences handled at most for one event; nobody has more that wait.
const MOST: u32 = 500;

/// A customer who was validated has his waiting licences confirmed along with him.
pub(crate) async fn state_changed(cx: Cx, event: Event) -> Result<(), Fault> {
    let account: Account = serde_json::from_value(event.payload)?;
    confirm(&cx, &account).await
}

/// Confirms the waiting licences of a customer who is validated, if they are to follow him.
async fn confirm(cx: &Cx, account: &Account) -> Result<(), Fault> {
    let follows: bool = cx.setting("confirm-with-customer").await?;
    if account.state != AccountState::Validated || !follows {
        return Ok(());
    }
    let (db, scope) = (cx.db(), cx.scope());
    let licences = store::licences::of_account(&db, scope, &account.account_id, MOST).await?;
    for licence in licences.iter().filter(|known| known.state_stored == StoredState::Awaiting) {
        let (from, to) = (StoredState::Awaiting, StoredState::Active);
        let action = "licence.confirmed";
        let audit = Audit::of(action, &licence.licence_id)
            .named(format!("{} {}", licence.product_name, licence.key_hint))
            .in_organisation(&licence.organisation_id)
            .before(json!({ "state": from.as_str() }))
            .after(json!({ "state": to.as_str() }));
        let batch = Batch::new()
            .and(store::licences::transition(scope, &licence.licence_id, from, to))
            .audit(audit)
            .emit(timeline::HAPPENED, story::entry(cx, licence.into(), action, ""));
        match db.batch(batch).await {
            // Somebody was faster, or the event came twice.
            Err(fault) if fault.is_mismatch("state") => {}
            other => other.map(drop)?,
        }
    }
    Ok(())
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
    confirm(&cx, &into).await
}

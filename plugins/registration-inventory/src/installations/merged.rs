//! What happens to installations when two customers become one.

use plugin_api::contracts::accounts::Merged;
use plugin_api::db::{Audit, Batch};
use plugin_api::lent::Event;
use plugin_api::{Cx, Fault};
use serde_json::json;

use crate::store::{installations, suggestions};

/// Installations handed over in one batch.
const AT_ONCE: usize = 500;

/// The installations of a customer that was merged into another go with it.
pub(super) async fn handle(cx: Cx, event: Event) -> Result<(), Fault> {
    let Merged { from, into } = serde_json::from_value(event.payload)?;
    let (db, scope) = (cx.db(), cx.scope());
    // An event comes again: then there is nothing left to hand over, and nothing to tell.
    let ids = installations::ids_of_account(&db, scope, &from.account_id).await?;
    for ids in ids.chunks(AT_ONCE) {
        let audit = Audit::of("installation.handed_over", &from.account_id)
            .named(&into.name)
            .in_organisation(&into.organisation_id)
            .before(json!({ "account": from.account_id }))
            .after(json!({ "account": into.account_id, "installations": ids.len() }));
        let batch = Batch::new().audit(audit);
        db.batch(installations::handing_over(batch, scope, ids, &from, &into)).await?;
    }
    // Companies that were said to be the one are the other from now on.
    db.execute(installations::renaming(&from, &into)).await?;
    // One plugin hears an event once: whom companies may be is looked for again here, too.
    db.execute(suggestions::forgotten()).await.map(drop)
}

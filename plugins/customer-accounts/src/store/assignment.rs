//! Who looks after a customer: the node of the tree its own node lies below.

use plugin_api::db::{Audit, Batch, Statement};
use plugin_api::{Cx, Fault, Scope};
use serde_json::json;

use super::{Node, merged, timeline};
use crate::domain::Customer;
use crate::happened::Happening;

/// Moves the node of `customer` below `to`, which must lie in the caller's branch, with the audit
/// row and the line of the timeline; aborts as a mismatch of `customer` when it is gone. The records
/// that were merged into it come along: the branch it leaves is to read neither.
pub async fn assignment(
    cx: &Cx,
    scope: &Scope,
    customer: &Customer,
    to: &Node,
) -> Result<Batch, Fault> {
    let touch = Statement::new(
        "update customer_accounts_customer set updated_at = ?, version = version + 1 \
         where customer_id = ? and merged_into = '' and erased_at is null and {scope}",
    )
    .bind(cx.now())
    .bind(&customer.customer_id)
    .scope(scope, "organisation_id")
    .label("customer")
    .expect_rows(1);
    let audit = Audit::of("customer.assigned", &customer.customer_id)
        .named(customer.name())
        .in_organisation(&customer.organisation_id)
        .before(json!({ "assigned_to": customer.assigned_to }))
        .after(json!({ "assigned_to": to.organisation_id, "assigned_to_name": to.name }));
    let told = Happening::of("customer.assigned", "building")
        .saying(cx, |lang| lang.with("timeline-assigned", &[("to", to.name.as_str())]));
    let batch = Batch::new()
        .and(touch)
        .and(timeline::entry(&cx.fresh_id(), &told.entry(cx, customer)))
        .move_organisation(&customer.organisation_id, &to.organisation_id)
        .audit(audit);
    let merged = merged(&cx.db(), scope, &customer.customer_id).await?;
    Ok(merged.iter().fold(batch, |batch, merged| {
        batch.move_organisation(&merged.organisation_id, &to.organisation_id)
    }))
}

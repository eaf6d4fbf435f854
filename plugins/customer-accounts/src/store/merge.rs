//! Two customers made one, in one transaction.

use plugin_api::contracts::accounts::{MERGED, Merged};
use plugin_api::db::{Batch, Statement};
use plugin_api::{Cx, Fault, Scope};
use serde_json::Value as Json;

use super::customers::{audit, differences, written};
use super::{states, timeline};
use crate::domain::{Act, Customer, Details};
use crate::happened::Happening;

/// What belongs to a customer and goes over to the survivor; lines of the timeline stay where they
/// are, because it is read with those of the customers that were merged.
const MOVED: [&str; 5] = [
    "customer_accounts_contact",
    "customer_accounts_site",
    "customer_accounts_note",
    "customer_accounts_state",
    "customer_accounts_transaction",
];

/// Makes `from` a name for `into`, whose master data become `details`; a mismatch of `customer` when
/// either changed since it was read.
pub async fn merge(
    cx: &Cx,
    scope: &Scope,
    (into, from): (&Customer, &Customer),
    details: Details,
) -> Result<(), Fault> {
    let after = Customer { details, updated_at: cx.now(), ..into.clone() };
    let mut batch =
        Batch::new().and(survivor(scope, into, &after)).and(gone(cx, scope, into, from));
    for alone in [
        "update customer_accounts_contact set is_primary = 0",
        "update customer_accounts_site set is_primary = 0, is_legal = 0",
    ] {
        let update = Statement::new(format!("{alone} where customer_id = ? and {{scope}}"));
        batch = batch.and(update.bind(&from.customer_id).scope(scope, "organisation_id"));
    }
    for table in MOVED {
        let update = Statement::new(format!(
            "update {table} set customer_id = ?, organisation_id = ? \
             where customer_id = ? and {{scope}}"
        ))
        .bind(&into.customer_id)
        .bind(&into.organisation_id)
        .bind(&from.customer_id)
        .scope(scope, "organisation_id");
        batch = batch.and(update);
    }
    let earlier = Statement::new(
        "update customer_accounts_customer set merged_into = ? where merged_into = ? and {scope}",
    )
    .bind(&into.customer_id)
    .bind(&from.customer_id)
    .scope(scope, "organisation_id");
    // What other systems call the one that goes is a name of the survivor.
    let external = Statement::new(
        "update customer_accounts_external set customer_id = ? where customer_id = ?",
    )
    .bind(&into.customer_id)
    .bind(&from.customer_id);
    let told = Happening::of("customer.merged", Act::Merged.icon())
        .saying(cx, |lang| lang.with("timeline-merged", &[("from", from.name())]));
    let (mut was, mut is) = differences(&into.details, &after.details);
    was.insert("merged".to_owned(), known(from));
    is.insert("merged_id".to_owned(), from.customer_id.as_str().into());
    batch = batch
        .and(earlier)
        .and(external)
        .and(states::recorded(cx, &after, Act::Merged, from.name()))
        .and(timeline::entry(&cx.fresh_id(), &told.entry(cx, &after)))
        .audit(audit("customer.merged", &after).before(was).after(is))
        .emit(MERGED, Merged { from: from.account(), into: after.account() });
    // What is still to be read of the one that goes is read where the survivor is, not where it was.
    if from.assigned_to != into.assigned_to {
        batch = batch.move_organisation(&from.organisation_id, &into.assigned_to);
    }
    if into.name() != after.name() {
        batch = batch.rename_organisation(&into.organisation_id, after.name());
    }
    cx.db().batch(batch).await.map(drop)
}

fn survivor(scope: &Scope, before: &Customer, after: &Customer) -> Statement {
    let columns = written(after);
    let set: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let update = Statement::new(format!(
        "update customer_accounts_customer set {} = ?, version = version + 1 {OPEN}",
        set.join(" = ?, ")
    ));
    guarded(update.bind_all(columns.into_iter().map(|(_, value)| value)), scope, before)
}

fn gone(cx: &Cx, scope: &Scope, into: &Customer, from: &Customer) -> Statement {
    let update = Statement::new(format!(
        "update customer_accounts_customer \
         set merged_into = ?, updated_at = ?, version = version + 1 {OPEN}"
    ));
    guarded(update.bind(&into.customer_id).bind(cx.now()), scope, from)
}

/// Which row such an update may touch.
const OPEN: &str = "where customer_id = ? and version = ? and merged_into = '' \
    and erased_at is null and {scope}";

fn guarded(update: Statement, scope: &Scope, read: &Customer) -> Statement {
    update
        .bind(&read.customer_id)
        .bind(read.version)
        .scope(scope, "organisation_id")
        .label("customer")
        .expect_rows(1)
}

/// What was known of the record that goes.
fn known(from: &Customer) -> Json {
    let fields = from.details.master.fields().into_iter().filter(|(_, text)| !text.is_empty());
    fields.map(|(field, text)| (field.to_owned(), Json::from(text))).collect()
}

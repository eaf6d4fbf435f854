//! Writes what was decided for a row.

use plugin_api::{Cx, Fault, FaultKind, Problem};

use super::Plan;
use crate::domain::{Customer, Part};
use crate::store::{self, Change, external};

/// Writes it on the transaction `tx` runs on.
pub(super) async fn write(tx: &Cx, plan: &Plan) -> Result<(), Problem> {
    if plan.changes_nothing() {
        return Ok(());
    }
    let after = Customer { updated_at: tx.now(), ..plan.after.clone() };
    match &plan.before {
        None => {
            claim(tx, &after).await?;
            store::insert(tx, &after).await?;
        }
        Some(before) if *before != plan.after => {
            let scope = tx.scope();
            if store::replace(tx, scope, before, &after, &plan.reason).await? == Change::Stale {
                return Err(changed().into());
            }
        }
        Some(_) => {}
    }
    if let Some(node) = &plan.moves_to {
        tx.db().batch(store::assignment(tx, tx.scope(), &after, node).await?).await?;
    }
    for (kind, answers) in &plan.parts {
        let part = Part {
            kind: *kind,
            part_id: tx.fresh_id(),
            answers: answers.clone(),
            author: String::new(),
            created_at: tx.now(),
        };
        store::write_part(tx, store::saving(tx, &after, None, &part)).await?;
    }
    Ok(())
}

/// Two imports of the same file at once cannot both make the customer a reference names.
pub(crate) async fn claim(tx: &Cx, customer: &Customer) -> Result<(), Fault> {
    let reference = customer.details.master.external_reference.as_str();
    let owner = tx.caller().organisation_id.as_str();
    if reference.is_empty() || owner.is_empty() {
        return Ok(());
    }
    let claim = external::claim((owner, reference), &customer.customer_id, tx.now());
    tx.db().execute(claim).await.map(drop)
}

fn changed() -> Fault {
    Fault::new(FaultKind::Mismatch, "the customer changed meanwhile").about("customer")
}

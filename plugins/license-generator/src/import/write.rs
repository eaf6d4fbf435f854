//! Writes what was decided for a row.

use plugin_api::contracts::timeline;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, Scope};

use super::plan::{Plan, Target};
use crate::domain::device::Device;
use crate::domain::licence::Licence;
use crate::domain::state::StoredState;
use crate::domain::transition::Standing;
use crate::issue::{self, Order};
use crate::store::activations::Taking;
use crate::store::legacy::{self, Imported};
use crate::store::licences::{change, revise::revision};
use crate::{store, story};

/// Writes it on the transaction `tx` runs on; answers the id of the licence.
pub(super) async fn write(tx: &Cx, plan: &Plan) -> Result<String, Fault> {
    let missing = || Fault::internal("what is written was found before");
    match &plan.target {
        Target::Same(licence) => Ok(licence.licence_id.clone()),
        Target::New => create(tx, plan, plan.order.clone().ok_or_else(missing)?).await,
        Target::Other(licence) => {
            update(tx, plan, licence, plan.order.clone().ok_or_else(missing)?).await?;
            Ok(licence.licence_id.clone())
        }
    }
}

async fn create(tx: &Cx, plan: &Plan, order: Order) -> Result<String, Fault> {
    let (customer, product) = (order.account.name.clone(), order.product.clone());
    let (mut new, _) = issue::new_licence(tx, order).await?;
    if let Some(key) = plan.own {
        issue::keep_key(tx, &mut new, key).await?;
    }
    let batch = issue::writing(&new, &customer, &product.code, &product.name);
    let batch = noted(tx, plan, batch, &new.licence_id, true).await?;
    tx.db().batch(batch).await?;
    finish(tx, plan, &new.licence_id).await?;
    Ok(new.licence_id)
}

async fn update(tx: &Cx, plan: &Plan, licence: &Licence, order: Order) -> Result<(), Fault> {
    let (new, _) = issue::new_licence(tx, order).await?;
    let audit = Audit::of("licence.imported_again", &licence.licence_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id);
    let told = story::entry(tx, licence.into(), "licence.changed", "");
    let batch = revision(tx.scope(), licence, &new, licence.converted_at)
        .audit(audit)
        .emit(timeline::HAPPENED, told);
    let batch = noted(tx, plan, batch, &licence.licence_id, false).await?;
    tx.db().batch(batch).await?;
    finish(tx, plan, &licence.licence_id).await
}

/// Adds that the row is done, and its old key unless it is there already.
async fn noted(
    tx: &Cx,
    plan: &Plan,
    batch: Batch,
    licence_id: &str,
    is_new: bool,
) -> Result<Batch, Fault> {
    let owner = tx.caller().organisation_id.clone();
    let imported =
        Imported { licence_id: licence_id.to_owned(), content_hash: plan.content.clone() };
    let what = (&imported, is_new);
    let batch = legacy::noting(batch, (&owner, &plan.identity), tx.now(), what);
    let Some(key) = &plan.legacy else { return Ok(batch) };
    let kept = key.kept(tx).await?;
    if legacy::shown(&tx.db(), &kept.key_hash).await?.is_some() {
        return Ok(batch);
    }
    Ok(batch.and(legacy::insertion(&kept, licence_id, tx.now(), &story::who(tx.caller()))))
}

/// Gives the devices their seats, then the licence its state: only one in force has seats to give.
async fn finish(tx: &Cx, plan: &Plan, licence_id: &str) -> Result<(), Fault> {
    let db = tx.db();
    let everything = Scope::everything();
    let licence = store::licences::get(&db, &everything, licence_id).await?;
    let licence =
        licence.ok_or_else(|| Fault::internal("a licence that was written is missing"))?;
    if licence.state_stored == StoredState::Active {
        // A time at which it was in force: it may be over by now.
        let end = licence.expires_at.unwrap_or(i64::MAX);
        let at = tx.now().min(end).max(licence.starts_at);
        for fingerprint in &plan.devices {
            let hash = fingerprint.hash();
            // One that gave its seat back since is not given it again.
            let seat = store::activations::of_device(&db, &everything, licence_id, &hash).await?;
            if seat.is_some() {
                continue;
            }
            let device = Device {
                fingerprint: fingerprint.clone(),
                name: plan.device_name.clone(),
                platform: String::new(),
            };
            let activation_id = tx.fresh_id();
            let taking = Taking::new(&activation_id, true, at);
            store::activations::take(&db, &licence, &device, taking, Batch::new()).await?;
        }
    }
    let (from, to) = (Standing::of(&licence), Standing::stored(plan.state, None));
    if licence.state_stored == plan.state || licence.state_stored == StoredState::Revoked {
        return Ok(());
    }
    db.execute(change::standing(&everything, licence_id, from, to)).await.map(drop)
}

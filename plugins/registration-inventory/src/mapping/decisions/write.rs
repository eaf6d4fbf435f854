//! One attempt at writing a decision.

use std::collections::BTreeMap;

use plugin_api::contracts::timeline::{self, Entry};
use plugin_api::db::{Audit, Batch};
use plugin_api::{Actor, Cx, Fault, Problem};

use super::{Change, Decision};
use crate::domain::State;
use crate::store::decisions::{self as store, Standing};
use crate::store::tally;
use crate::{READ, paths};

/// Whether installations were no longer as they were read.
pub(super) fn is_changed(problem: &Problem) -> bool {
    problem.fault().is_some_and(|fault| fault.is_mismatch(store::CHANGED))
}

/// A change that is one: before and after of an installation.
pub(super) struct Step {
    pub(super) id: String,
    pub(super) before: Standing,
    pub(super) after: Standing,
}

/// Reads where the installations stand and writes what becomes of them.
pub(super) async fn once(cx: &Cx, decision: &Decision) -> Result<(), Problem> {
    let wanted: BTreeMap<&str, &Change> =
        decision.changes.iter().map(|change| (change.installation_id.as_str(), change)).collect();
    let ids: Vec<&str> = wanted.keys().copied().collect();
    let found = store::standing(&cx.db(), cx.scope(), &ids).await?;
    if found.len() < ids.len() {
        return Err(Problem::not_found());
    }
    let steps = found.into_iter().filter_map(|one| {
        let change = wanted.get(one.installation_id.as_str())?;
        let after = after(&one.standing, change);
        let step = Step { id: one.installation_id, before: one.standing, after };
        (step.before != step.after).then_some(step)
    });
    let steps: Vec<Step> = steps.collect();
    let batch = moving(cx, decision.with.clone(), &steps);
    let summary = serde_json::to_string(&decision.summary).map_err(Fault::from)?;
    let actor = who(cx);
    let batch = batch.and(store::entered(
        (&decision.decision_id, &cx.caller().organisation_id),
        (cx.now(), &actor),
        (decision.kind.as_str(), &summary),
        steps.len(),
    ));
    let batch = steps.iter().try_fold(batch, |batch, step| {
        let before = serde_json::to_string(&step.before)?;
        let after = serde_json::to_string(&step.after)?;
        Ok::<_, Fault>(batch.and(store::kept(&decision.decision_id, &step.id, &before, &after)))
    })?;
    let batch = told(cx, batch, &steps);
    let audit = Audit::of("inventory_decision.taken", &decision.decision_id)
        .named(decision.kind.as_str())
        .in_organisation(&cx.caller().organisation_id)
        .after(&decision.summary);
    cx.db().batch(batch.audit(audit)).await?;
    Ok(())
}

/// Adds what moves installations, with the tally and the audit rows.
pub(super) fn moving(cx: &Cx, batch: Batch, steps: &[Step]) -> Batch {
    if steps.is_empty() {
        return batch;
    }
    let ids = || steps.iter().map(|step| step.id.as_str());
    let mut alike: BTreeMap<(&Standing, &Standing), Vec<&str>> = BTreeMap::new();
    for step in steps {
        alike.entry((&step.before, &step.after)).or_default().push(&step.id);
    }
    let batch = batch.and(tally::take_out(ids(), tally::OF_PEOPLE));
    let batch = alike.iter().fold(batch, |batch, ((before, after), ids)| {
        batch.and(store::moved(cx.scope(), ids, before, after))
    });
    let batch = batch.and(tally::put_in(ids(), tally::OF_PEOPLE));
    steps.iter().fold(batch, |batch, step| {
        let audit = Audit::of("installation.classified", &step.id)
            .in_organisation(&step.after.organisation_id)
            .before(&step.before)
            .after(&step.after);
        batch.audit(audit)
    })
}

/// What becomes of one that stands so.
fn after(before: &Standing, change: &Change) -> Standing {
    let mut after = before.clone();
    if let Some(state) = change.state {
        state.as_str().clone_into(&mut after.state);
        if state != State::Assigned {
            after.account_id = None;
            store::VENDOR.clone_into(&mut after.organisation_id);
            after.licence_id = None;
            after.licence_offered = false;
        }
    }
    if let Some(account) = &change.account {
        if after.account_id.as_deref() != Some(account.account_id.as_str()) {
            // A licence of one customer is not the licence of another.
            after.licence_id = None;
            after.licence_offered = false;
        }
        State::Assigned.as_str().clone_into(&mut after.state);
        after.account_id = Some(account.account_id.clone());
        after.organisation_id.clone_from(&account.organisation_id);
    }
    if let Some(product) = &change.product_code {
        after.product_code.clone_from(product);
    }
    if let Some(licence) = &change.licence_id {
        after.licence_id.clone_from(licence);
    }
    if let Some(offered) = change.licence_offered {
        after.licence_offered = offered;
    }
    after
}

/// Adds a line to the timeline of each customer who got installations.
fn told(cx: &Cx, batch: Batch, steps: &[Step]) -> Batch {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for step in steps.iter().filter(|step| step.before.account_id != step.after.account_id) {
        if let Some(account) = &step.after.account_id {
            *counts.entry(account).or_default() += 1;
        }
    }
    counts.into_iter().fold(batch, |batch, (account_id, count)| {
        let entry = Entry {
            account_id: account_id.to_owned(),
            at: cx.now(),
            kind: "installation.assigned".to_owned(),
            icon: "box".to_owned(),
            text: cx.in_languages(|lang| lang.n("story-installation-assigned", count)),
            path: paths::INSTALLATIONS.to_owned(),
            permission: READ.to_owned(),
            actor: who(cx),
        };
        batch.emit(timeline::HAPPENED, entry)
    })
}

/// Who decides, as people call him.
pub(crate) fn who(cx: &Cx) -> String {
    match &cx.caller().actor {
        Actor::Anonymous => String::new(),
        Actor::User { name, .. } | Actor::Token { name, .. } | Actor::Job { name } => {
            name.chars().take(200).collect()
        }
    }
}

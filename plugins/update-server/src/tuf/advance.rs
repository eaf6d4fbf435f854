//! The next state of the metadata of a product: written whole, in one transaction, or not at all.

use std::collections::BTreeSet;

use plugin_api::db::Batch;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, FaultKind, Problem, Scope, Tx};

use super::state::State;
use crate::domain::tuf::canonical::Unrepresentable;
use crate::domain::tuf::catalogue::Catalogue;
use crate::domain::tuf::document::Document;
use crate::domain::tuf::lifetime;
use crate::domain::tuf::plan::{InUse, Plan, Situation, plan, refresh, used};
use crate::domain::tuf::role::{Role, Root};
use crate::store::channels;
use crate::store::tuf::waiting::Waiting;
use crate::store::tuf::{documents, keys, views, waiting};

/// For how long after it was replaced a client may still be about to ask for a document.
const GRACE: i64 = 2 * DAY;

/// Signs the metadata of a product anew, on the transaction that changed what clients may have of it.
/// The first time, it makes the keys. Where a key is kept elsewhere, what clients see stays as it is
/// until the signatures come.
pub async fn round(tx: &Tx, product: &str) -> Result<(), Problem> {
    let mut state = State::load(tx, product).await?;
    let catalogue = catalogue(tx, product).await?;
    catalogue.check()?;
    if state.root.is_none() && state.next.is_none() {
        if catalogue.releases.is_empty() {
            return Ok(());
        }
        begin(tx, &mut state).await?;
    }
    advance(tx, state, &catalogue, None).await
}

/// What there is to sign of a product.
pub(super) async fn catalogue(cx: &Cx, product: &str) -> Result<Catalogue, Problem> {
    let all = crate::catalogue::load(cx, product).await?.ok_or_else(Problem::not_found)?;
    // Everything: clients have no branch, and the metadata is one for all of them.
    let channels = channels::of_product(&cx.db(), &Scope::everything(), product).await?;
    Ok(Catalogue::of(&all, channels.into_iter().map(|channel| channel.channel).collect()))
}

/// Makes a key for each role, and the first root.
async fn begin(cx: &Cx, state: &mut State) -> Result<(), Problem> {
    let mut made = Vec::new();
    for role in Role::ALL {
        made.push((role, state.make_key(cx, role).await?));
    }
    let root = Root::first(made);
    let document = root.document(None, &state.keyring, cx.now()).map_err(unwritable)?;
    state.next = Some((document, root));
    Ok(())
}

pub(super) fn unwritable(Unrepresentable(what): Unrepresentable) -> Fault {
    Fault::internal(what).about("no canonical form")
}

/// Goes on to the next state, as far as the signatures reach. `until` is the end of a view that
/// somebody wants besides those there are.
pub(super) async fn advance(
    tx: &Tx,
    state: State,
    catalogue: &Catalogue,
    until: Option<i64>,
) -> Result<(), Problem> {
    let now = tx.now();
    let mut untils: BTreeSet<i64> = state.in_use.views.iter().map(|view| view.until).collect();
    untils.extend(until);
    let stored = state.documents_waiting();
    let situation = Situation {
        catalogue,
        in_use: &state.in_use,
        keyring: &state.keyring,
        waiting: &stored,
        untils: &untils,
        now,
    };
    let planned = |in_use: &InUse, root: &Root| {
        let mut untils = untils.clone();
        if !root.is_online(Role::Targets, &state.keyring) {
            // Views cannot be made when they are asked for. The one of those whose window ends before
            // the newest release takes no signature: it is what was newest before.
            untils.insert(catalogue.previous());
        }
        plan(Situation { in_use, untils: &untils, ..situation }, root).map_err(unwritable)
    };

    if let Some((document, root)) = &state.next {
        let before = state.root.as_ref().map_or(root, |(_, before)| before);
        if root.may_follow(before, document) {
            let plan = planned(&state.in_use, root)?;
            if plan.missing.is_empty() {
                let step =
                    Step { root: Some((document, root)), plan: &plan, catalogue: Some(catalogue) };
                return write(tx, &state, &step, Vec::new()).await;
            }
        }
    }
    let Some((_, root)) = &state.root else {
        return Err(Fault::internal("the first root is signed here").into());
    };
    let full = planned(&state.in_use, root)?;
    let mut step = Step { root: None, plan: &full, catalogue: Some(catalogue) };
    let refreshed;
    if !full.missing.is_empty() {
        step.catalogue = None;
        if ends(&state.in_use, &[Role::Snapshot, Role::Timestamp], now) {
            refreshed = refresh(situation, root).map_err(unwritable)?;
            step.plan = &refreshed;
        }
    }
    let mut missing: Vec<Document> = Vec::new();
    if let Some((document, next)) = &state.next {
        missing.push(document.clone());
        let in_use = match step.plan.views.as_slice() {
            [] => state.in_use.clone(),
            _ => state.in_use.after(step.plan),
        };
        missing.extend(planned(&in_use, next)?.missing);
    }
    for document in &full.missing {
        let is_there =
            |other: &Document| (&other.role, other.version) == (&document.role, document.version);
        if !missing.iter().any(is_there) {
            missing.push(document.clone());
        }
    }
    write(tx, &state, &step, missing).await
}

/// Whether a document of one of these roles that clients use must be signed anew.
pub(super) fn ends(in_use: &InUse, roles: &[Role], now: i64) -> bool {
    in_use.documents.iter().any(|(name, documents)| {
        let role = Role::signing(name);
        let soon = now + lifetime::renewal(role);
        roles.contains(&role) && documents.iter().any(|document| document.expires_at < soon)
    })
}

/// What is written at once.
struct Step<'a> {
    /// A root that comes into force.
    root: Option<(&'a Document, &'a Root)>,
    /// Documents and views; nothing changes for clients without views.
    plan: &'a Plan,
    /// What the views were made from; none when they only go on.
    catalogue: Option<&'a Catalogue>,
}

impl Step<'_> {
    fn rollout_ids<'a>(&'a self, state: &'a State) -> Vec<&'a str> {
        match self.catalogue {
            Some(all) => all.rollouts.iter().map(|one| one.rollout_id.as_str()).collect(),
            None => state.rollout_ids.iter().map(String::as_str).collect(),
        }
    }

    /// Whether clients would see what they see, only with another timestamp.
    fn is_idle(&self, state: &State, now: i64) -> bool {
        let said = |views: &[crate::domain::tuf::view::View]| -> Vec<_> {
            let said = views.iter().map(|v| (v.until, v.rollouts, v.snapshot, v.roles.clone()));
            said.collect()
        };
        self.root.is_none()
            && said(&self.plan.views) == said(&state.in_use.views)
            && self.rollout_ids(state) == state.rollout_ids
            && !ends(&state.in_use, &[Role::Timestamp], now)
    }
}

async fn write(
    tx: &Tx,
    state: &State,
    step: &Step<'_>,
    missing: Vec<Document>,
) -> Result<(), Problem> {
    let (now, product) = (tx.now(), state.product.as_str());
    let waits = still_waiting(tx, state, missing);
    let is_seen = !step.plan.views.is_empty() && !step.is_idle(state, now);
    let is_same = waits == state.waiting && !state.is_touched && state.new_keys.is_empty();
    if !is_seen && is_same {
        return Ok(());
    }
    let mut batch = Batch::new().and(views::guard(product, state.metadata_version));
    for key in &state.new_keys {
        batch = batch.and(keys::insertion(product, key));
    }
    if let Some((document, root)) = step.root {
        batch = batch.and(documents::insertion(product, document, now));
        for key in state.keys.iter().filter(|key| key.state != keys::State::Retired) {
            let is_named = root.keys_of(key.role).keyids.contains(&key.key_id);
            batch = batch.and(if is_named {
                keys::activation(product, key)
            } else {
                keys::retirement(product, key, now)
            });
        }
    }
    if is_seen {
        for document in state.carried.iter().chain(&step.plan.documents) {
            batch = batch.and(documents::insertion(product, document, now));
        }
        batch = views::replacing(batch, product, &step.plan.views, &step.rollout_ids(state))?;
        // Neither seen before this state nor in it, and not young: nobody is about to ask for it.
        let (before, after) = (used(&state.in_use.views), used(&step.plan.views));
        for head in state.heads.iter().filter(|head| head.created_at < now - GRACE) {
            let this = (head.role.clone(), head.version);
            if !before.contains(&this) && !after.contains(&this) {
                batch = batch.and(documents::deletion(product, head));
            }
        }
    }
    batch = batch.and(waiting::clearing(product));
    for one in &waits {
        batch = batch.and(waiting::insertion(product, one)?);
    }
    match tx.db().batch(batch).await {
        // Somebody else was faster: the transaction begins anew with what he wrote.
        Err(fault) if fault.is_mismatch(views::GUARD) => {
            Err(Fault::new(FaultKind::Retry, "the metadata was changed meanwhile").into())
        }
        other => Ok(other.map(drop)?),
    }
}

/// What waits from now on; what waited already goes on doing so, with the signatures it has.
fn still_waiting(tx: &Tx, state: &State, missing: Vec<Document>) -> Vec<Waiting> {
    let change_id =
        state.waiting.first().map_or_else(|| tx.fresh_id(), |one| one.change_id.clone());
    let mut waits: Vec<Waiting> = missing
        .into_iter()
        .map(|document| {
            let since = state.waiting.iter().find(|one| one.document.signed == document.signed);
            Waiting {
                change_id: change_id.clone(),
                created_at: since.map_or(tx.now(), |one| one.created_at),
                document,
            }
        })
        .collect();
    waits.sort_by(|a, b| {
        (&a.document.role, a.document.version).cmp(&(&b.document.role, b.document.version))
    });
    waits
}

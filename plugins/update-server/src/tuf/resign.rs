//! Metadata is signed anew: by a job well before it ends, or because somebody wants it now.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, Problem};
use serde_json::Value as Json;

use super::advance::{advance, catalogue, ends, unwritable};
use super::state::State;
use crate::domain::tuf::lifetime;
use crate::domain::tuf::role::Role;
use crate::store::tuf::views;

/// Its name.
pub(super) const JOB: &str = "resign-metadata";

/// Goes through every product; what fails in one does not keep the others from it.
pub(super) async fn run(cx: Cx, _: Json) -> Result<(), Fault> {
    let mut failed = None;
    for product in views::products(&cx.db()).await? {
        if let Err(problem) = resign(&cx, &product).await {
            failed = Some(Fault::internal(format!("{product}: {problem}")));
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn resign(cx: &Cx, product: &str) -> Result<(), Problem> {
    if !is_due(&State::load(cx, product).await?, cx.now()) {
        return Ok(());
    }
    cx.transaction(|tx| async move {
        let mut state = State::load(&tx, product).await?;
        if !is_due(&state, tx.now()) {
            return Ok(());
        }
        let before = state.metadata_version;
        if root_ends(&state, tx.now()) {
            renew_root(&mut state, tx.now())?;
        }
        let catalogue = catalogue(&tx, product).await?;
        advance(&tx, state, &catalogue, None).await?;
        let after = crate::store::products::known(&tx.db(), product).await?;
        if after.is_some_and(|after| after.metadata_version > before) {
            let audit = Audit::of("update_metadata.signed_anew", product).named(product);
            tx.db().batch(Batch::new().audit(audit)).await?;
        }
        Ok(())
    })
    .await
}

/// Signs anew at once whatever is signed with keys kept here, and the root where `with_root` says so:
/// one whose keys are kept elsewhere waits for their signatures.
///
/// 409 `tuf_not_begun` before the first publication, `tuf_changing` if another root waits already.
pub async fn now(cx: &Cx, product: &str, with_root: bool) -> Result<(), Problem> {
    cx.transaction(|tx| async move {
        let mut state = State::load(&tx, product).await?;
        let root = state.root()?.1.clone();
        if with_root {
            if state.next.is_some() {
                return Err(Problem::conflict("tuf_changing"));
            }
            renew_root(&mut state, tx.now())?;
        }
        let keyring = &state.keyring;
        let here = state
            .in_use
            .documents
            .iter_mut()
            .filter(|(role, _)| root.is_online(Role::signing(role), keyring));
        for document in here.flat_map(|(_, documents)| documents) {
            // As if it had ended: what is planned next keeps none of them.
            document.expires_at = 0;
        }
        let catalogue = catalogue(&tx, product).await?;
        advance(&tx, state, &catalogue, None).await?;
        let audit = Audit::of("update_metadata.signed_anew", product).named(product);
        tx.db().batch(Batch::new().audit(audit)).await?;
        Ok(())
    })
    .await
}

/// The root once more, with the same keys and a later end.
fn renew_root(state: &mut State, now: i64) -> Result<(), Problem> {
    let root = state.root()?;
    let again = root.1.document(Some(root), &state.keyring, now).map_err(unwritable)?;
    state.next = Some((again, root.1.clone()));
    Ok(())
}

fn is_due(state: &State, now: i64) -> bool {
    root_ends(state, now) || ends(&state.in_use, &Role::ALL, now)
}

/// A root that waits already is not made once more.
fn root_ends(state: &State, now: i64) -> bool {
    let ends = state.root_end < now + lifetime::renewal(Role::Root);
    state.root.is_some() && state.next.is_none() && ends
}

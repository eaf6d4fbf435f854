//! Documents that are signed elsewhere: handed out, and taken back with their signatures.

use std::collections::BTreeMap;

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Problem, Tx};
use serde::Serialize;

use super::advance::{advance, catalogue};
use super::state::State;
use crate::domain::tuf::document::{Document, Envelope};
use crate::domain::tuf::role::{Role, Root};
use crate::domain::tuf::upload::{Rejected, accept, read};

/// A document that waits, as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waits {
    /// Its role.
    pub role: String,
    /// Its version.
    pub version: i64,
    /// Since when, unix milliseconds.
    pub since: i64,
    /// When it would end, unix milliseconds.
    pub expires_at: i64,
    /// Ids of the keys that signed it.
    pub signed_by: Vec<String>,
    /// Ids of the keys that may still sign it.
    pub open: Vec<String>,
}

/// What waits in a product.
pub async fn waiting(cx: &Cx, product: &str) -> Result<Vec<Waits>, Problem> {
    Ok(waiting_in(&State::load(cx, product).await?))
}

pub(super) fn waiting_in(state: &State) -> Vec<Waits> {
    let roots = roots(state);
    let waits = state.waiting.iter().map(|one| {
        let role = Role::signing(&one.document.role);
        let mut open: Vec<String> =
            roots.iter().flat_map(|root| root.keys_of(role).keyids).collect();
        open.sort_unstable();
        open.dedup();
        // What is kept here has signed what it is needed for.
        let is_elsewhere = |id: &String| !state.keyring.has(id);
        open.retain(|id| is_elsewhere(id) && !one.document.signatures.contains_key(id));
        Waits {
            role: one.document.role.clone(),
            version: one.document.version,
            since: one.created_at,
            expires_at: one.document.expires_at,
            signed_by: one.document.signatures.keys().cloned().collect(),
            open,
        }
    });
    waits.collect()
}

/// The same with the documents themselves.
pub(crate) async fn waiting_documents(
    cx: &Cx,
    product: &str,
) -> Result<Vec<(Waits, Document)>, Problem> {
    let state = State::load(cx, product).await?;
    Ok(waiting_in(&state).into_iter().zip(state.documents_waiting()).collect())
}

/// The name under which a document that waits is handed out.
pub fn file_name(role: &str, version: i64) -> String {
    format!("{version}.{role}.json")
}

/// The bytes that are to be signed of a document that waits: the canonical JSON of its `signed`. 404
/// if it does not wait any more.
pub async fn to_sign(cx: &Cx, product: &str, role: &str, version: i64) -> Result<Vec<u8>, Problem> {
    found(cx, product, role, version).await.map(|(_, document)| document.signed)
}

async fn found(
    cx: &Cx,
    product: &str,
    role: &str,
    version: i64,
) -> Result<(Waits, Document), Problem> {
    let is_it = |(one, _): &(Waits, Document)| one.role == role && one.version == version;
    let all = waiting_documents(cx, product).await?;
    all.into_iter().find(is_it).ok_or_else(Problem::not_found)
}

/// A document that waits, as any TUF tool reads it: with the signatures it has, and empty ones for the
/// keys that may still sign. Its canonical JSON of `signed` is what is to be signed. 404 if it does
/// not wait any more.
pub async fn document(
    cx: &Cx,
    product: &str,
    role: &str,
    version: i64,
) -> Result<Vec<u8>, Problem> {
    let (waits, document) = found(cx, product, role, version).await?;
    Ok(document.asking(&waits.open))
}

/// All documents that wait, by file name: `<version>.<role>.json`.
pub async fn documents(cx: &Cx, product: &str) -> Result<BTreeMap<String, Vec<u8>>, Problem> {
    let named = |(waits, document): (Waits, Document)| {
        (file_name(&waits.role, waits.version), document.asking(&waits.open))
    };
    Ok(waiting_documents(cx, product).await?.into_iter().map(named).collect())
}

/// Takes signatures in: a signed document, the signatures of one alone
/// (`{"signatures": [{"keyid", "sig"}]}`), or a list of either. Once all that waits is signed, it comes
/// into force.
pub async fn upload(cx: &Cx, product: &str, bytes: &[u8]) -> Result<(), Problem> {
    upload_all(cx, product, std::slice::from_ref(&bytes)).await
}

/// The same with several files, all of them or none.
pub async fn upload_all(cx: &Cx, product: &str, files: &[impl AsRef<[u8]>]) -> Result<(), Problem> {
    let mut envelopes = Vec::new();
    for bytes in files {
        envelopes.extend(read(bytes.as_ref())?);
    }
    if envelopes.is_empty() {
        return Err(Rejected::Unreadable.into());
    }
    let envelopes = &envelopes;
    cx.transaction(|tx| async move { upload_on(&tx, product, envelopes).await }).await
}

async fn upload_on(tx: &Tx, product: &str, envelopes: &[Envelope]) -> Result<(), Problem> {
    let mut state = State::load(tx, product).await?;
    let known: Vec<Root> = roots(&state).into_iter().cloned().collect();
    let known: Vec<&Root> = known.iter().collect();
    for envelope in envelopes {
        let mut outcome = Err(Rejected::OtherDocument);
        for one in &mut state.waiting {
            match accept(&mut one.document, envelope, &known) {
                Ok(()) => outcome = Ok(()),
                // What fits this document least says least about what is wrong.
                Err(Rejected::OtherDocument) => {}
                Err(reason) => outcome = outcome.or(Err(reason)),
            }
        }
        outcome?;
    }
    if let Some((next, _)) = &mut state.next
        && let Some(one) = state.waiting.iter().find(|one| one.document.signed == next.signed)
    {
        *next = one.document.clone();
    }
    state.is_touched = true;
    let signed: Vec<(String, i64)> =
        state.waiting.iter().map(|one| (one.document.role.clone(), one.document.version)).collect();
    let audit = Audit::of("update_metadata.signatures_added", product).named(product).after(signed);
    let catalogue = catalogue(tx, product).await?;
    advance(tx, state, &catalogue, None).await?;
    tx.db().batch(Batch::new().audit(audit)).await?;
    Ok(())
}

fn roots(state: &State) -> Vec<&Root> {
    let current = state.root.iter().map(|(_, root)| root);
    current.chain(state.next.iter().map(|(_, root)| root)).collect()
}

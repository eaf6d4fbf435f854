//! A whole repository to be carried to where no network is: every document of one view, with a snapshot
//! and a timestamp that hold longer than those of clients with a network.
//!
//! Their numbers come from the same counters, and everybody's snapshots and timestamps are signed anew
//! above them in the same transaction: a client that was given a bundle and finds the network again sees
//! nothing older than what it has.

use std::collections::BTreeMap;

use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Problem, Tx};

use super::Entitled;
use super::advance::{advance, catalogue, unwritable};
use super::metadata::view;
use super::state::State;
use crate::domain::tuf::canonical::Unrepresentable;
use crate::domain::tuf::document::{Document, Draft, read};
use crate::domain::tuf::plan::json;
use crate::domain::tuf::role::{MetaFile, Role, Root, Snapshot, TargetFile, Targets, Timestamp};
use crate::domain::tuf::view::View;
use crate::store::tuf::documents;

/// A repository as it is carried.
#[derive(Debug, Clone, Default)]
pub struct Carried {
    /// The documents, by the name of their file.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Names of the targets that are in it, with their hashes.
    pub targets: BTreeMap<String, String>,
    /// When its first document ends, unix milliseconds: clients refuse it from then on.
    pub expires_at: i64,
}

/// The documents of what `entitled` sees now, to be carried; their snapshot and timestamp hold for
/// `days`. Those made within the last day for the same content are handed out again.
pub async fn carried(cx: &Cx, entitled: &Entitled, days: i64) -> Result<Carried, Problem> {
    let seen = view(cx, entitled).await?;
    let fresh = cx.now() + (days - 1).max(1) * DAY;
    let state = State::load(cx, &entitled.product_code).await?;
    let known = {
        let wanted = Wanted::of(&state, &seen)?;
        wanted.among(&state, fresh)?
    };
    let (snapshot, timestamp) = if let Some(known) = known {
        known
    } else {
        let wanted = (&seen, days);
        cx.transaction(|tx| async move { issue(&tx, entitled, wanted).await }).await?
    };
    let end = View { timestamp, snapshot, ..seen };
    gathered(cx, &entitled.product_code, &end).await
}

/// Names of the targets that `entitled` sees, with their hashes.
pub async fn named(cx: &Cx, entitled: &Entitled) -> Result<BTreeMap<String, String>, Problem> {
    let (seen, mut all) = (view(cx, entitled).await?, BTreeMap::new());
    for (role, version) in seen.roles.iter().filter(|(role, _)| is_channel(role)) {
        let found = documents::get(&cx.db(), &entitled.product_code, role, *version).await?;
        all.extend(targets(&found.ok_or_else(|| Problem::conflict("tuf_changing"))?)?);
    }
    Ok(all)
}

fn is_channel(role: &str) -> bool {
    Role::ALL.into_iter().all(|top| top.name() != role)
}

fn targets(document: &[u8]) -> Result<BTreeMap<String, String>, Fault> {
    let files = read::<Targets>(document)?.body.targets.into_iter();
    let file = |(name, mut file): (String, TargetFile)| {
        (name, file.hashes.remove("sha256").unwrap_or_default())
    };
    Ok(files.map(file).collect())
}

/// What the snapshot and the timestamp of a view say.
struct Wanted {
    root: Root,
    snapshot: Draft,
}

impl Wanted {
    fn of(state: &State, view: &View) -> Result<Self, Problem> {
        let root = state.root()?.1.clone();
        let file = |(role, version): (&String, &i64)| {
            let head =
                state.heads.iter().find(|head| head.role == *role && head.version == *version)?;
            Some((json(role), head.kept().meta()))
        };
        let meta: BTreeMap<String, MetaFile> = view.roles.iter().filter_map(file).collect();
        let signers = root.keys_of(Role::Snapshot);
        let snapshot = Draft::new(&Snapshot { meta }, &signers).map_err(unwritable)?;
        Ok(Self { root, snapshot })
    }

    fn timestamp(&self, snapshot: MetaFile) -> Result<Draft, Unrepresentable> {
        let meta = BTreeMap::from([(json(Role::Snapshot.name()), snapshot)]);
        Draft::new(&Timestamp { meta }, &self.root.keys_of(Role::Timestamp))
    }

    /// The versions of a snapshot and a timestamp that say this and hold until `fresh` at least.
    fn among(&self, state: &State, fresh: i64) -> Result<Option<(i64, i64)>, Problem> {
        let holding = |role: Role, content: &str| {
            state.heads.iter().rfind(|head| {
                head.role == role.name() && head.content == content && head.expires_at >= fresh
            })
        };
        let Some(snapshot) = holding(Role::Snapshot, &self.snapshot.content) else {
            return Ok(None);
        };
        let timestamp = self.timestamp(snapshot.kept().meta()).map_err(unwritable)?;
        let timestamp = holding(Role::Timestamp, &timestamp.content);
        Ok(timestamp.map(|timestamp| (snapshot.version, timestamp.version)))
    }

    fn document(
        &self,
        state: &State,
        role: Role,
        draft: &Draft,
        end: i64,
    ) -> Result<Document, Problem> {
        let version = state.in_use.highest.get(role.name()).copied().unwrap_or_default() + 1;
        let mut document = draft.dated(role.name(), version, end).map_err(unwritable)?;
        let signers = self.root.keys_of(role);
        document.sign(&signers, &state.keyring);
        if !document.is_signed(&signers, &self.root.keys) {
            return Err(Fault::internal("snapshot and timestamp are signed here").into());
        }
        Ok(document)
    }
}

/// Signs a snapshot and a timestamp of a view, and everybody's above them.
async fn issue(
    tx: &Tx,
    entitled: &Entitled,
    (view, days): (&View, i64),
) -> Result<(i64, i64), Problem> {
    let mut state = State::load(tx, &entitled.product_code).await?;
    let end = tx.now() + days * DAY;
    let end = end - end.rem_euclid(1000);
    let wanted = Wanted::of(&state, view)?;
    let snapshot = wanted.document(&state, Role::Snapshot, &wanted.snapshot, end)?;
    let kept = crate::domain::tuf::series::Kept::of(&snapshot);
    let timestamp = wanted.timestamp(kept.meta()).map_err(unwritable)?;
    let timestamp = wanted.document(&state, Role::Timestamp, &timestamp, end)?;
    let versions = (snapshot.version, timestamp.version);
    for document in [&snapshot, &timestamp] {
        state.in_use.highest.insert(document.role.clone(), document.version);
    }
    // As if they had ended: none of them is kept below the new numbers.
    for document in state.in_use.documents.get_mut(Role::Snapshot.name()).into_iter().flatten() {
        document.expires_at = 0;
    }
    state.carried = vec![snapshot, timestamp];
    let catalogue = catalogue(tx, &entitled.product_code).await?;
    advance(tx, state, &catalogue, None).await?;
    Ok(versions)
}

/// Every root, and the documents of the view.
async fn gathered(cx: &Cx, product: &str, view: &View) -> Result<Carried, Problem> {
    let db = cx.db();
    let heads = documents::heads(&db, product).await?;
    let mut wanted: BTreeMap<&str, i64> =
        view.roles.iter().map(|(role, version)| (role.as_str(), *version)).collect();
    wanted.insert(Role::Snapshot.name(), view.snapshot);
    wanted.insert(Role::Timestamp.name(), view.timestamp);
    let last_root = heads.iter().filter(|head| head.role == Role::Root.name());
    let last_root = last_root.map(|head| head.version).max().unwrap_or_default();
    let mut carried = Carried { expires_at: i64::MAX, ..Carried::default() };
    for head in &heads {
        let is_root = head.role == Role::Root.name();
        if !is_root && wanted.get(head.role.as_str()) != Some(&head.version) {
            continue;
        }
        let bytes = documents::get(&db, product, &head.role, head.version).await?;
        let bytes = bytes.ok_or_else(|| Problem::conflict("tuf_changing"))?;
        if is_channel(&head.role) {
            carried.targets.extend(targets(&bytes)?);
        }
        let name = if head.role == Role::Timestamp.name() {
            "timestamp.json".to_owned()
        } else {
            format!("{}.{}.json", head.version, head.role)
        };
        // Roots that were followed by another one may have ended.
        if !is_root || head.version == last_root {
            carried.expires_at = carried.expires_at.min(head.expires_at);
        }
        carried.files.insert(name, bytes);
    }
    Ok(carried)
}

//! The keys of a product: listed, exchanged, taken elsewhere.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Problem, Tx};
use serde::Serialize;
use serde_json::json;

use super::advance::{advance, catalogue, unwritable};
use super::state::State;
use crate::domain::tuf::change::KeyChange;
use crate::domain::tuf::key::PublicKey;
use crate::domain::tuf::role::Role;
use crate::store::tuf::keys;

/// A key as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Key {
    /// SHA-256 of its canonical JSON, hex.
    pub key_id: String,
    /// The role it signs.
    pub role: Role,
    /// Hex of the 32 bytes.
    pub public_key: String,
    /// Whether its secret is kept here.
    pub is_online: bool,
    /// `active`, `pending`, `retired`.
    pub state: keys::State,
    /// When it came, unix milliseconds.
    pub created_at: i64,
    /// When it went, unix milliseconds.
    pub retired_at: Option<i64>,
}

/// The keys of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Keys {
    /// Version of the root in force; 0 before the first publication.
    pub root_version: i64,
    /// How many keys must sign, by role.
    pub thresholds: Vec<(Role, usize)>,
    /// Oldest first.
    pub keys: Vec<Key>,
    /// Whether a new root waits for signatures.
    pub is_changing: bool,
}

/// A key to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewKey {
    /// Made here; its secret stays here.
    Here,
    /// Made elsewhere: 64 hexadecimal digits.
    Elsewhere(String),
}

/// Which keys sign a role from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The role.
    pub role: Role,
    /// Keys to add.
    pub add: Vec<NewKey>,
    /// Ids of keys to remove.
    pub remove: Vec<String>,
    /// How many must sign; as before when none is said.
    pub threshold: Option<usize>,
}

/// The keys of a product.
pub async fn list(cx: &Cx, product: &str) -> Result<Keys, Problem> {
    Ok(Keys::of(&State::load(cx, product).await?))
}

impl Keys {
    pub(super) fn of(state: &State) -> Self {
        let root = state.root.as_ref();
        let threshold = |role| root.map_or(0, |(_, root)| root.keys_of(role).threshold);
        let key = |key: &keys::Key| Key {
            key_id: key.key_id.clone(),
            role: key.role,
            public_key: key.public_key.clone(),
            is_online: !key.secret_sealed.is_empty(),
            state: key.state,
            created_at: key.created_at,
            retired_at: key.retired_at,
        };
        Self {
            root_version: root.map_or(0, |(version, _)| *version),
            thresholds: Role::ALL.into_iter().map(|role| (role, threshold(role))).collect(),
            keys: state.keys.iter().map(key).collect(),
            is_changing: state.next.is_some(),
        }
    }
}

/// Puts one new key, made here, in the place of all keys of a role.
pub async fn rotate(cx: &Cx, product: &str, role: Role) -> Result<(), Problem> {
    replace(cx, product, role, vec![NewKey::Here], 1).await
}

/// Puts keys made elsewhere (64 hexadecimal digits each) in the place of all keys of root or targets.
pub async fn take_offline(
    cx: &Cx,
    product: &str,
    role: Role,
    public_keys: &[String],
    threshold: usize,
) -> Result<(), Problem> {
    let add = public_keys.iter().cloned().map(NewKey::Elsewhere).collect();
    replace(cx, product, role, add, threshold).await
}

async fn replace(
    cx: &Cx,
    product: &str,
    role: Role,
    add: Vec<NewKey>,
    threshold: usize,
) -> Result<(), Problem> {
    let state = State::load(cx, product).await?;
    let remove = state.root()?.1.keys_of(role).keyids;
    change(cx, product, Change { role, add, remove, threshold: Some(threshold) }).await
}

/// Changes the keys of a role. At once where the keys that must sign it are here; else the new root,
/// and what must be signed with the new keys, wait for signatures, and come into force together.
///
/// 409 `tuf_changing` while another change waits, `tuf_not_begun` before the first publication.
pub async fn change(cx: &Cx, product: &str, change: Change) -> Result<(), Problem> {
    let change = &change;
    cx.transaction(|tx| async move { change_on(&tx, product, change).await }).await
}

async fn change_on(tx: &Tx, product: &str, change: &Change) -> Result<(), Problem> {
    let mut state = State::load(tx, product).await?;
    let before = state.root()?.clone();
    if state.next.is_some() {
        return Err(Problem::conflict("tuf_changing"));
    }
    let mut add = Vec::new();
    for key in &change.add {
        add.push(match key {
            NewKey::Here => state.make_key(tx, change.role).await?,
            NewKey::Elsewhere(hex) => {
                let key =
                    PublicKey::of_hex(hex).ok_or_else(|| Problem::unprocessable("tuf_key"))?;
                // A key that was retired stays known, with what it signed.
                if state.keys.iter().any(|known| known.key_id == key.id()) {
                    return Err(Problem::unprocessable("tuf_key_known"));
                }
                state.note_key(tx, change.role, &key, String::new());
                key
            }
        });
    }
    let wanted = KeyChange {
        role: change.role,
        add,
        remove: change.remove.clone(),
        threshold: change.threshold,
    };
    let root = before.1.changed(&wanted, &state.keyring)?;
    let document = root.document(Some(&before), &state.keyring, tx.now()).map_err(unwritable)?;
    state.next = Some((document, root));
    let ids: Vec<String> = wanted.add.iter().map(PublicKey::id).collect();
    let audit = Audit::of("update_key.changed", product)
        .named(product)
        .before(json!({ "role": change.role, "removed": change.remove }))
        .after(json!({ "role": change.role, "added": ids, "threshold": change.threshold }));
    let catalogue = catalogue(tx, product).await?;
    advance(tx, state, &catalogue, None).await?;
    tx.db().batch(Batch::new().audit(audit)).await?;
    Ok(())
}

/// Gives up a change of keys that waits for signatures.
pub async fn give_up(cx: &Cx, product: &str) -> Result<(), Problem> {
    cx.transaction(|tx| async move {
        let mut state = State::load(&tx, product).await?;
        state.root()?;
        if state.next.take().is_none() {
            return Err(Problem::not_found());
        }
        let is_pending = |key: &&keys::Key| key.state == keys::State::Pending;
        let audit = Audit::of("update_key.change_given_up", product).named(product);
        let batch = state
            .keys
            .iter()
            .filter(is_pending)
            .fold(Batch::new(), |batch, key| batch.and(keys::deletion(product, key)));
        let catalogue = catalogue(&tx, product).await?;
        advance(&tx, state, &catalogue, None).await?;
        tx.db().batch(batch.audit(audit)).await?;
        Ok(())
    })
    .await
}

//! All there is to know of the signed metadata of a product, read at once.

use plugin_api::{Cx, Problem};
use serde::Serialize;

use super::keys::Keys;
use super::offline::{self, Waits};
use super::state::State;
use super::warnings::{self, Warning};
use crate::domain::tuf::role::Role;

/// The documents of a role that clients use now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// A role, or a channel.
    pub role: String,
    /// The highest version in use.
    pub version: i64,
    /// How many documents of it are in use: those who may see different things have different ones.
    pub count: usize,
    /// When the first of them ends, unix milliseconds.
    pub expires_at: i64,
    /// Whether keys kept here sign it.
    pub is_online: bool,
}

/// Keys, documents, what waits, what is the matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// The keys.
    pub keys: Keys,
    /// The root first, then the roles of TUF, then the channels.
    pub metadata: Vec<Metadata>,
    /// What waits for signatures.
    pub waits: Vec<Waits>,
    /// The worst first.
    pub warnings: Vec<Warning>,
}

/// Reads it. 404 for a product that is not set up.
pub async fn of_product(cx: &Cx, product: &str) -> Result<Overview, Problem> {
    let state = State::load(cx, product).await?;
    Ok(Overview {
        keys: Keys::of(&state),
        metadata: metadata(&state),
        waits: offline::waiting_in(&state),
        warnings: warnings::about(&state, cx.now()),
    })
}

fn metadata(state: &State) -> Vec<Metadata> {
    let Some((version, root)) = &state.root else { return Vec::new() };
    let is_online = |role: &str| root.is_online(Role::signing(role), &state.keyring);
    let of_root = Metadata {
        role: Role::Root.name().to_owned(),
        version: *version,
        count: 1,
        expires_at: state.root_end,
        is_online: is_online(Role::Root.name()),
    };
    let of_role = |role: &String| {
        let documents = state.in_use.documents.get(role)?;
        Some(Metadata {
            role: role.clone(),
            version: documents.iter().map(|one| one.version).max()?,
            count: documents.len(),
            expires_at: documents.iter().map(|one| one.expires_at).min()?,
            is_online: is_online(role),
        })
    };
    let place = |role: &str| Role::ALL.into_iter().position(|top| top.name() == role);
    let mut roles: Vec<&String> = state.in_use.documents.keys().collect();
    roles.sort_by_key(|role| (place(role).unwrap_or(usize::MAX), *role));
    std::iter::once(of_root).chain(roles.into_iter().filter_map(of_role)).collect()
}

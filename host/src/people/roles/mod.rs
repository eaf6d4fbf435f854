//! What the roles of somebody let him do, and what he may hand on.

pub mod change;
mod edits;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use plugin_api::manifest::{Manifest, Permission};
use plugin_api::{Caller, Permissions};

use crate::state::State;

pub use edits::Edits;

/// The role that may do everything.
pub const SUPERADMIN: &str = "superadmin";

/// What these roles let somebody do: what the manifests of the host and of the enabled plugins say,
/// unless somebody edited it.
pub fn permissions(state: &State, roles: &[String]) -> Permissions {
    if roles.iter().any(|role| role == SUPERADMIN) {
        return Permissions::Everything;
    }
    let edited = state.people.roles.get();
    let mut ids = BTreeSet::new();
    for manifest in owners(state) {
        let granted = manifest
            .permissions
            .iter()
            .filter(|permission| roles.iter().any(|role| edited.grants(role, permission)));
        ids.extend(granted.map(|permission| permission.id.clone()));
    }
    Permissions::Some(ids)
}

/// Who has permissions to give: the host first, then the enabled plugins.
pub fn owners(state: &State) -> Vec<Arc<Manifest>> {
    let mut owners = vec![state.registry.host_manifest()];
    owners.extend(state.registry.enabled());
    owners.retain(|manifest| !manifest.permissions.is_empty());
    owners
}

/// Every permission there is, the host's first.
pub fn all(state: &State) -> Vec<Permission> {
    owners(state).iter().flat_map(|manifest| manifest.permissions.clone()).collect()
}

/// Whether anything of a role differs from its default.
pub fn is_edited(state: &State, role: &str) -> bool {
    state.people.roles.get().touches(role)
}

/// Whether `caller` may hand these permissions on, or act on somebody who has them: nobody grants
/// what he lacks.
pub fn may_grant(caller: &Caller, granted: &Permissions) -> bool {
    match (&caller.permissions, granted) {
        (Permissions::Everything, _) => true,
        (Permissions::Some(_), Permissions::Everything) => false,
        (Permissions::Some(own), Permissions::Some(granted)) => granted.is_subset(own),
    }
}

//! What the roles of somebody let him do, and what he may hand on.

use std::collections::BTreeSet;

use plugin_api::manifest::Permission;
use plugin_api::{Caller, Permissions};

use crate::state::State;

/// The role that may do everything.
pub const SUPERADMIN: &str = "superadmin";

/// What these roles let somebody do: the defaults in the manifests of the host and of the plugins
/// that are enabled.
pub fn permissions(state: &State, roles: &[String]) -> Permissions {
    if roles.iter().any(|role| role == SUPERADMIN) {
        return Permissions::Everything;
    }
    let mut ids = BTreeSet::new();
    each_permission(state, |permission| {
        if permission.roles.iter().any(|role| roles.contains(role)) {
            ids.insert(permission.id.clone());
        }
    });
    Permissions::Some(ids)
}

/// Every permission there is, the host's first.
pub fn all(state: &State) -> Vec<Permission> {
    let mut all = Vec::new();
    each_permission(state, |permission| all.push(permission.clone()));
    all
}

fn each_permission(state: &State, mut each: impl FnMut(&Permission)) {
    state.registry.host_manifest().permissions.iter().for_each(&mut each);
    for manifest in state.registry.enabled() {
        manifest.permissions.iter().for_each(&mut each);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn some(ids: &[&str]) -> Permissions {
        Permissions::Some(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    #[test]
    fn nobody_grants_what_he_lacks() {
        let with = |permissions| Caller { permissions, ..Caller::default() };
        let reseller = with(some(&["host:users", "licences:view"]));
        assert!(may_grant(&reseller, &some(&["licences:view"])));
        assert!(!may_grant(&reseller, &some(&["licences:view", "licences:issue"])));
        assert!(!may_grant(&reseller, &Permissions::Everything));
        assert!(may_grant(&with(Permissions::Everything), &Permissions::Everything));
    }
}

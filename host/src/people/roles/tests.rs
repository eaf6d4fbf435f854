//! Nobody grants what he lacks.

use plugin_api::{Caller, Permissions};

use super::may_grant;

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

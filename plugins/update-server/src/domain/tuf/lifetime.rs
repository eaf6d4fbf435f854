//! How long metadata holds, and when it is signed anew.

use plugin_api::time::DAY;

use super::role::Role;

/// How long a document of the role holds from when it is signed, milliseconds. A server that was
/// taken over or cut off can hold back updates no longer than a timestamp holds.
pub fn of(role: Role) -> i64 {
    match role {
        Role::Root | Role::Targets => 365 * DAY,
        Role::Snapshot => 7 * DAY,
        Role::Timestamp => DAY,
    }
}

/// How long before its end a document is signed anew, milliseconds.
pub fn renewal(role: Role) -> i64 {
    match role {
        Role::Root | Role::Targets => 60 * DAY,
        Role::Snapshot => 3 * DAY,
        Role::Timestamp => DAY / 2,
    }
}

/// The end of a document of the role signed at `now`: whole seconds, because python-tuf reads no
/// fractions.
pub fn end(role: Role, now: i64) -> i64 {
    let end = now.saturating_add(of(role));
    end - end.rem_euclid(1000)
}

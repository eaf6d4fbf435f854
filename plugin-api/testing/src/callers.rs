//! Who asks the plugin under test.

use std::sync::Arc;

use plugin_api::{Actor, Caller, Permissions, Scope};

use crate::organisations::{Node, ROOT};
use crate::{Client, Harness};

impl Harness {
    /// Requests as `caller`.
    pub fn as_caller(&self, caller: Caller) -> Client {
        Client::new(Arc::clone(&self.world), caller)
    }

    /// Requests of one who may do everything, everywhere.
    pub fn superadmin(&self) -> Client {
        self.as_caller(Caller {
            actor: Actor::User {
                id: "00000000-0000-7000-8000-0000000000aa".to_owned(),
                name: "Ada Admin".to_owned(),
            },
            permissions: Permissions::Everything,
            scope: Scope::everything(),
            organisation_id: ROOT.to_owned(),
            ..Caller::default()
        })
    }

    /// Requests of nobody known.
    pub fn anonymous(&self) -> Client {
        self.as_caller(Caller::default())
    }

    /// Requests of a user of the vendor who has exactly these permissions. Confine him with
    /// [`Client::in_organisation`].
    pub fn with_permissions(&self, ids: &[&str]) -> Client {
        self.superadmin().with_permissions(ids)
    }

    /// Requests of a user of `node` who has exactly these permissions.
    pub fn in_branch(&self, node: &Node, ids: &[&str]) -> Client {
        self.with_permissions(ids).in_organisation(node)
    }

    /// The caller jobs and events run as: everything is theirs.
    pub fn job_caller(&self, name: &str) -> Caller {
        Caller {
            actor: Actor::Job { name: name.to_owned() },
            permissions: Permissions::Everything,
            scope: Scope::everything(),
            organisation_id: ROOT.to_owned(),
            ..Caller::default()
        }
    }
}

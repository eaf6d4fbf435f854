//! Who is asking, what he may do, and how he is to be answered.

use std::collections::BTreeSet;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::{Access, Scope};

/// Everything the host knows of who is asking; fixed for one request, job or service call.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Caller {
    /// Names the request in logs and in the `instance` of problems.
    pub request_id: String,
    /// Who it is.
    pub actor: Actor,
    /// The roles he has, by id; none for jobs and the anonymous.
    pub roles: Vec<String>,
    /// What he may do.
    pub permissions: Permissions,
    /// Whose rows he may touch.
    pub scope: Scope,
    /// His own node of the organisation tree; empty for an anonymous caller.
    pub organisation_id: String,
    /// `en` or `it`.
    pub language: String,
    /// The prefix the whole cockpit is mounted under, without a trailing slash; often empty.
    pub base_path: String,
    /// Where the whole cockpit is reached from outside, without a trailing slash:
    /// `https://example.com/cockpit`; empty for who made no request.
    pub root: String,
    /// Where the request came from.
    pub address: Option<IpAddr>,
    /// The job's id when a job is running.
    pub job_id: String,
}

impl Default for Caller {
    fn default() -> Self {
        Self {
            request_id: String::new(),
            actor: Actor::Anonymous,
            roles: Vec::new(),
            permissions: Permissions::default(),
            scope: Scope::nothing(),
            organisation_id: String::new(),
            language: "en".to_owned(),
            base_path: String::new(),
            root: String::new(),
            address: None,
            job_id: String::new(),
        }
    }
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Nobody known.
    #[default]
    Anonymous,
    /// A person signed in.
    User {
        /// His id.
        id: String,
        /// His name.
        name: String,
    },
    /// Software with an API token.
    Token {
        /// The token's id.
        id: String,
        /// What its owner calls it.
        name: String,
        /// Whose token it is.
        user_id: String,
    },
    /// A background job, the demo, an event.
    Job {
        /// Its name.
        name: String,
    },
}

/// What a caller may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permissions {
    /// The superadmin and jobs.
    Everything,
    /// Exactly these.
    Some(BTreeSet<String>),
}

impl Default for Permissions {
    fn default() -> Self {
        Self::Some(BTreeSet::new())
    }
}

impl Permissions {
    /// Whether `id` is among them.
    pub fn contain(&self, id: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Some(ids) => ids.contains(id),
        }
    }
}

impl Caller {
    /// Whether somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        !matches!(self.actor, Actor::Anonymous)
    }

    /// The part of his address that stands for one subscriber: all of it, or the first 64 bits of an
    /// IPv6 address, the rest of which he chooses himself (RFC 4291 §2.5.4).
    pub fn subscriber(&self) -> Option<IpAddr> {
        self.address.map(|address| match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
            address @ IpAddr::V4(_) => address,
        })
    }

    /// Whether this caller may use a route of this access.
    pub fn may(&self, access: &Access) -> bool {
        match access {
            Access::Public | Access::Credential => true,
            Access::SignedIn => self.is_signed_in(),
            Access::Permission(id) => self.is_signed_in() && self.permissions.contain(id),
            Access::AnyOf(ids) => {
                self.is_signed_in() && ids.iter().any(|id| self.permissions.contain(id))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_is_one_however_he_chooses_his_address() {
        let of = |text: &str| {
            let address = Some(text.parse().expect("an address"));
            Caller { address, ..Caller::default() }.subscriber()
        };
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:203.0.113.9"), of("203.0.113.9"));
    }
}

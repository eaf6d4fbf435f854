//! Who may call a route.

use serde::{Deserialize, Serialize};

/// Who may call a route; there is no route without one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Anybody.
    Public,
    /// Anybody who carries a credential the handler itself checks: an activation key, a payment
    /// reference.
    Credential,
    /// Any user or API token.
    SignedIn,
    /// Who has this permission.
    Permission(String),
    /// Who has one of these permissions.
    AnyOf(Vec<String>),
}

impl Access {
    /// Who has the permission `id`, `<plugin-id>:<verb>`.
    pub fn permission(id: &str) -> Self {
        Self::Permission(id.to_owned())
    }

    /// The permissions it names.
    pub fn permissions(&self) -> &[String] {
        match self {
            Self::Permission(one) => std::slice::from_ref(one),
            Self::AnyOf(some) => some,
            Self::Public | Self::Credential | Self::SignedIn => &[],
        }
    }
}

impl std::fmt::Display for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::Credential => f.write_str("credential"),
            Self::SignedIn => f.write_str("signed in"),
            Self::Permission(id) => f.write_str(id),
            Self::AnyOf(ids) => f.write_str(&ids.join(" or ")),
        }
    }
}

//! What `cockpit demo` tells about itself in `demo.json`.

use std::path::Path;

use serde::Deserialize;

/// The content of `demo.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Demo {
    /// Where it answers, without a final slash.
    pub url: String,
    /// Who may do everything.
    pub superadmin: SignIn,
    /// An API token with all permissions.
    pub token: String,
    /// Somebody of each level of one branch.
    pub roles: Roles,
    /// Somebody of a reseller next to that branch.
    pub sibling: Member,
    /// The code of a product.
    pub product: String,
    /// A permanent key for three devices, none used.
    pub activation_key: String,
    /// The key of a trial.
    pub trial_key: String,
    /// A key that has expired.
    pub expired_key: String,
    /// A key that is suspended.
    pub suspended_key: String,
    /// A key with two floating seats, none out.
    pub floating_key: String,
    /// A key with a module whose use is counted.
    pub meter: Metered,
    /// Where the programs of one licence find updates.
    pub updates: Updates,
}

/// Where the programs of one licence find updates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Updates {
    /// Code of the product.
    pub product: String,
    /// The address, with its secret in the path.
    pub base_url: String,
    /// The secret.
    pub token: String,
    /// A channel.
    pub channel: String,
}

/// A key with a module whose use is counted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Metered {
    /// The activation key.
    pub key: String,
    /// Code of the module.
    pub module: String,
}

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SignIn {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
}

/// One of each level, each of the node above the next one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Roles {
    /// Of the reseller.
    pub reseller: Member,
    /// Of his sub-company.
    pub sub_company: Member,
    /// Its agent.
    pub agent: Member,
    /// Of the agent's customer.
    pub customer: Member,
}

/// Somebody of a node of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Member {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
    /// An API token that may whatever he may.
    pub token: String,
    /// The id of his node.
    pub organisation: String,
}

impl Demo {
    /// Reads `<data>/demo.json`, if it is there.
    pub fn read(data: &Path) -> Option<serde_json::Result<Self>> {
        let text = std::fs::read_to_string(data.join("demo.json")).ok()?;
        Some(serde_json::from_str(&text))
    }
}

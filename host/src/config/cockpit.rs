//! `cockpit`: the existing cockpit that this one joins.

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};
use super::{ConfigError, demand, http};

/// The existing cockpit that this one joins.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cockpit {
    /// Origins whose pages may show ours in a frame; nobody when empty.
    pub origins: Vec<String>,
}

impl Cockpit {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        demand(
            self.origins.iter().all(|origin| http::is_origin(origin)),
            "cockpit.origins",
            "hold origins like https://cockpit.example.com, without a path",
        )
    }
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[Setting::new(
    "cockpit.origins",
    Kind::List,
    "Origins (https://cockpit.example.com) whose pages may show ours in a frame; none by default.",
)];

//! `company`: who runs this cockpit.

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};

/// Who runs this cockpit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Company {
    /// What pages and mails call the company; empty for the product's own name.
    pub name: String,
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] =
    &[Setting::new("company.name", Kind::Text, "What pages and mails call your company.")];

//! `data`: where everything is kept.

use super::setting::{Kind, Setting};

/// The data directory when none is given.
pub(super) const DEFAULT: &str = "cockpit-data";

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[Setting::new(
    "data",
    Kind::Text,
    "Directory of the database, the keys, the plugins and the file cockpit.toml.",
)];

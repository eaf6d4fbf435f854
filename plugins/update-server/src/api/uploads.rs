//! `/api/admin/caricamenti`: files in parts, resumable (tus 1.0.0).

use plugin_api::Routes;

/// Where uploads begin.
pub(crate) const PATH: &str = "/api/admin/caricamenti";

/// The routes.
pub(super) fn routes() -> Routes {
    Routes::new()
}

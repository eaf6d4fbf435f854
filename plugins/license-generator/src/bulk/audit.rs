//! How runs are audited.

use plugin_api::db::Audit;

use crate::domain::bulk::Run;

/// The audit row of an act on a run.
pub(super) fn audit(action: &str, run: &Run) -> Audit {
    Audit::of(action, &run.bulk_id).named(&run.title).in_organisation(&run.organisation_id)
}

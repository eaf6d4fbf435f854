//! Licences for installations: linked, assigned, many at once, and the hint that one is there.

use plugin_api::table::TableSpec;
use plugin_api::ui::Markup;
use plugin_api::{Cx, Plugin, Problem};

use crate::store::installations::Installation;

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
}

/// Adds what may be done about licences of several installations at once to their list.
pub(crate) fn actions(spec: TableSpec) -> TableSpec {
    spec
}

/// The card about the licence of one installation; none where nobody keeps licences.
#[expect(clippy::unused_async, reason = "asks the keeper of licences as soon as there is one")]
pub(crate) async fn card(_cx: &Cx, _of: &Installation) -> Result<Option<Markup>, Problem> {
    Ok(None)
}

//! What software is and whose: products, customers, suggestions, decisions and their undoing.

use plugin_api::table::TableSpec;
use plugin_api::ui::Markup;
use plugin_api::{Cx, Plugin, Problem};

use crate::store::installations::Installation;

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
}

/// Adds what may be decided about several installations at once to their list.
pub(crate) fn actions(spec: TableSpec) -> TableSpec {
    spec
}

/// The buttons that decide about one installation, for the head of its page.
#[expect(clippy::unused_async, reason = "asks the database as soon as there is something to say")]
pub(crate) async fn actions_of(_cx: &Cx, _of: &Installation) -> Result<Markup, Problem> {
    Ok(Markup::default())
}

/// What was decided about one installation and who it may be, for its page.
#[expect(clippy::unused_async, reason = "asks the database as soon as there is something to say")]
pub(crate) async fn of_installation(_cx: &Cx, _of: &Installation) -> Result<Markup, Problem> {
    Ok(Markup::default())
}

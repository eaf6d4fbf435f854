//! What plugins may ask about keys.

use plugin_api::Plugin;
use plugin_api::contracts::keys::WITHDRAWN;

use crate::state::App;

/// Adds the services and the setting to the host's own plugin.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin.setting("key-days", 0).service(&WITHDRAWN, |_, ()| async move {
        let App(state) = App::answering()?;
        Ok(state.keys.withdrawn())
    })
}

//! Meters: how much of the modules of a licence is used, and corrections by hand.

mod card;
mod correct;
mod entries;
mod page;

use plugin_api::{Access, Plugin, Routes, routes};

use crate::{ISSUE, READ, api, paths};

pub(crate) use card::card;

/// Adds what programs call, and the page of a licence's meters.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let programs = Routes::new().api(routes!(api::consumi::handle), &Access::Credential);
    let pages = Routes::new()
        .get(paths::METERS, page::handle, Access::permission(READ))
        .get(paths::METERS_EXPORT, page::export, Access::permission(READ))
        .post(paths::METER_CORRECT, correct::handle, Access::permission(ISSUE));
    plugin.routes(programs).routes(pages)
}

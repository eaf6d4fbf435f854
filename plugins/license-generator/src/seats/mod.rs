//! Floating seats: who holds them now, for whom some are kept, and how many were out.

mod card;
mod free;
mod holders;
mod page;
mod reserve;
mod sweep;
mod validated;

use plugin_api::{Access, Plugin, Routes, routes};

use crate::{ISSUE, READ, api, paths};

pub(crate) use card::card;
pub(crate) use validated::{By, claims_of, seated};

/// Adds what programs call, the page of a licence's seats, and the job that counts them.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let issue = Access::permission(ISSUE);
    let programs = Routes::new()
        .api(routes!(api::posti::prendi::handle), &Access::Credential)
        .api(routes!(api::posti::rinnova::handle, api::posti::rendi::handle), &Access::Credential);
    let pages = Routes::new()
        .get(paths::SEATS, page::handle, Access::permission(READ))
        .post(paths::SEAT_FREE, free::handle, issue.clone())
        .post(paths::SEAT_RESERVE, reserve::handle, issue.clone())
        .post(paths::SEAT_UNRESERVE, reserve::undo, issue);
    plugin.routes(programs).routes(pages).job(sweep::JOB, Some("* * * * *"), sweep::run)
}

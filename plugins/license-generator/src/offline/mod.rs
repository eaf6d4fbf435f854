//! Machines without a network: their requests are carried here as a file, as text or as a QR code,
//! and their answers are carried back.

mod answer;
mod card;
mod deactivate;
mod list;
mod look;
mod page;
mod request;
mod show;

use plugin_api::{Access, Cx, Plugin, Problem, Routes, routes};

pub(crate) use answer::{Answered, Written, answer};
pub(crate) use card::{card, own_link};
pub(crate) use request::Request;

use crate::domain::licence::Licence;
use crate::{ISSUE, PORTAL, api, paths, portal, store};

/// Adds the call of machines that reach us through another one, and the pages.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let people = Access::AnyOf(vec![ISSUE.to_owned(), PORTAL.to_owned()]);
    let machines = Routes::new().api(routes!(api::offline::handle), &Access::Credential);
    let pages = Routes::new()
        .get(paths::OFFLINE, page::handle, people.clone())
        .post(paths::OFFLINE, page::check, people.clone())
        .post(paths::OFFLINE_ANSWER, page::take, people.clone())
        .get(paths::OFFLINE_REQUESTS, list::handle, people.clone())
        .get(paths::OFFLINE_EXPORT, list::export, people.clone())
        .get(paths::OFFLINE_SHOW, show::handle, people.clone())
        .get(paths::OFFLINE_FILE, show::file, people.clone())
        .post(paths::OFFLINE_FREE, show::free, people);
    plugin
        .menu("offline", paths::OFFLINE, "download", "issue", "")
        .hint("offline-about")
        .group("licences")
        .routes(machines)
        .routes(pages)
}

/// A licence the caller may bring requests for: any of his branch if he issues licences, otherwise
/// only his own. A foreign one is like none.
async fn licence_of(cx: &Cx, licence_id: &str) -> Result<Licence, Problem> {
    if !cx.may(ISSUE) {
        return portal::own(cx, licence_id).await;
    }
    let found = store::licences::get(&cx.db(), cx.scope(), licence_id).await?;
    found.ok_or_else(Problem::not_found)
}

//! Renewals: by hand, by many at once, by themselves; what is paid later, and what happens when it
//! is not.

mod ageing;
mod card;
mod failed;
mod jobs;
mod order;
mod page;
mod paid;
mod read;
mod renew;
mod settle;

use plugin_api::contracts::ledger;
use plugin_api::{Access, Plugin, Routes, routes, table};

use crate::{api, paths};

pub(crate) use card::card;
pub(crate) use order::{Order, Payment, due};
pub(crate) use page::BesidePage;
pub(crate) use read::amount;
pub(crate) use renew::{changed, in_transaction, owing_from, renew};

/// Who may renew licences, and note that they were paid.
pub(crate) const RENEW: &str = "license-generator:renew";

/// Adds the area to the plugin.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .permission("renew", &["reseller", "sub-company", "agent"])
        .setting(jobs::DAYS, 0)
        .menu("due", paths::DUE, "clock", "renew", "")
        .hint("due-about")
        .group("licences")
        .menu("failures", paths::FAILURES, "alert", "renew", "")
        .group("licences")
        .routes(pages())
        .routes(Routes::new().api(routes!(api::rinnova::handle), &Access::Credential))
        .on(ledger::PAID, settle::heard)
        .job(jobs::RENEW, Some("17 * * * *"), jobs::renew)
        .job(jobs::OVERDUE, Some("23 * * * *"), jobs::overdue)
}

fn pages() -> Routes {
    let renew = Access::permission(RENEW);
    table::routes(failed::spec, &renew)
        .get(paths::DUE, ageing::handle, renew.clone())
        .get(paths::DUE_EXPORT, ageing::export, renew.clone())
        .get(paths::RENEW, page::form, renew.clone())
        .post(paths::RENEW, page::handle, renew.clone())
        .post(paths::RENEW_PREVIEW, page::preview, renew.clone())
        .post(paths::RENEW_AGAIN, failed::again, renew.clone())
        .post(paths::PAID, paid::handle, renew)
}

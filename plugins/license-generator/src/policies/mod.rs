//! Policies: what a vendor settles for the licences of a product.

mod apply;
mod csv;
mod edit;
mod evaluate;
mod form;
mod grid;
mod list;
mod read;
pub(crate) mod runs;
pub(crate) mod save;
mod values;
mod versions;
mod what_if;

use plugin_api::{Access, Cx, Fault, Plugin, Routes, routes, table};

use crate::domain::draft::Rejection;
use crate::domain::policy::{InForce, Policy};
use crate::issue::NotIssued;
use crate::store::policies::{self as store, Stored};
use crate::{api, paths};

pub(crate) use evaluate::{Affected, Found, evaluate};
pub(crate) use list::spec;
pub(crate) use read::stored as stored_draft;

/// Who may change policies, and issue licences beyond their limits.
pub(crate) const POLICIES: &str = "license-generator:policies";

/// Adds the area to the plugin.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .permission("policies", &[])
        .menu("policies-menu", paths::POLICIES, "shield", "policies", "")
        .hint("policies-about")
        .group("products")
        .routes(pages())
        .routes(programs())
        .search("policies", |_| list::spec())
        .job(apply::JOB, None, apply::run)
}

fn pages() -> Routes {
    let policies = Access::permission(POLICIES);
    table::routes(list::spec, &policies)
        .get(paths::POLICY_NEW, edit::new, policies.clone())
        .post(paths::POLICY_NEW, edit::create, policies.clone())
        .get(paths::POLICY, edit::form, policies.clone())
        .post(paths::POLICY, edit::update, policies.clone())
        .get(paths::POLICY_VERSIONS, versions::list, policies.clone())
        .get(paths::POLICY_VERSIONS_EXPORT, versions::export, policies.clone())
        .get(paths::POLICY_VERSION, versions::show, policies.clone())
        .get(paths::POLICY_RUN, runs::show, policies.clone())
        .post(paths::POLICY_RUN, runs::step, policies)
}

fn programs() -> Routes {
    let policies = Access::permission(POLICIES);
    Routes::new()
        .api(routes!(api::politiche::list::handle), &policies)
        .api(routes!(api::politiche::create::handle), &policies)
        .api(routes!(api::politiche::get::handle), &policies)
        .api(routes!(api::politiche::update::handle), &policies)
        .api(routes!(api::politiche::simulate::handle), &policies)
}

/// The policy in force for a product: the one named, else the product's own, else that of every
/// product, else what the settings say. Without a product only its name counts.
pub(crate) async fn in_force(
    cx: &Cx,
    product_id: Option<&str>,
    code: Option<&str>,
) -> Result<InForce, NotIssued> {
    let may_exceed = cx.may(POLICIES);
    let db = cx.db();
    let named = code.map(str::trim).filter(|code| !code.is_empty());
    let stored = match (named, product_id) {
        (Some(code), _) => {
            let is_for = |stored: &Stored| {
                stored.product_id.is_none() || stored.product_id.as_deref() == product_id
            };
            let unknown = || Rejection::coded("politica_sconosciuta", "/politica");
            Some(store::by_code(&db, code).await?.filter(is_for).ok_or_else(unknown)?)
        }
        (None, Some(product_id)) => store::default_of(&db, product_id).await?,
        (None, None) => None,
    };
    Ok(match stored {
        Some(Stored { policy_id, version, document, .. }) => {
            InForce { of: Some((policy_id, version)), policy: document, may_exceed }
        }
        None => InForce { of: None, policy: of_settings(cx).await?, may_exceed },
    })
}

/// What the settings say where no policy does.
pub(crate) async fn of_settings(cx: &Cx) -> Result<Policy, Fault> {
    Ok(Policy {
        trial_days: cx.setting("trial-days").await?,
        offline_days: cx.setting("offline-days").await?,
        grace_days: cx.setting("grace-days").await?,
        ..Policy::default()
    })
}

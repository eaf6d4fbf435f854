//! `/crm/my-licences`: what an end customer sees of his own licences, and what he may do himself.

mod free;
mod list;
mod show;

pub(crate) use list::spec;
use plugin_api::{Access, Routes};
pub(crate) use show::own;

use crate::{PORTAL, paths};

/// Its routes.
pub(crate) fn routes() -> Routes {
    let portal = Access::permission(PORTAL);
    Routes::new()
        .get(paths::MY_LICENCES, list::handle, portal.clone())
        .get(paths::MY_EXPORT, list::export, portal.clone())
        .get(paths::MY_LICENCE, show::handle, portal.clone())
        .post(paths::MY_FREE, free::handle, portal)
}

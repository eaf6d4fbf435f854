//! Quick buttons: the common licences in two clicks, and the pages where they are described.

mod buttons;
mod edit;
mod form;
mod issue;
mod list;
mod renewal;

use plugin_api::{Access, Cx, Fault, Plugin, Routes};

use crate::domain::quick::{TEST_KEY, Template};
use crate::renewals::RENEW;
use crate::{ISSUE, QUICK, paths, store};

pub(crate) use buttons::buttons;

/// Adds the pages, permission and menu entry of quick buttons.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let quick = Access::permission(QUICK);
    let renew = Access::permission(RENEW);
    let routes = Routes::new()
        .post(paths::QUICK, issue::handle, Access::permission(ISSUE))
        .get(paths::QUICK_RENEWAL, renewal::handle, renew.clone())
        .post(paths::QUICK_RENEWAL, renewal::find, renew)
        .get(paths::QUICK_KEYS, list::handle, quick.clone())
        .get(paths::QUICK_NEW, edit::new, quick.clone())
        .post(paths::QUICK_NEW, edit::create, quick.clone())
        .post(paths::QUICK_RESTORE, list::restore, quick.clone())
        .get(paths::QUICK_KEY, edit::form, quick.clone())
        .post(paths::QUICK_KEY, edit::update, quick.clone())
        .post(paths::QUICK_MOVE, list::shift, quick.clone())
        .post(paths::QUICK_DELETE, list::delete, quick);
    plugin
        .permission("quick", &[])
        .menu("quick-keys", paths::QUICK_KEYS, "star", "quick", "")
        .hint("quick-keys-about")
        .group("licences")
        .routes(routes)
}

/// The button with this id that the caller may press; the one for test keys for an empty id.
pub(crate) async fn template(cx: &Cx, id: &str) -> Result<Option<Template>, Fault> {
    let id = if id.is_empty() { TEST_KEY } else { id };
    let found = store::quick::find(&cx.db(), id).await?;
    Ok(found.filter(|template| template.enabled && cx.may(&template.permission())))
}

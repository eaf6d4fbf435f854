//! The pages of the keys that sign metadata: what there is, what waits, every change of keys.

mod acts;
pub(crate) mod banner;
mod documents;
mod elsewhere;
mod grid;
mod list;
mod roles;
mod show;
mod signatures;
mod waits;

use plugin_api::ui::Tabs;
use plugin_api::{Access, Cx, Plugin, Problem, table};

use crate::domain::tuf::role::Role;
use crate::{KEYS, READ, paths};

/// Adds them.
pub(super) fn add_to(plugin: Plugin) -> Plugin {
    let keys = Access::permission(KEYS);
    let routes = table::routes(list::spec, &keys)
        .get(paths::PRODUCT_KEYS, show::page, keys.clone())
        .post(paths::PRODUCT_KEYS_ROTATE, acts::rotate, keys.clone())
        .get(paths::PRODUCT_KEYS_ELSEWHERE, elsewhere::page, keys.clone())
        .post(paths::PRODUCT_KEYS_ELSEWHERE, elsewhere::handle, keys.clone())
        .post(paths::PRODUCT_KEYS_SIGN, acts::sign_anew, keys.clone())
        .post(paths::PRODUCT_KEYS_GIVE_UP, acts::give_up, keys.clone())
        .post(paths::PRODUCT_KEYS_SIGNATURES, signatures::handle, keys.clone())
        .get(paths::PRODUCT_KEYS_DOCUMENT, documents::handle, keys);
    plugin
        .menu("update-keys", paths::KEYS, "key", "keys", "")
        .hint("update-keys-about")
        .group("updates")
        .routes(routes)
}

/// The pages of a product, with the one at `current` marked; nothing where there is only one.
pub(crate) fn tabs(cx: &Cx, product: &str, current: &str) -> Option<Tabs> {
    let lang = cx.lang();
    let of = |path: &str| cx.url(&paths::of(path, product));
    (cx.may(KEYS) && cx.may(READ)).then(|| {
        Tabs::new(lang.t("tabs-product"), of(current))
            .tab(lang.t("tab-product"), of(paths::PRODUCT))
            .tab(lang.t("update-keys"), of(paths::PRODUCT_KEYS))
    })
}

/// The role of this name; 404 for another.
pub(crate) fn role(name: &str) -> Result<Role, Problem> {
    Role::ALL.into_iter().find(|role| role.name() == name).ok_or_else(Problem::not_found)
}

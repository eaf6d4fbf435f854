//! `/system/organisations`: the tree of resellers, sub-companies and agents.

mod cards;
mod create;
mod labels;
mod list;
mod relocate;
mod show;
mod standing;
#[cfg(test)]
mod tests;
mod tree;

use plugin_api::{Cx, Routes};

pub(crate) use list::spec;

pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(tree::routes())
        .merge(list::routes())
        .merge(create::routes())
        .merge(show::routes())
        .merge(relocate::routes())
        .merge(standing::routes())
}

const TREE: &str = "/system/organisations";

/// The page of the node `id`, or an act on it.
fn address(cx: &Cx, id: &str, act: &str) -> String {
    cx.url(&format!("{TREE}/{id}{act}"))
}

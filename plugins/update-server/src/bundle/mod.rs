//! Bundles: releases, signed metadata, the licence and the revocations in one file, for machines and
//! cockpits without a network.

pub mod archive;
pub(crate) mod choice;
pub(crate) mod download;
pub(crate) mod intake;
pub mod issuer;
pub mod manifest;
mod pack;
mod pages;

use plugin_api::{Access, Plugin, Routes};

use crate::{PUBLISH, READ, paths};

/// Days the signed metadata of a bundle holds.
const DAYS: &str = "bundle-days";
/// Keys of the cockpits whose bundles are taken in, separated by spaces or lines.
const TRUSTED: &str = "bundle-keys";

/// Adds what belongs to them.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let (read, publish) = (Access::permission(READ), Access::permission(PUBLISH));
    let routes = Routes::new()
        .get(paths::BUNDLES, intake::list::page, read.clone())
        .get(&format!("{}/export", paths::BUNDLES), intake::list::export, read.clone())
        .merge(
            Routes::new()
                .post(paths::BUNDLES, intake::receive::handle, publish.clone())
                .taking_files(),
        )
        .get(paths::BUNDLE_NEW, pages::page, publish.clone())
        .post(paths::BUNDLE_NEW, pages::make, publish.clone())
        .get(paths::BUNDLE, intake::show::page, read)
        .post(paths::BUNDLE, intake::show::take, publish);
    plugin
        .token_type(manifest::TOKEN_TYPE)
        .setting(DAYS, 90)
        .setting(TRUSTED, "")
        .menu("update-bundles", paths::BUNDLES, "download", "read", "")
        .hint("update-bundles-about")
        .group("updates")
        .job(intake::run::NAME, None, intake::run::run)
        .routes(routes)
}

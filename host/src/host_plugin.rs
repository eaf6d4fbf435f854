//! The host's own pages and documents, put together exactly as a plugin is.

use plugin_api::Plugin;
use plugin_api::lang::Sources;

use crate::{api, http, jobs, keys, live, mail, pages, people, settings, sso, views};

/// Its texts: what every page says, then a file per area.
pub(crate) const LOCALES: Sources = &[
    ("en", include_str!("../locales/en.ftl")),
    ("it", include_str!("../locales/it.ftl")),
    ("en", include_str!("../locales/access.en.ftl")),
    ("it", include_str!("../locales/access.it.ftl")),
    ("en", include_str!("../locales/keys.en.ftl")),
    ("it", include_str!("../locales/keys.it.ftl")),
    ("en", include_str!("../locales/mail.en.ftl")),
    ("it", include_str!("../locales/mail.it.ftl")),
    ("en", include_str!("../locales/organisations.en.ftl")),
    ("it", include_str!("../locales/organisations.it.ftl")),
    ("en", include_str!("../locales/roles.en.ftl")),
    ("it", include_str!("../locales/roles.it.ftl")),
    ("en", include_str!("../locales/sign_in.en.ftl")),
    ("it", include_str!("../locales/sign_in.it.ftl")),
    ("en", include_str!("../locales/sso.en.ftl")),
    ("it", include_str!("../locales/sso.it.ftl")),
];

/// The host as a plugin: always there, always enabled, not on the Modules page.
pub(crate) fn plugin() -> Plugin {
    let plugin = Plugin::new("host", env!("CARGO_PKG_VERSION"), LOCALES)
        .migrations(migrations())
        .setting("access-log-days", 365)
        .setting("mail-days", mail::KEPT_DAYS)
        .routes(api::routes())
        .routes(http::routes())
        .routes(jobs::routes())
        .routes(live::routes())
        .routes(settings::routes())
        .routes(sso::routes())
        .routes(views::routes());
    let plugin = people::services::add_to(pages::add_to(plugin));
    keys::service::add_to(people::privacy::add_to(plugin)).build()
}

fn migrations() -> plugin_api::manifest::Migrations {
    plugin_api::migrations![in "../migrations" "host":
        "0001" "create_people",
        "0002" "create_audit",
        "0003" "create_keys",
        "0004" "create_modules",
        "0005" "create_work",
        "0006" "create_settings",
        "0007" "publish_organisations",
        "0008" "create_mail",
        "0009" "create_sign_in",
        "0010" "edit_roles",
        "0011" "create_access_log",
        "0012" "version_organisations",
        "0013" "create_sso",
        "0014" "fold_audit_names",
        "0015" "create_root",
        "0016" "create_contents",
    ]
}

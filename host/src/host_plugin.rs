//! The host's own pages and documents, put together exactly as a plugin is.

use plugin_api::Plugin;

use crate::{http, jobs, live, pages, settings, views};

/// The host as a plugin: always there, always enabled, not on the Modules page.
pub(crate) fn plugin() -> Plugin {
    let plugin = Plugin::new("host", env!("CARGO_PKG_VERSION"), plugin_api::locales!())
        .migrations(migrations())
        .routes(http::routes())
        .routes(jobs::routes())
        .routes(live::routes())
        .routes(settings::routes())
        .routes(views::routes());
    pages::add_to(plugin).build()
}

fn migrations() -> plugin_api::manifest::Migrations {
    plugin_api::migrations![in "../migrations" "host":
        "0001" "create_people",
        "0002" "create_audit",
        "0003" "create_keys",
        "0004" "create_modules",
        "0005" "create_work",
        "0006" "create_settings",
    ]
}

//! Customers and prospects: master data, states, and the service other plugins find accounts by.

mod alike;
mod api;
mod asked;
mod assign;
mod chips;
mod chooser;
mod create;
pub mod domain;
mod duplicates;
mod edit;
mod enter;
mod facts;
mod form;
mod found;
mod happened;
mod history;
mod import;
mod installations_tab;
mod invite;
mod labels;
mod licences_tab;
mod list;
mod merge;
mod my_account;
mod parts;
pub mod paths;
mod people;
mod privacy;
mod registration;
mod rows;
pub mod rules;
mod sample;
mod services;
mod sheet;
mod show;
mod state;
pub mod store;
mod tabs;
mod timeline;
pub mod transactions;

use plugin_api::contracts::accounts;
use plugin_api::lang::Sources;
use plugin_api::{Access, Plugin, Routes};

/// Id of this plugin.
pub const ID: &str = "customer-accounts";
/// Who may see customers.
pub const READ: &str = "customer-accounts:read";
/// Who may enter and change them.
pub const WRITE: &str = "customer-accounts:write";
/// Who may validate, suspend and resume them.
pub const VALIDATE: &str = "customer-accounts:validate";
/// Who may make one customer of two.
pub const MERGE: &str = "customer-accounts:merge";
/// Who may take away everything kept of a customer, as a file.
pub const DISCLOSE: &str = "customer-accounts:disclose";
/// Who may erase what is personal of a customer.
pub const ERASE: &str = "customer-accounts:erase";
/// Who sees himself as an end customer.
pub const PORTAL: &str = "customer-accounts:portal";

const LOCALES: Sources = &[
    ("en", include_str!("../locales/en.ftl")),
    ("it", include_str!("../locales/it.ftl")),
    ("en", include_str!("../locales/countries.en.ftl")),
    ("it", include_str!("../locales/countries.it.ftl")),
    ("en", include_str!("../locales/people.en.ftl")),
    ("it", include_str!("../locales/people.it.ftl")),
    ("en", include_str!("../locales/import.en.ftl")),
    ("it", include_str!("../locales/import.it.ftl")),
    ("en", include_str!("../locales/registration.en.ftl")),
    ("it", include_str!("../locales/registration.it.ftl")),
    ("en", include_str!("../locales/transactions.en.ftl")),
    ("it", include_str!("../locales/transactions.it.ftl")),
    ("en", include_str!("../locales/portal.en.ftl")),
    ("it", include_str!("../locales/portal.it.ftl")),
];

/// The plugin.
pub fn plugin() -> Plugin {
    tabs::add_to(Plugin::new(ID, env!("CARGO_PKG_VERSION"), LOCALES))
        .permission("read", &["reseller", "sub-company", "agent", "auditor"])
        .permission("write", &["reseller", "sub-company", "agent"])
        .permission("validate", &["reseller"])
        .permission("merge", &["reseller"])
        .permission("disclose", &["reseller"])
        .permission("erase", &[])
        .permission("portal", &["customer", "agent", "sub-company", "reseller"])
        .permission("transactions", &["reseller", "sub-company", "auditor"])
        .permission("book", &["reseller", "sub-company"])
        .permission("rules", &["reseller"])
        .setting("registrations-per-hour", 20)
        .menu("customers", paths::LIST, "users", "read", "c")
        .hint("customers-about")
        .menu("waiting-menu", paths::WAITING, "clock", "validate", "w")
        .hint("waiting-about")
        .also(paths::RULES)
        .badge(registration::count)
        .menu("my-account", paths::MY_ACCOUNT, "building", "portal", "")
        .hint("my-account-about")
        .unless("read")
        .menu("transactions", paths::LEDGER, "list", "transactions", "t")
        .hint("transactions-about")
        .migrations(plugin_api::migrations!("customer-accounts":
            "0001" "create_customer",
            "0002" "extend_customer",
            "0003" "create_external",
            "0004" "create_timeline",
            "0005" "create_import",
            "0006" "create_registration",
            "0007" "create_transaction",
            "0008" "guard_timeline",
        ))
        .routes(pages())
        .routes(of_a_customer())
        .routes(portal())
        .routes(api::routes())
        .routes(transactions::routes())
        .routes(registration::routes())
        .routes(rules::routes())
        .search("read", |_| list::spec())
        .search("transactions", |_| transactions::spec())
        .service(&accounts::FIND, services::find)
        .service(&accounts::SEARCH, services::search)
        .on(plugin_api::contracts::timeline::HAPPENED, timeline::hear)
        .service(&accounts::RECEIVER, rules::receiver)
        .service(&accounts::ENTER, enter::enter)
        .service(&accounts::ALIKE, alike::alike)
        .service(&registration::REGISTER, registration::register)
        .service(&plugin_api::contracts::ledger::BOOK, transactions::book)
        .service(&plugin_api::contracts::ledger::SETTLE, transactions::settle_asked)
        .on(plugin_api::contracts::licences::ISSUED, rules::licensed)
        .job("forget-registration-budgets", Some("23 * * * *"), registration::forget)
        .import(import::spec())
        .sample(sample::fill)
        .build()
}

fn pages() -> Routes {
    let read = Access::permission(READ);
    let write = Access::permission(WRITE);
    Routes::new()
        .get(paths::LIST, list::handle, read.clone())
        .get(paths::LIST_EXPORT, list::export, read.clone())
        .get(paths::DUPLICATES, duplicates::handle, read.clone())
        .get(paths::NEW, create::form, write.clone())
        .post(paths::NEW, create::handle, write.clone())
        .get(paths::SHOW, show::handle, read.clone())
        .get(paths::TIMELINE, timeline::handle, read.clone())
        .get(paths::EDIT, edit::form, write.clone())
        .post(paths::EDIT, edit::handle, write)
        .post(paths::STATE, state::handle, Access::permission(VALIDATE))
}

/// What is done with one customer.
fn of_a_customer() -> Routes {
    let read = Access::permission(READ);
    let write = Access::permission(WRITE);
    let merge = Access::permission(MERGE);
    parts::routes()
        .get(paths::PEOPLE, people::handle, read.clone())
        .get(paths::INVITE, invite::form, write.clone())
        .post(paths::INVITE, invite::handle, write.clone())
        .post(paths::BAR, people::bar, write.clone())
        .get(paths::LICENCES, licences_tab::handle, read.clone())
        .get(paths::INSTALLATIONS, installations_tab::handle, read.clone())
        .get(paths::HISTORY, history::handle, read.clone())
        .get(paths::HISTORY_EXPORT, history::export, read)
        .get(paths::ASSIGN, assign::form, write.clone())
        .post(paths::ASSIGN, assign::handle, write)
        .get(paths::MERGE, merge::form, merge.clone())
        .post(paths::MERGE, merge::handle, merge)
        .get(paths::PERSONAL_DATA, privacy::export, Access::permission(DISCLOSE))
        .post(paths::ERASE, privacy::erase, Access::permission(ERASE))
}

/// What an end customer sees of himself.
fn portal() -> Routes {
    let portal = Access::permission(PORTAL);
    Routes::new()
        .get(paths::MY_ACCOUNT, my_account::handle, portal.clone())
        .get(paths::MY_ACCOUNT_EDIT, my_account::form, portal.clone())
        .post(paths::MY_ACCOUNT_EDIT, my_account::save, portal)
}

plugin_api::export_plugin!(plugin);

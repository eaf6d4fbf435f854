//! The product in a real browser: what people see, hear and press.

mod accessible;
mod bulk_act;
mod bulk_issue;
mod custom_key;
mod dashboard;
mod driver;
mod embedded;
mod inspection;
mod inventory;
mod keyboard;
mod list;
mod main_job;
mod naughty;
mod offline;
mod page;
mod people_path;
mod quick_key;
mod stored_xss;
mod updates;
mod what_if;
mod without_script;

use page::Browser;

/// A width at which the menu stands beside the page.
const WIDE: u32 = 1440;
/// The width of a small telephone.
const NARROW: u32 = 390;

/// A browser at the login page of a demo, signed in as its superadmin.
async fn signed_in(browser: &Browser, cockpit: &cockpit_tests::Cockpit) {
    let person = &cockpit.told().superadmin;
    browser.open("/login").await;
    browser.sign_in(&person.email, &person.password).await;
    browser.path_is("/").await;
}

//! The Modules page as a superadmin reads and uses it.

use cockpit_tests::html;
use cockpit_tests::{Answer, Client, Cockpit, Place};

/// Where it is.
pub(super) const PATH: &str = "/system/modules";

/// Who uses it in these tests.
const EMAIL: &str = "ann@vendor.example";
const PASSWORD: &str = "correct horse battery staple";

/// An empty installation with a superadmin, served.
pub(super) async fn served(place: Place) -> (Cockpit, Client) {
    place.add_user(EMAIL, PASSWORD, &["superadmin"]);
    let cockpit = Cockpit::serve(place).await;
    let browser = cockpit.signed_in(EMAIL, PASSWORD).await;
    (cockpit, browser)
}

/// Enters an unlock key.
pub(super) async fn enter(browser: &Client, key: &str) -> Answer {
    let page = browser.get(PATH).await.expect(200);
    browser.fill(&page.form_with("key"), &[("key", key)]).await
}

/// Switches a plugin on or off.
pub(super) async fn switch(browser: &Client, id: &str, on: bool) -> Answer {
    let page = browser.get(PATH).await.expect(200);
    let form = page.form_to(&format!("/{id}/switch"));
    assert!(form.fields.contains(&("on".to_owned(), on.to_string())), "{form:?}");
    browser.fill(&form, &[]).await.expect(303)
}

/// What the page says of one plugin.
pub(super) async fn told(browser: &Client, id: &str) -> String {
    let page = browser.get(PATH).await.expect(200);
    let start = page.body.find(&format!("module-{id}"));
    let start = start.unwrap_or_else(|| panic!("{id} is not on the page: {}", page.body));
    let rest = &page.body[start..];
    let end = rest[1..].find("module-").map_or(rest.len(), |end| end + 1);
    let end = rest.find("modules/unlock").map_or(end, |unlock| end.min(unlock));
    html::text(&format!("<{}", &rest[..end]))
}

/// Where the menu and the page lead the superadmin.
pub(super) async fn links(browser: &Client) -> Vec<String> {
    html::links(&browser.get("/").await.expect(200).body)
}

/// Whether any link leads into the CRM.
pub(super) async fn has_crm(browser: &Client) -> bool {
    links(browser).await.iter().any(|link| link.starts_with("/crm/"))
}

//! The Modules page as a superadmin reads and uses it.

use cockpit_tests::html;
use cockpit_tests::{Answer, Client, Cockpit, Place};

/// Where it is.
pub(crate) const PATH: &str = "/system/modules";

/// Who uses it in these tests.
const EMAIL: &str = "ann@vendor.example";
const PASSWORD: &str = "correct horse battery staple";

/// An empty installation with a superadmin, served.
pub(crate) async fn served(place: Place) -> (Cockpit, Client) {
    add_superadmin(&place);
    served_again(place).await
}

/// Makes the superadmin of an installation that is not served.
pub(crate) fn add_superadmin(place: &Place) {
    place.add_user(EMAIL, PASSWORD, &["superadmin"]);
}

/// The same installation, served once more.
pub(crate) async fn served_again(place: Place) -> (Cockpit, Client) {
    let cockpit = Cockpit::serve(place).await;
    let browser = cockpit.signed_in(EMAIL, PASSWORD).await;
    (cockpit, browser)
}

/// Enters an unlock key.
pub(crate) async fn enter(browser: &Client, key: &str) -> Answer {
    let page = browser.get(PATH).await.expect(200);
    browser.fill(&page.form_with("key"), &[("key", key)]).await
}

/// Switches a plugin on or off.
pub(crate) async fn switch(browser: &Client, id: &str, on: bool) {
    let page = browser.get(PATH).await.expect(200);
    let form = page.form_to(&format!("/{id}/switch"));
    assert!(form.fields.contains(&("on".to_owned(), on.to_string())), "{form:?}");
    browser.fill(&form, &[]).await.assert(303);
}

/// What the page says of one plugin.
pub(crate) async fn told(browser: &Client, id: &str) -> String {
    let page = browser.get(PATH).await.expect(200);
    let start = page.body.find(&format!("id=\"module-{id}\""));
    let start = start.unwrap_or_else(|| panic!("{id} is not on the page: {}", page.told()));
    let card = page.body[start..].split("</section>").next().unwrap_or_default();
    html::text(&format!("<section {card}"))
}

/// Where the menu and the page lead the superadmin.
pub(crate) async fn links(browser: &Client) -> Vec<String> {
    html::links(&browser.get("/").await.expect(200).body)
}

/// Whether any link leads into the CRM.
pub(crate) async fn has_crm(browser: &Client) -> bool {
    links(browser).await.iter().any(|link| link.starts_with("/crm/"))
}

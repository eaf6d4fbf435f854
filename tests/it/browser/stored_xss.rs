//! What somebody stored is text everywhere, never markup.

use cockpit_tests::{Cockpit, Setup, licences};
use serde_json::json;

use super::driver::Script;
use super::page::Browser;
use super::signed_in;

const NAME: &str = r#"<img src=x onerror=alert(1)>"'><script>alert(1)</script>"#;

#[tokio::test]
async fn what_was_stored_is_shown_literally() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let software = cockpit.software();
    let customer = json!({ "ragione_sociale": NAME, "note": NAME, "indirizzo": { "citta": NAME } });
    let made = software.post("/api/admin/clienti", &customer).await.expect(201).json();
    let customer = made["id"].as_str().expect("an id");
    let licence = licences::issue(&software, customer, &cockpit.told().product, 1).await;
    let device = json!({
        "chiave_licenza": licence.key,
        "dispositivo": { "impronta": "xss-1", "nome": NAME, "piattaforma": NAME },
    });
    let _ = cockpit.anonymous().post("/api/licenze/attiva", &device).await.expect(200);

    let browser = Browser::start("stored_xss", &cockpit.url, Script::On).await;
    signed_in(&browser, &cockpit).await;
    let pages = [
        "/crm/customers?q=onerror".to_owned(),
        "/crm/customers?sort=-name".to_owned(),
        format!("/crm/customers/{customer}"),
        "/crm/licences".to_owned(),
        "/crm/licences?q=onerror".to_owned(),
        "/crm/licences/new?trova=1&cerca=onerror".to_owned(),
        format!("/crm/licences/{}", licence.id),
        "/crm/activations".to_owned(),
        format!("/search?q={}", encoded(NAME)),
        "/system/audit".to_owned(),
    ];
    for page in pages {
        browser.open(&page).await;
        let text = browser.text("main").await;
        assert!(text.contains(NAME), "{page} does not show the name: {text}");
        assert_harmless(&browser, &page).await;
    }
    let page = format!("/crm/customers/{customer}/edit");
    browser.open(&page).await;
    assert_harmless(&browser, &page).await;
    assert_eq!(browser.value("[name=name]").await, NAME);
}

/// No element came of the text, and no script ran.
async fn assert_harmless(browser: &Browser, page: &str) {
    let made = browser.count("main img, main script, main [onerror]").await;
    assert_eq!(made, 0, "{page} has an element of it");
    assert!(browser.client.get_alert_text().await.is_err(), "{page} ran it");
    let complaints = browser.complaints().await;
    assert!(complaints.is_empty(), "{page}: {complaints:?}");
}

fn encoded(text: &str) -> String {
    let url = reqwest::Url::parse_with_params("http://x/", [("q", text)]).expect("an address");
    url.query().and_then(|query| query.strip_prefix("q=")).unwrap_or_default().to_owned()
}

//! A test key in two clicks: whose it is, is typed.

use cockpit_tests::{Cockpit, Setup, licences};
use serde_json::json;

use super::driver::Script;
use super::inspection::Findings;
use super::page::Browser;
use super::signed_in;

const CUSTOMER: &str = "Carnia Legnami S.r.l.";
/// Runs in the page: notes how often a mouse is pressed, beyond the page too. A key that presses a
/// button makes a click without a count.
const COUNT: &str = "addEventListener('click', ({ detail }) => {
    sessionStorage.clicks = Number(sessionStorage.clicks ?? 0) + (detail > 0);
}, true);";

#[tokio::test]
async fn a_quick_key_takes_two_clicks() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("quick_key", &cockpit.url, Script::On).await;
    let mut findings = Findings::default();
    signed_in(&browser, &cockpit).await;
    browser.open("/crm/licences").await;
    browser.script(COUNT, Vec::new()).await;
    browser.click("[data-dialog=quick]").await;
    browser.see("dialog#quick[open]").await;
    findings.inspect_schemes(&browser, "the dialog").await;
    browser.fill("#quick-cerca", CUSTOMER).await;
    browser.click("dialog#quick .acts button:not([data-close])").await;
    browser.read(".notices", "created").await;
    browser.read("h1", "Trial running").await;
    let clicks = browser.script("return Number(sessionStorage.clicks)", Vec::new()).await;
    assert_eq!(clicks, json!(2));
    findings.inspect_schemes(&browser, "the new licence").await;

    let key = browser.attribute("#key [data-copy]", "data-copy").await;
    let path = browser.path().await;
    let id = path.rsplit('/').next().expect("an id");
    let software = cockpit.software();
    let known = software.get(&format!("/api/admin/licenze/{id}")).await.expect(200).json();
    assert_eq!(known["chiave_licenza"], json!(key), "{known}");
    for (member, value) in [
        ("cliente_nome", json!(CUSTOMER)),
        ("tipo", json!("trial")),
        ("origine", json!("rapida")),
        ("interna", json!(true)),
        ("dispositivi", json!(1)),
        ("prezzo", json!(null)),
    ] {
        assert_eq!(known[member], value, "{member}: {known}");
    }
    licences::activate(&cockpit.anonymous(), &key, "quick-1").await.assert(200);
    browser.client.refresh().await.expect("the page again");
    browser.read("#devices", "quick-1").await;
    two_are_called_alike(&browser, &mut findings).await;
    findings.none(10);
}

/// A name that fits many customers is asked again, as typed.
async fn two_are_called_alike(browser: &Browser, findings: &mut Findings) {
    browser.open("/crm/licences").await;
    browser.click("[data-dialog=quick-2]").await;
    browser.see("dialog#quick-2[open]").await;
    browser.fill("#quick-2-cerca", "S.r.l.").await;
    browser.fill("#quick-2-durata_giorni", "21").await;
    browser.click("dialog#quick-2 .acts button:not([data-close])").await;
    browser.focus_is_on(".errors").await;
    assert_eq!(browser.value("[name=cerca]").await, "S.r.l.");
    assert_eq!(browser.value("[name=durata_giorni]").await, "21");
    findings.inspect_schemes(browser, "which customer").await;
}

//! Licences ticked in their list: what would happen is shown first, and can be taken back.

use cockpit_tests::{Client, Cockpit, Setup};
use serde_json::Value;

use super::driver::Script;
use super::inspection::Findings;
use super::page::Browser;
use super::signed_in;

const LIST: &str = "/crm/licences?prodotto=CASSA-FACILE&tipo=permanente&stato=attiva";

#[tokio::test]
async fn what_is_ticked_is_previewed_changed_and_changed_back() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("bulk_act", &cockpit.url, Script::On).await;
    let mut findings = Findings::default();
    let software = cockpit.software();
    signed_in(&browser, &cockpit).await;
    let ticked = tick(&browser, &mut findings).await;
    suspend(&browser, &software, &ticked, &mut findings).await;
    resume(&browser, &software, &ticked).await;
    all_that_match(&browser, &software, &mut findings).await;
    findings.none(14);
}

async fn states(software: &Client, ids: &[String]) -> Vec<String> {
    let mut states = Vec::new();
    for id in ids {
        let known = software.get(&format!("/api/admin/licenze/{id}")).await.expect(200).json();
        states.push(known["stato"].as_str().unwrap_or_default().to_owned());
    }
    states
}

/// The bar with what can be done appears with the first tick; answers the ids ticked.
async fn tick(browser: &Browser, findings: &mut Findings) -> Vec<String> {
    browser.open(LIST).await;
    let bar = browser.client.find(fantoccini::Locator::Css(".bulkbar")).await.expect("a bar");
    assert!(!bar.is_displayed().await.expect("a page"), "nothing is ticked yet");
    let mut ticked = Vec::new();
    for row in 1..=2 {
        let css = format!("#results tbody tr:nth-child({row}) [name=selected]");
        browser.click(&css).await;
        ticked.push(browser.value(&css).await);
    }
    browser.read(".bulkbar", "2 rows selected").await;
    findings.inspect_schemes(browser, "two ticked").await;
    ticked
}

async fn suspend(browser: &Browser, software: &Client, ticked: &[String], findings: &mut Findings) {
    browser.click(".bulkbar [formaction$='/suspend']").await;
    browser.read("h1", "Suspend: 2 licences").await;
    browser.read("#what", "Licences chosen").await;
    findings.inspect_schemes(browser, "the preview").await;
    assert_eq!(states(software, ticked).await, ["attiva", "attiva"], "a preview changes nothing");
    browser.click("main > form > .acts button.danger").await;
    browser.read("main .head", "Done").await;
    browser.read("#tally", "2").await;
    browser.read("#results tbody", "Done").await;
    assert_eq!(browser.count("#results tbody tr").await, 2);
    findings.inspect_schemes(browser, "done").await;
    assert_eq!(states(software, ticked).await, ["sospesa", "sospesa"]);
    browser.open(&format!("/crm/licences/{}", ticked[0])).await;
    browser.read("h1", "Suspended").await;
    browser.client.back().await.expect("the run");
}

/// The run is taken back by a run of its own, with its own preview.
async fn resume(browser: &Browser, software: &Client, ticked: &[String]) {
    browser.click("[data-dialog=undo]").await;
    browser.click("dialog#undo[open] button:not([data-close])").await;
    browser.read("h1", "Resume: 2 licences").await;
    assert_eq!(states(software, ticked).await, ["sospesa", "sospesa"]);
    browser.click("main > form > .acts button.primary").await;
    browser.read("main .head", "Done").await;
    assert_eq!(states(software, ticked).await, ["attiva", "attiva"]);
}

/// The licences that a list of the API shows.
async fn listed(software: &Client, query: &str) -> Vec<Value> {
    let path = format!("/api/admin/licenze?{query}&limit=100");
    let list = software.get(&path).await.expect(200).json();
    list["dati"].as_array().cloned().unwrap_or_default()
}

/// Everything the filters show, beyond the page too; what has no end is left as it is.
async fn all_that_match(browser: &Browser, software: &Client, findings: &mut Findings) {
    let query = "stato=attiva&tipo=abbonamento,permanente";
    let before = listed(software, query).await;
    browser.open(&format!("/crm/licences?{query}&limit=10")).await;
    browser.click("#results tbody tr:first-child [name=selected]").await;
    browser.click(".bulkbar [name=all]").await;
    browser.click(".bulkbar [formaction$='/end']").await;
    browser.read("h1", "Change end date").await;
    browser.read("#what", &before.len().to_string()).await;
    browser.read("#what .notice", "permanent").await;
    browser.click("main > form > .acts button.primary").await;
    browser.focus_is_on(".errors").await;
    findings.inspect_schemes(browser, "refused").await;
    // How a day is typed depends on the language of the browser.
    let day = "document.querySelector('main form [type=date]').value = '2027-03-31'";
    browser.script(day, Vec::new()).await;
    browser.click("main > form > .acts button.primary").await;
    browser.read("main .head", "Done").await;
    let after = listed(software, query).await;
    assert_eq!(after.len(), before.len());
    for licence in after {
        let end = licence["scadenza"].as_str().unwrap_or_default();
        let is_permanent = licence["tipo"] == "permanente";
        assert_eq!(end.starts_with("2027-03-31"), !is_permanent, "{licence}");
    }
}

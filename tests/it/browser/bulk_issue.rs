//! Many keys at once: preview, progress, the file with the keys, and taking back what nobody used.

use std::collections::BTreeSet;

use cockpit_tests::{Cockpit, Setup, licences};
use serde_json::Value;

use super::driver::Script;
use super::inspection::Findings;
use super::page::Browser;
use super::signed_in;

/// More than are issued while the browser waits.
const MANY: usize = 900;

#[tokio::test]
async fn many_keys_are_previewed_issued_and_handed_over_as_a_file() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("bulk_issue", &cockpit.url, Script::On).await;
    let mut findings = Findings::default();
    signed_in(&browser, &cockpit).await;
    let run = prepare(&browser, &cockpit, &mut findings).await;
    let key = issue(&browser, &cockpit, &run, &mut findings).await;
    licences::activate(&cockpit.anonymous(), &key, "bulk-1").await.assert(200);
    take_back(&browser, &cockpit, &run).await;
    findings.none(14);
}

/// What the API says of the run.
async fn told(cockpit: &Cockpit, run: &str) -> Value {
    let path = format!("/api/admin/licenze/massiva/{run}");
    cockpit.software().get(&path).await.expect(200).json()
}

/// The form up to its preview; answers the id of the run.
async fn prepare(browser: &Browser, cockpit: &Cockpit, findings: &mut Findings) -> String {
    browser.open("/crm/licences/bulk").await;
    findings.inspect_schemes(browser, "the runs").await;
    browser.click("main a[href='/crm/licences/bulk/new']").await;
    browser.choose("[name=prodotto]", "STUDIO-PRO").await;
    browser.fill("[name=cerca]", "Carnia Legnami").await;
    browser.click("[name=trova]").await;
    let option = "[name=cliente] option:not([value=''])";
    let customer = browser.until("the customer found", async || {
        let option = browser.client.find(fantoccini::Locator::Css(option)).await?;
        option.attr("value").await
    });
    let customer = customer.await;
    browser.choose("[name=cliente]", &customer).await;
    assert_eq!(browser.value("[name=prodotto]").await, "STUDIO-PRO");
    browser.click("main form > .acts button").await;
    browser.read("#who", "Carnia Legnami").await;

    browser.fill("[name=quantita]", "0").await;
    browser.fill("[name=prezzo]", "12,50").await;
    browser.click("main form > .acts button").await;
    browser.focus_is_on(".errors").await;
    assert_eq!(browser.value("[name=prezzo]").await, "12,50");
    findings.inspect_schemes(browser, "refused").await;
    browser.fill("[name=quantita]", &MANY.to_string()).await;
    browser.click("main form > .acts button").await;
    browser.read("#what", "11,250.00").await;
    findings.inspect_schemes(browser, "the preview").await;
    let path = browser.path().await;
    let run = path.rsplit('/').next().expect("an id").to_owned();
    let prepared = told(cockpit, &run).await;
    assert_eq!(prepared["stato"], "preparata", "{prepared}");
    assert_eq!(prepared["fatte"], 0, "a preview issues nothing: {prepared}");
    run
}

/// Confirms, follows the progress and takes the file; answers one of its keys.
async fn issue(browser: &Browser, cockpit: &Cockpit, run: &str, findings: &mut Findings) -> String {
    browser.click("main > form > .acts button.primary").await;
    browser.see("#progress progress").await;
    findings.look(browser, "at work").await;
    // The page shows what came of it by itself.
    browser.see("#run-keys a[href*='format=csv']").await;
    browser.read("main .head", "Done").await;
    browser.read("#facts", "900 / 900").await;
    findings.inspect_schemes(browser, "done").await;
    let done = told(cockpit, run).await;
    assert_eq!((&done["stato"], &done["fatte"]), (&"completata".into(), &MANY.into()), "{done}");
    assert_eq!(done["prezzo"]["importo"], 1_250, "{done}");

    let person = cockpit.superadmin().await;
    let href = browser.attribute("#run-keys a[href*='format=csv']", "href").await;
    let file = person.get(&href).await.expect(200);
    assert!(file.header("content-disposition").starts_with("attachment"), "{:?}", file.headers);
    let keys: BTreeSet<&str> =
        file.body.lines().skip(1).filter_map(|line| line.split([',', ';']).next()).collect();
    assert_eq!(keys.len(), MANY, "a key each");
    let key = keys.first().expect("a key").trim_matches('"').to_owned();

    browser.click("#run-keys a[href*='lotto=']").await;
    browser.read(".pager [role=status]", "900 rows").await;
    browser.open("/crm/licences/bulk").await;
    browser.read("main tbody", "Studio Pro").await;
    findings.look(browser, "with this run").await;
    key
}

/// Asks before it removes what was issued; a licence that is used stays.
async fn take_back(browser: &Browser, cockpit: &Cockpit, run: &str) {
    browser.open(&format!("/crm/licences/bulk/{run}")).await;
    browser.click("[data-dialog=undo]").await;
    browser.see("dialog#undo[open]").await;
    browser.click("dialog#undo [data-close]").await;
    browser.gone("dialog[open]").await;
    assert_eq!(told(cockpit, run).await["stato"], "completata");
    browser.click("[data-dialog=undo]").await;
    browser.click("dialog#undo button:not([data-close])").await;
    browser.read("main .head", "Taken back").await;
    let left = format!("/api/admin/licenze?lotto={run}");
    let left = cockpit.software().get(&left).await.expect(200).json();
    assert_eq!(left["dati"].as_array().map(Vec::len), Some(1), "only what is used stays: {left}");
    assert_eq!(told(cockpit, run).await["stato"], "annullata");
}

//! Everything works where no script runs.

use cockpit_tests::{Cockpit, Setup};
use serde_json::json;

use super::driver::Script;
use super::page::Browser;
use super::signed_in;

#[tokio::test]
async fn everything_works_without_script() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("without_script", &cockpit.url, Script::Off).await;
    signed_in(&browser, &cockpit).await;
    let scripting = browser.script("return matchMedia('(scripting: none)').matches", vec![]).await;
    assert_eq!(scripting, json!(true), "scripts run");
    table(&browser).await;
    preferences(&browser).await;
    customer(&browser).await;
    confirm(&browser).await;
    quick_key(&browser).await;
    custom_key(&browser).await;
    tick(&browser).await;
}

/// Filter, sort, next page and columns are links and plain forms.
async fn table(browser: &Browser) {
    browser.open("/crm/licences").await;
    browser.click("a[rel=next]").await;
    browser.address_has("cursor=").await;
    browser.see("a[rel=prev]").await;

    browser.resize(super::NARROW).await;
    browser.open("/crm/licences").await;
    browser.click("#filters-fold").await;
    browser.click("#filter-stato").await;
    browser.click("[name=stato][value=scaduta]").await;
    browser.click("details.popup[open] button").await;
    browser.address_has("stato=scaduta").await;
    browser.resize(super::WIDE).await;
    browser.read("#results tbody", "Expired").await;
    assert!(!browser.text("#results tbody").await.contains("Active"));

    browser.click("#results thead th:not(.sel) a").await;
    browser.address_has("sort=").await;
    browser.address_has("stato=scaduta").await;
    browser.see("#results th[aria-sort]").await;

    browser.fill("#table-filters [name=q]", "studio").await;
    browser.click("#table-filters > button").await;
    browser.address_has("q=studio").await;
    browser.address_has("stato=scaduta").await;

    browser.open("/crm/licences").await;
    let columns = "#results thead th";
    let before = browser.count(columns).await;
    browser.click(".tools details:has([name=columns]) summary").await;
    browser.click("[name=columns][value=prodotto]").await;
    browser.click("details.popup[open] button").await;
    browser.address_has("columns=").await;
    assert_eq!(browser.count(columns).await, before - 1);
}

async fn preferences(browser: &Browser) {
    browser.open("/crm/licences?stato=attiva").await;
    browser.click(".prefs [name=theme]").await;
    browser.see("html[data-theme=light]").await;
    browser.click(".prefs [name=theme]").await;
    browser.see("html[data-theme=dark]").await;
    browser.address_has("/crm/licences?stato=attiva").await;
    browser.click(".prefs [name=lang]").await;
    browser.see("html[lang=it]").await;
    browser.address_has("/crm/licences?stato=attiva").await;
    browser.click(".prefs [name=lang]").await;
    browser.see("html[lang=en]").await;
}

async fn customer(browser: &Browser) {
    browser.open("/crm/customers/new").await;
    browser.fill("[name=name]", "Without Script Ltd").await;
    browser.fill("[name=vat_number]", "123").await;
    browser.click("main form > .acts button").await;
    browser.see("[name=vat_number][aria-invalid]").await;
    browser.click(".errors a").await;
    browser.address_has("#").await;
    browser.choose("[name=country]", "GB").await;
    browser.fill("[name=vat_number]", "GB123456789").await;
    browser.click("main form > .acts button").await;
    browser.read("h1", "Without Script Ltd").await;
}

/// The question before something is lost is a popover of the browser's own.
async fn confirm(browser: &Browser) {
    browser.click("[aria-haspopup=dialog][popovertarget]").await;
    browser.see("dialog:popover-open").await;
    browser.click("dialog:popover-open [data-close]").await;
    browser.gone("dialog:popover-open").await;
    browser.read("h1", "Without Script Ltd").await;
    browser.click("[aria-haspopup=dialog][popovertarget]").await;
    browser.fill("dialog:popover-open textarea", "Does not pay").await;
    browser.click("dialog:popover-open button:not([data-close])").await;
    browser.read("h1", "Suspended").await;
}

/// The dialog of a quick button is a popover too.
async fn quick_key(browser: &Browser) {
    browser.open("/crm/licences").await;
    browser.click("[data-dialog=quick]").await;
    browser.see("dialog#quick:popover-open").await;
    browser.fill("#quick-cerca", "Carnia Legnami").await;
    browser.click("dialog#quick .acts button:not([data-close])").await;
    browser.read(".notices", "created").await;
}

/// What a licence comes to is asked with a button, and nothing typed is lost.
async fn custom_key(browser: &Browser) {
    browser.open("/crm/licences/new").await;
    browser.fill("[name=cerca]", "Carnia Legnami").await;
    browser.click("[name=trova]").await;
    browser.read("[name=cliente] option:checked", "Carnia Legnami").await;
    browser.choose("[name=prodotto]", "STUDIO-PRO").await;
    browser.click("[name=continua]").await;
    browser.fill("[name=dispositivi]", "3").await;
    browser.click("[name=controlla]").await;
    browser.read("#summary", "on 3 devices").await;
    assert_eq!(browser.value("[name=dispositivi]").await, "3");
}

/// What can be done with rows appears once one is ticked.
async fn tick(browser: &Browser) {
    browser.open("/crm/licences?stato=attiva").await;
    browser.click("#results tbody tr:first-child [name=selected]").await;
    browser.see(".bulkbar").await;
    browser.click(".bulkbar [formaction$='/suspend']").await;
    browser.read("#what", "Licences chosen").await;
    browser.follow("main > form > .acts", "Cancel").await;
    browser.path_is("/crm/licences").await;
}

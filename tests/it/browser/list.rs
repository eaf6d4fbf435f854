//! A list in use: filters live in the address, and only the rows are exchanged.

use cockpit_tests::{Cockpit, Setup};
use serde_json::json;

use super::driver::Script;
use super::page::Browser;
use super::signed_in;

const LIST: &str = "/crm/licences";

#[tokio::test]
async fn a_list_keeps_its_state_in_the_address() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("list", &cockpit.url, Script::On).await;
    signed_in(&browser, &cockpit).await;
    filter_and_back(&browser).await;
    search_keeps_focus(&browser).await;
    save_view(&browser).await;
    export(&browser, &cockpit).await;
}

/// A mark on the page that a whole new page would lose.
async fn mark(browser: &Browser) {
    browser.script("window.marked = true", Vec::new()).await;
}

async fn is_marked(browser: &Browser) -> bool {
    browser.script("return window.marked === true", Vec::new()).await == json!(true)
}

async fn filter_and_back(browser: &Browser) {
    browser.open(LIST).await;
    let all = browser.text(".pager [role=status]").await;
    mark(browser).await;
    browser.click("#filter-stato").await;
    browser.click("[name=stato][value=scaduta]").await;
    browser.click("details.popup[open] button").await;
    browser.address_has("stato=scaduta").await;
    browser.read(".chips", "Expired").await;
    browser.read("#filter-stato", "active").await;
    browser.gone("details.popup[open]").await;
    browser.focus_is_on("#filter-stato").await;
    assert!(!browser.text("#results tbody").await.contains("Active"));
    let expired = browser.text(".pager [role=status]").await;
    assert_ne!(expired, all);

    browser.client.back().await.expect("the way back");
    browser.read(".pager [role=status]", &all).await;
    assert_eq!(browser.path().await, LIST);
    let checked = "#table-filters [name=stato]:checked";
    browser.gone(checked).await;
    assert!(is_marked(browser).await, "a whole page was loaded");
    browser.client.forward().await.expect("the way forward");
    browser.read(".pager [role=status]", &expired).await;
    browser
        .until("the filter ticked again", async || {
            Ok((browser.count(checked).await == 1).then_some(()))
        })
        .await;
    browser.client.refresh().await.expect("the page again");
    assert_eq!(browser.text(".pager [role=status]").await, expired);
}

async fn search_keeps_focus(browser: &Browser) {
    browser.open(LIST).await;
    mark(browser).await;
    let field = "#table-filters [name=q]";
    browser.click(field).await;
    for (typed, key) in [("p", 'p'), ("pa", 'a'), ("pas", 's'), ("past", 't')] {
        browser.press(&[key]).await;
        assert_eq!(browser.value(field).await, typed);
    }
    browser.address_has("q=past").await;
    browser.read("#results tbody", "Pastificio").await;
    browser.gone("[aria-busy]").await;
    browser.focus_is_on(field).await;
    browser.read("#live", "row").await;
    assert!(is_marked(browser).await, "a whole page was loaded");
    assert!(!browser.text("#results tbody").await.contains("Kessler"));
}

async fn save_view(browser: &Browser) {
    browser.open(&format!("{LIST}?stato=sospesa&sort=cliente")).await;
    browser.click(".tools details:has([name=name]) summary").await;
    browser.fill("details.popup[open] [name=name]", "To be called").await;
    browser.click("details.popup[open] button.primary").await;
    browser.read(".views [aria-current]", "To be called").await;
    browser.open(LIST).await;
    browser.read(".views [aria-current]", "All").await;
    browser.follow(".views", "To be called").await;
    browser.address_has("stato=sospesa").await;
    browser.read(".views [aria-current]", "To be called").await;
    browser.click("[data-dialog=table-view-delete]").await;
    browser.click("dialog[open] button:not([data-close])").await;
    browser
        .until("the list without the view", async || {
            Ok((!browser.text(".views").await.contains("To be called")).then_some(()))
        })
        .await;
}

/// The link to the file gives what the page shows.
async fn export(browser: &Browser, cockpit: &Cockpit) {
    browser.open(&format!("{LIST}?stato=scaduta")).await;
    browser.click(".tools details:has(a[download]) summary").await;
    let href = browser.attribute(".tools a[href*='format=csv']", "href").await;
    let file = cockpit.superadmin().await.get(&href).await.expect(200);
    assert!(file.header("content-type").starts_with("text/csv"), "{:?}", file.headers);
    assert!(file.header("content-disposition").starts_with("attachment"), "{:?}", file.headers);
    let found = browser.text(".pager [role=status]").await;
    let found: usize = found.split(' ').next().unwrap_or_default().parse().expect("a number");
    assert_eq!(file.body.lines().count(), found + 1);
}

//! Every page, in both themes and languages and at both widths, is free of findings.

use std::collections::{BTreeSet, VecDeque};

use cockpit_tests::{Client, Cockpit, Setup, html};

use super::driver::Script;
use super::inspection::Findings;
use super::page::Browser;
use super::{WIDE, signed_in};

#[tokio::test]
async fn every_page_is_accessible_in_light() {
    everything("accessible_light", "light", "en").await;
}

#[tokio::test]
async fn every_page_is_accessible_in_light_in_italian() {
    everything("accessible_light_it", "light", "it").await;
}

#[tokio::test]
async fn every_page_is_accessible_in_dark() {
    everything("accessible_dark", "dark", "en").await;
}

#[tokio::test]
async fn every_page_is_accessible_in_dark_in_italian() {
    everything("accessible_dark_it", "dark", "it").await;
}

async fn everything(name: &'static str, theme: &str, language: &str) {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let pages = pages(&cockpit.superadmin().await).await;
    let browser = Browser::start(name, &cockpit.url, Script::On).await;
    let mut findings = Findings::default();
    browser.open("/login").await;
    prefer(&browser, theme, language).await;
    findings.inspect(&browser, "as it opens").await;
    browser.sign_in("nobody@demo.example", "wrong in every way").await;
    browser.focus_is_on(".errors").await;
    findings.inspect(&browser, "refused").await;
    signed_in(&browser, &cockpit).await;
    browser.open("/").await;
    prefer(&browser, theme, language).await;
    for page in &pages {
        browser.open(page).await;
        findings.inspect(&browser, "as it opens").await;
    }
    refused(&browser, &mut findings).await;
    opened(&browser, &mut findings).await;
    findings.none(100);
}

/// Presses the buttons for theme and language until they are as wanted.
async fn prefer(browser: &Browser, theme: &str, language: &str) {
    for (name, wanted) in [("theme", theme), ("lang", language)] {
        let script = "const root = document.documentElement;
            return arguments[0] === 'lang' ? root.lang : root.dataset.theme";
        for _ in 0..3 {
            let now = browser.script(script, vec![name.into()]).await;
            if now == wanted {
                break;
            }
            browser.click(&format!(".prefs [name={name}]")).await;
            browser
                .until(&format!("another {name}"), async || {
                    let then = browser.client.execute(script, vec![name.into()]).await?;
                    Ok((then != now).then_some(()))
                })
                .await;
        }
        assert_eq!(browser.script(script, vec![name.into()]).await, wanted);
    }
}

/// Every page that links lead to, one of each kind, and the answer to a search.
async fn pages(person: &Client) -> Vec<String> {
    let mut kinds = BTreeSet::new();
    let mut pages = Vec::new();
    let mut ahead = VecDeque::from(["/".to_owned(), "/search?q=rossi".to_owned()]);
    while let Some(page) = ahead.pop_front() {
        if !kinds.insert(cockpit_tests::normal::text(&page)) {
            continue;
        }
        let answer = person.get(&page).await.expect(200);
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        for link in html::links(&answer.body) {
            let path = link.split(['?', '#']).next().unwrap_or_default();
            if path.starts_with('/') && !path.starts_with("/api") && !path.ends_with("/export") {
                ahead.push_back(path.to_owned());
            }
        }
        pages.push(page);
    }
    assert!(pages.len() >= 18, "only {pages:?}");
    pages
}

/// Pages that tell what is wrong.
async fn refused(browser: &Browser, findings: &mut Findings) {
    for page in ["/crm/nothing/here", "/crm/licences/01a00000-0000-7000-8000-000000000000"] {
        browser.open(page).await;
        browser.read(".error-status", "404").await;
        findings.inspect(browser, "not found").await;
    }
    let forms = [
        ("/crm/customers/new", "main form > .acts button"),
        ("/crm/products/new", "main form > .acts button"),
        ("/crm/licences/new", "[name=continua]"),
        ("/crm/licences/bulk/new?prodotto=STUDIO-PRO", "main form > .acts button"),
        ("/crm/offline", "main form > .acts button"),
        ("/crm/policies/new", "main form > .acts button"),
        ("/crm/quick-keys/new", "main form > .acts button"),
        ("/crm/issuing-rights/new", "main form > .acts button"),
        ("/crm/price-lists/new", "main form > .acts button"),
    ];
    for (page, button) in forms {
        browser.open(page).await;
        browser.click(button).await;
        browser.focus_is_on(".errors").await;
        findings.inspect(browser, "refused").await;
    }
    browser.open("/system/modules").await;
    browser.fill("[name=key]", "eyJ.eyJ.x").await;
    browser.click("#unlock form button").await;
    browser.focus_is_on(".errors").await;
    findings.inspect(browser, "refused").await;

    browser.open("/crm/licences?q=nothing+is+called+like+this").await;
    findings.inspect(browser, "nothing found").await;
    browser.open("/crm/licences?stato=attiva&sort=-dispositivi").await;
    browser.click("#results tbody a").await;
    browser.see("#devices tbody").await;
    findings.inspect(browser, "with devices").await;
    browser.open("/crm/licences?stato=attiva&dispositivi.from=x&sort=nothing").await;
    findings.inspect(browser, "a filter that makes no sense").await;
    terms(browser, findings).await;
}

/// The second step of a new licence, as it opens and refused.
async fn terms(browser: &Browser, findings: &mut Findings) {
    browser.open("/crm/licences/new").await;
    let option = "[name=cliente] option:not([value=''])";
    let customer = browser.client.find(fantoccini::Locator::Css(option)).await.expect("an option");
    let customer = customer.attr("value").await.expect("its value").unwrap_or_default();
    browser.choose("[name=cliente]", &customer).await;
    browser.click("[name=continua]").await;
    browser.see("[name=tipo]").await;
    findings.inspect(browser, "second step").await;
    browser.fill("[name=dispositivi]", "0").await;
    browser.fill("[name=payload]", "{").await;
    browser.click("main form .aside button.primary").await;
    browser.focus_is_on(".errors").await;
    findings.inspect(browser, "second step refused").await;
}

/// What opens above a page.
async fn opened(browser: &Browser, findings: &mut Findings) {
    browser.resize(WIDE).await;
    browser.open("/crm/licences").await;
    browser.click("#results tbody [name=selected]").await;
    browser.see(".bulkbar").await;
    findings.look(browser, "a row ticked").await;
    for button in ["#filter-tipo", "#filter-creata", ".tools details summary"] {
        browser.open("/crm/licences?stato=attiva").await;
        browser.click(button).await;
        browser.see("details.popup[open] > :not(summary)").await;
        findings.look(browser, button).await;
    }
    browser.open("/crm/licences").await;
    browser.click("[data-palette]").await;
    browser.see("dialog#palette[open]").await;
    findings.look(browser, "palette").await;
    browser.open("/crm/licences").await;
    browser.click("[data-dialog=quick]").await;
    browser.see("dialog#quick[open]").await;
    findings.look(browser, "dialog").await;
    browser.open("/crm/licences").await;
    browser.press(&['?']).await;
    browser.see("dialog#keys[open]").await;
    findings.look(browser, "shortcuts").await;

    browser.resize(super::NARROW).await;
    browser.open("/crm/licences?stato=attiva").await;
    browser.click("#filters-fold").await;
    browser.click("#filter-stato").await;
    browser.see("details.popup[open] > :not(summary)").await;
    // What the bar at the top covers while the page is scrolled is no finding.
    browser.script("scrollTo(0, 0)", Vec::new()).await;
    findings.look(browser, "filters").await;
    browser.open("/crm/licences").await;
    browser.click("#results tbody [name=selected]").await;
    browser.see(".bulkbar").await;
    findings.look(browser, "a row ticked").await;
    browser.open("/crm/licences").await;
    browser.click("[popovertarget=nav]").await;
    browser.see("#nav a").await;
    findings.look(browser, "menu").await;
    browser.resize(WIDE).await;
}

//! The figures: as drawings, as tables, as files and over the API, and all say the same.

use cockpit_tests::{Client, Cockpit, Setup};
use serde_json::Value;

use super::driver::Script;
use super::inspection::Findings;
use super::page::Browser;
use super::signed_in;

const DASHBOARD: &str = "/crm/licences/dashboard";
/// Runs in the page: the numbers of a card as bars, and the third column of its table.
const NUMBERS: &str = "const card = document.getElementById(arguments[0]);
    const read = (css) => [...card.querySelectorAll(css)].map((cell) => Number(cell.textContent));
    return [read('dl.bars dd b'), read('.data tbody td:nth-child(' + arguments[1] + ')')];";

#[tokio::test]
async fn figures_are_read_as_drawings_and_as_tables() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("dashboard", &cockpit.url, Script::On).await;
    let mut findings = Findings::default();
    let software = cockpit.software();
    signed_in(&browser, &cockpit).await;
    browser.click(&format!(".side a[href='{DASHBOARD}']")).await;
    findings.inspect_schemes(&browser, "as it opens").await;
    tables(&browser, &software, &mut findings).await;
    by_keyboard(&browser).await;
    filters(&browser, &software, &mut findings).await;
    file(&browser, &cockpit).await;
    branch(&browser, &cockpit, &mut findings).await;
    findings.none(16);
}

/// How many licences are in force, over the API.
async fn in_force(client: &Client, query: &str) -> Vec<i64> {
    let told = client.get(&format!("/api/statistiche{query}")).await.expect(200).json();
    let lines = told["attive"].as_array().cloned().unwrap_or_default();
    lines.iter().map(|line| line["licenze"].as_i64().expect("a number")).collect()
}

fn numbers(told: &Value) -> Vec<i64> {
    let numbers = told.as_array().cloned().unwrap_or_default();
    numbers.iter().map(|number| number.as_i64().expect("a number")).collect()
}

/// Every drawing stands as a table below it, with the same numbers.
async fn tables(browser: &Browser, software: &Client, findings: &mut Findings) {
    let told = browser.script(NUMBERS, vec!["attive".into(), 3.into()]).await;
    assert_eq!(numbers(&told[0]), in_force(software, "").await, "bars");
    assert_eq!(told[0], told[1], "the table");
    let total: i64 = numbers(&told[0]).iter().sum();
    browser.read(".kpis li:first-child", &total.to_string()).await;
    let told = browser.script(NUMBERS, vec!["scadenze".into(), 2.into()]).await;
    assert_eq!(told[0], told[1], "the weeks");
    let drawings = browser.count("main figure.chart").await;
    assert!(drawings >= 5, "only {drawings} drawings");
    let without = "return [...document.querySelectorAll('main figure.chart')].filter((figure) =>
        !figure.parentElement.querySelector('details.data table')).length";
    assert_eq!(browser.script(without, Vec::new()).await, 0);
    browser.click("#attive > details.data summary").await;
    browser.read("#attive table", "Studio Pro").await;
    let open = "document.querySelectorAll('details.data').forEach((each) => { each.open = true; });
        scrollTo(0, 0)";
    browser.script(open, Vec::new()).await;
    findings.inspect_schemes(browser, "all tables open").await;
    // A bar leads to the licences it counts.
    let bar = browser.text("#attive dl.bars > div:first-child dd").await;
    browser.click("#attive dl.bars > div:first-child a").await;
    browser.path_is("/crm/licences").await;
    browser.read(".pager [role=status]", &format!("{bar} row")).await;
    browser.client.back().await.expect("the way back");
}

/// The summary of a table opens with a key.
async fn by_keyboard(browser: &Browser) {
    browser.open(DASHBOARD).await;
    let summary = "#scadenze > details.data summary";
    browser.see(summary).await;
    browser.script("document.querySelector(arguments[0]).focus()", vec![summary.into()]).await;
    browser.focus_is_on(summary).await;
    browser.press(&['\u{e007}']).await;
    browser.see("#scadenze table tbody tr").await;
}

/// A product, then a longer period; what was chosen stays.
async fn filters(browser: &Browser, software: &Client, findings: &mut Findings) {
    browser.open(DASHBOARD).await;
    browser.choose("main form.filters [name=prodotto]", "STUDIO-PRO").await;
    browser.click("main form.filters button").await;
    browser.address_has("prodotto=STUDIO-PRO").await;
    let told = browser.script(NUMBERS, vec!["attive".into(), 3.into()]).await;
    assert_eq!(numbers(&told[0]), in_force(software, "?prodotto=STUDIO-PRO").await);
    assert!(!browser.text("#attive dl.bars").await.contains("Cassa Facile"));
    browser.follow("main .views", "12 months").await;
    browser.read("main .views [aria-current]", "12 months").await;
    browser.address_has("prodotto=STUDIO-PRO").await;
    assert_eq!(browser.value("main form.filters [name=prodotto]").await, "STUDIO-PRO");
    findings.inspect_schemes(browser, "twelve months").await;
    browser.open(&format!("{DASHBOARD}?da=2026-11-22&a=2026-01-01&prodotto=STUDIO-PRO")).await;
    browser.see("main .notice").await;
    assert_eq!(browser.value("main form.filters [name=prodotto]").await, "STUDIO-PRO");
    findings.inspect_schemes(browser, "days that make no sense").await;
}

/// The file of a figure has the rows of its table.
async fn file(browser: &Browser, cockpit: &Cockpit) {
    browser.open(DASHBOARD).await;
    let href = browser.attribute("#attive a[href*='format=csv']", "href").await;
    let file = cockpit.superadmin().await.get(&href).await.expect(200);
    assert!(file.header("content-type").starts_with("text/csv"), "{:?}", file.headers);
    let rows = browser.count("#attive .data tbody tr").await;
    assert_eq!(file.body.lines().count(), rows + 1, "{}", file.body);
}

/// A reseller sees his branch only.
async fn branch(browser: &Browser, cockpit: &Cockpit, findings: &mut Findings) {
    let reseller = &cockpit.told().roles.reseller;
    browser.click("[popovertarget=account-menu]").await;
    browser.click("#account-menu form button").await;
    browser.path_is("/login").await;
    browser.sign_in(&reseller.email, &reseller.password).await;
    browser.path_is("/").await;
    browser.open(DASHBOARD).await;
    let told = browser.script(NUMBERS, vec!["attive".into(), 3.into()]).await;
    let his = Client::with_token(&cockpit.url, &reseller.token);
    assert_eq!(numbers(&told[0]), in_force(&his, "").await);
    let all: i64 = in_force(&cockpit.software(), "").await.iter().sum();
    assert!(numbers(&told[0]).iter().sum::<i64>() < all, "all of {all}");
    findings.inspect_schemes(browser, "his branch").await;
}

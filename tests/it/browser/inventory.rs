//! Installations report themselves while somebody looks, and get their customers and licences.

use cockpit_tests::{Client, Cockpit, Setup};
use serde_json::{Value, json};

use super::driver::Script;
use super::inspection::Findings;
use super::page::Browser;
use super::signed_in;

const LIST: &str = "/crm/installations";
const WITHOUT_LICENCE: &str = "stato=assegnata&con_licenza=false&prodotto=STUDIO-PRO";
const PERMANENT: &str = "label:has([name=tipo][value=permanente])";

#[tokio::test]
async fn what_reports_itself_gets_its_customer_and_its_licence() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("inventory", &cockpit.url, Script::On).await;
    let mut findings = Findings::default();
    let software = cockpit.software();
    signed_in(&browser, &cockpit).await;
    let before = counted(&browser).await;
    let report = another_of_a_customer(&software).await;
    let id = appears(&browser, &cockpit, &report).await;
    assign(&browser, &id, &mut findings).await;
    assert_eq!(known(&software, &id).await["stato"], "assegnata");
    undo(&browser).await;
    assert_eq!(known(&software, &id).await["stato"], "non_ancora_assegnato");
    assign(&browser, &id, &mut findings).await;
    license(&browser, &id, &mut findings).await;
    let told = reported(&cockpit, &report).await;
    assert_eq!(told["licenza_disponibile"], true, "{told}");
    assert_eq!(counted(&browser).await, before + 1);
    regularise(&browser, &software, &mut findings).await;
    release(&browser, &mut findings).await;
    findings.none(22);
}

/// One installation, as software reads it.
async fn known(software: &Client, id: &str) -> Value {
    software.get(&format!("/api/admin/installazioni/{id}")).await.expect(200).json()
}

/// Says that an installation is there; answers what it is told.
async fn reported(cockpit: &Cockpit, report: &Value) -> Value {
    cockpit.anonymous().post("/api/registrazione-software", report).await.json()
}

/// What a further installation of a customer of the demo says of itself.
async fn another_of_a_customer(software: &Client) -> Value {
    let path = format!("/api/admin/installazioni?{WITHOUT_LICENCE}&limit=1");
    let list = software.get(&path).await.expect(200).json();
    let one = &list["dati"][0];
    json!({
        "nome_software": one["nome_software"],
        "versione": one["versione"],
        "cliente": {
            "ragione_sociale": one["cliente"]["ragione_sociale"],
            "partita_iva": one["cliente"]["partita_iva"],
        },
        "totale_ordini": 4_711,
        "id_installazione": "the-browser-test",
    })
}

/// The installations that the figures count.
async fn counted(browser: &Browser) -> i64 {
    browser.open("/crm/inventory-statistics").await;
    let tile = browser.text("main .kpis > :first-child b").await;
    let digits: String = tile.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("no number in “{tile}”"))
}

/// The report comes while the list is open, and its row appears in the same page; answers its id.
async fn appears(browser: &Browser, cockpit: &Cockpit, report: &Value) -> String {
    browser.open(LIST).await;
    browser.script("window.opened = true", Vec::new()).await;
    let first = browser.text("#results tbody tr:first-child").await;
    assert!(!first.contains("4,711"), "nothing came yet: {first}");
    let told = reported(cockpit, report).await;
    assert_eq!(told["stato"], "non_ancora_assegnato", "{told}");
    browser.read("#results tbody tr:first-child", "4,711").await;
    let same = browser.script("return window.opened === true", Vec::new()).await;
    assert_eq!(same, json!(true), "the page was loaded again");
    browser.value("#results tbody tr:first-child [name=selected]").await
}

/// The customer with the same VAT number is suggested with the reason, and chosen.
async fn assign(browser: &Browser, id: &str, findings: &mut Findings) {
    browser.open(&format!("{LIST}/{id}")).await;
    browser.read("h1", "Not assigned yet").await;
    browser.click("main .head form[action$='/decide/assign'] button").await;
    browser.read("#decide .pick:has(:checked)", "of 100").await;
    findings.inspect(browser, "whose it is").await;
    browser.click("main form [name=step][value=decide]").await;
    browser.read("[role=status]", "undo").await;
    browser.read("h1", "Assigned to a customer").await;
    findings.inspect(browser, "decided").await;
}

/// The decision on this page is taken back.
async fn undo(browser: &Browser) {
    browser.click("main .head [data-dialog^=undo]").await;
    browser.click("dialog[open] button:not([data-close])").await;
    browser.read("[role=status]", "Undone").await;
}

/// A new licence, whose price is shown before it is made.
async fn license(browser: &Browser, id: &str, findings: &mut Findings) {
    browser.open(&format!("{LIST}/{id}")).await;
    browser.click("#licence a").await;
    browser.click(PERMANENT).await;
    browser.read("#summary", "EUR").await;
    findings.inspect_schemes(browser, "a licence for one").await;
    browser.click("main form.beside button.primary").await;
    browser.path_is(&format!("{LIST}/{id}")).await;
    browser.read("#licence", "Active").await;
    browser.read("#licence", "told at each report").await;
}

/// Two that are ticked get their licences after a look at what that costs.
async fn regularise(browser: &Browser, software: &Client, findings: &mut Findings) {
    browser.open(&format!("{LIST}?{WITHOUT_LICENCE}")).await;
    let mut ticked = Vec::new();
    for row in 1..=2 {
        let css = format!("#results tbody tr:nth-child({row}) [name=selected]");
        browser.click(&css).await;
        ticked.push(browser.value(&css).await);
    }
    browser.click(".bulkbar [formaction$='/regularise']").await;
    browser.read("h1", "Regularise").await;
    browser.click(PERMANENT).await;
    browser.read("#summary", "EUR").await;
    findings.inspect_schemes(browser, "what they would cost").await;
    for id in &ticked {
        assert!(known(software, id).await["licenza"].is_null(), "a preview creates nothing");
    }
    browser.click("main form.beside button.primary").await;
    browser.read("main .head", "Done").await;
    browser.read("#results tbody", "Has its licence").await;
    findings.inspect_schemes(browser, "they have licences").await;
    for id in &ticked {
        assert!(known(software, id).await["licenza"].is_string(), "{id} has no licence");
    }
}

/// A report that is held counts once it is released.
async fn release(browser: &Browser, findings: &mut Findings) {
    browser.open("/crm/registrations-quarantine").await;
    let held = browser.count("#results tbody tr").await;
    assert!(held > 1, "the demo has reports in quarantine");
    browser.click("#results tbody tr:first-child [name=selected]").await;
    browser.click(".bulkbar [formaction$='/release']").await;
    browser.read("main", "One report").await;
    findings.inspect(browser, "to be released").await;
    browser.click("main #ask form button").await;
    browser.read("[role=status]", "released").await;
    assert_eq!(browser.count("#results tbody tr").await, held - 1);
}

//! From an empty installation to an activated licence, as its first user does it.

use cockpit_tests::{Cockpit, Place, Setup, licences};
use serde_json::json;

use super::driver::Script;
use super::page::Browser;

const EMAIL: &str = "grace@software.example";
const PASSWORD: &str = "correct horse battery staple";
const MODULES: &str = "/system/modules";
const LICENCES: &str = "/crm/licences";

#[tokio::test]
async fn the_main_job_is_done_in_the_browser() {
    let place = Place::new(Setup::PLAIN).await;
    place.cockpit(&["init"]).success();
    let cockpit = Cockpit::serve(place).await;
    let browser = Browser::start("main_job", &cockpit.url, Script::On).await;
    set_up(&browser, &cockpit).await;
    unlock(&browser, &cockpit).await;
    make_product(&browser).await;
    make_customer(&browser).await;
    let key = make_licence(&browser).await;
    activate(&browser, &cockpit, &key).await;
    make_quick_key(&browser).await;
    switch_off_and_on(&browser).await;
    sign_out(&browser).await;
}

/// The first run, at the address that the program printed; then a sign-in like any other.
async fn set_up(browser: &Browser, cockpit: &Cockpit) {
    let printed = cockpit.stdout();
    let token = printed.split("/setup?token=").nth(1).expect("the address of the set-up");
    let token = token.split_whitespace().next().expect("a token");
    browser.open(&format!("/setup?token={token}")).await;
    assert_eq!(browser.value("[name=token]").await, token);
    browser.fill("[name=company]", "Fictitious Software").await;
    browser.fill("[name=name]", "Grace Example").await;
    browser.fill("[name=email]", EMAIL).await;
    browser.fill("[name=password]", PASSWORD).await;
    browser.fill("[name=again]", PASSWORD).await;
    browser.click("main form button").await;
    browser.path_is("/").await;
    browser.read("[role=status]", "Welcome").await;

    sign_out(browser).await;
    browser.sign_in(EMAIL, "not the password at all").await;
    browser.focus_is_on(".errors").await;
    assert_eq!(browser.value("[name=email]").await, EMAIL);
    browser.sign_in(EMAIL, PASSWORD).await;
    browser.path_is("/").await;
    browser.read(".empty", "module").await;
    assert!(!browser.menu_has(LICENCES).await);
}

/// A key that is cut short is refused where it was entered; the right one brings the CRM section.
async fn unlock(browser: &Browser, cockpit: &Cockpit) {
    browser.click(".empty a").await;
    browser.path_is(MODULES).await;
    let installation = browser.attribute("#unlock [data-copy]", "data-copy").await;
    let plugins = ["customer-accounts", "license-generator", "registration-inventory"];
    let key = cockpit.place.unlock_key(&installation, &plugins);

    let cut = &key[..key.len() - 10];
    browser.fill("[name=key]", cut).await;
    browser.click("#unlock form button").await;
    browser.focus_is_on(".errors").await;
    assert_eq!(browser.value("[name=key]").await.trim(), cut);
    assert_eq!(browser.attribute("[name=key]", "aria-invalid").await, "true");
    assert!(!browser.menu_has(LICENCES).await);

    browser.fill("[name=key]", &key).await;
    browser.click("#unlock form button").await;
    browser.read(".notices", "Unlocked").await;
    browser.read(".side", "CRM").await;
    for path in [LICENCES, "/crm/products", "/crm/customers", "/crm/installations"] {
        assert!(browser.menu_has(path).await, "no {path} in the menu");
    }
}

async fn make_product(browser: &Browser) {
    browser.click(".side a[href='/crm/products']").await;
    browser.click("main a[href='/crm/products/new']").await;
    let fields = [("nome", "Abacus"), ("codice", "ABACUS"), ("major", "2"), ("minor", "1")];
    let module = [("modulo_codice_0", "base"), ("modulo_nome_0", "Counting")];
    for (name, text) in fields.into_iter().chain(module) {
        browser.fill(&format!("[name='{name}']"), text).await;
    }
    browser.click("[name='modulo_attivo_0']").await;
    browser.click("main form button.primary").await;
    browser.read(".notices", "saved").await;
    browser.open("/crm/products").await;
    browser.read("main tbody", "ABACUS").await;
}

/// A wrong VAT number is told, and nothing that was typed is lost.
async fn make_customer(browser: &Browser) {
    browser.open("/crm/customers").await;
    browser.click("main a[href='/crm/customers/new']").await;
    browser.fill("[name=name]", "Mulini Riuniti S.r.l.").await;
    browser.fill("[name=vat_number]", "12345678901").await;
    browser.fill("[name=city]", "Ferrara").await;
    browser.click("main form .acts button").await;
    browser.focus_is_on(".errors").await;
    assert_eq!(browser.value("[name=name]").await, "Mulini Riuniti S.r.l.");
    assert_eq!(browser.value("[name=vat_number]").await, "12345678901");
    assert_eq!(browser.value("[name=city]").await, "Ferrara");
    browser.click(".errors a").await;
    browser.focus_is_on("[name=vat_number][aria-invalid]").await;
    browser.fill("[name=vat_number]", "01234567897").await;
    browser.click("main form .acts button").await;
    browser.read("h1", "Mulini Riuniti S.r.l.").await;
}

/// Both steps of a new licence; answers the key as the copy button gave it.
async fn make_licence(browser: &Browser) -> String {
    browser.open(LICENCES).await;
    browser.click("main .head a[href='/crm/licences/new']").await;
    browser.fill("[name=cerca]", "muli").await;
    browser.click("[name=trova]").await;
    let option = "[name=cliente] option:not([value=''])";
    let customer = browser.until("the customer found", async || {
        let option = browser.client.find(fantoccini::Locator::Css(option)).await?;
        option.attr("value").await
    });
    let customer = customer.await;
    browser.choose("[name=cliente]", &customer).await;
    browser.choose("[name=prodotto]", "ABACUS").await;
    browser.click("[name=continua]").await;
    browser.read("#who", "Mulini Riuniti").await;
    assert!(browser.see("[name=moduli][value=base]").await.is_selected().await.expect("a box"));
    browser.fill("[name=dispositivi]", "2").await;
    browser.click("main form .aside button.primary").await;
    browser.read(".notices", "created").await;

    let allowed = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    browser.tools("Browser.grantPermissions", allowed).await;
    browser.click("#key [data-copy]").await;
    browser.read("#live", "opied").await;
    let read = "navigator.clipboard.readText().then(arguments[0], (e) => arguments[0](String(e)))";
    let copied = browser.client.execute_async(read, Vec::new()).await.expect("the clipboard");
    let key = browser.attribute("#key [data-copy]", "data-copy").await;
    assert_eq!(copied, json!(key));
    key
}

async fn activate(browser: &Browser, cockpit: &Cockpit, key: &str) {
    browser.read("#devices", "No device").await;
    let answer = licences::activate(&cockpit.anonymous(), key, "abacus-1").await.expect(200);
    assert_eq!(answer.json()["licenza"]["cliente"], "Mulini Riuniti S.r.l.");
    browser.client.refresh().await.expect("the page again");
    browser.read("#devices", "abacus-1").await;
    browser.read("#terms", "1/2").await;
}

async fn make_quick_key(browser: &Browser) {
    browser.open(LICENCES).await;
    browser.click("main .head [data-dialog=quick]").await;
    browser.see("dialog#quick[open]").await;
    browser.fill("#quick-cerca", "Mulini").await;
    browser.click("dialog#quick .acts button:not([data-close])").await;
    browser.read(".notices", "created").await;
    browser.read("h1", "Trial running").await;
}

/// Switched off, its menu and its pages are gone; switched on again, everything is there.
async fn switch_off_and_on(browser: &Browser) {
    browser.open(LICENCES).await;
    let rows = browser.count("#results tbody tr").await;
    assert_eq!(rows, 2);
    browser.click(&format!(".side a[href='{MODULES}']")).await;
    let dialog = "dialog#off-license-generator";
    browser.click("[data-dialog=off-license-generator]").await;
    browser.see(&format!("{dialog}[open]")).await;
    browser.click(&format!("{dialog} [data-close]")).await;
    browser.gone("dialog[open]").await;
    assert!(browser.menu_has(LICENCES).await, "to cancel changes nothing");

    browser.click("[data-dialog=off-license-generator]").await;
    browser.click(&format!("{dialog} button:not([data-close])")).await;
    browser.read(".notices", "switched off").await;
    assert!(!browser.menu_has(LICENCES).await);
    assert!(browser.menu_has("/crm/customers").await);
    browser.open(LICENCES).await;
    browser.read(".error-status", "404").await;

    browser.open(MODULES).await;
    browser.click("#module-license-generator form button").await;
    browser.read(".notices", "switched on").await;
    assert!(browser.menu_has(LICENCES).await);
    browser.open(LICENCES).await;
    assert_eq!(browser.count("#results tbody tr").await, rows);
}

async fn sign_out(browser: &Browser) {
    browser.click("[popovertarget=account-menu]").await;
    browser.click("#account-menu form button").await;
    browser.path_is("/login").await;
}

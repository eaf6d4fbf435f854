//! A licence described in every detail, with what it comes to beside the form while one types.

use cockpit_tests::{Cockpit, Setup, licences};
use serde_json::{Value, json};

use super::driver::Script;
use super::inspection::Findings;
use super::page::Browser;
use super::signed_in;

/// Runs in the page: what the summary says is the price.
const PRICE: &str = "const facts = [...document.querySelectorAll('#summary dl > div')];
    const price = facts.find((fact) => fact.querySelector('dt').textContent === 'Price');
    return price?.querySelector('dd').textContent ?? '';";

#[tokio::test]
async fn a_custom_key_says_what_it_comes_to_while_it_is_typed() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("custom_key", &cockpit.url, Script::On).await;
    let mut findings = Findings::default();
    signed_in(&browser, &cockpit).await;
    choose(&browser).await;
    let price = terms(&browser, &mut findings).await;
    let known = create(&browser, &cockpit, &mut findings).await;
    assert_eq!(known["prezzo"]["importo"], json!(price), "the price that was shown: {known}");
    findings.none(12);
}

/// The customer and the product.
async fn choose(browser: &Browser) {
    browser.open("/crm/licences").await;
    browser.click("main .head a[href='/crm/licences/new']").await;
    browser.fill("[name=cerca]", "Carnia").await;
    browser.click("[name=trova]").await;
    browser.read("[name=cliente] option:checked", "Carnia Legnami").await;
    browser.choose("[name=prodotto]", "STUDIO-PRO").await;
    browser.click("[name=continua]").await;
    browser.read("#who", "Carnia Legnami").await;
}

/// Each answer is seen in the summary, and nothing else on the page moves. Answers the last price,
/// minor units.
async fn terms(browser: &Browser, findings: &mut Findings) -> i64 {
    browser.read("#summary", "Permanent: Studio Pro for Carnia Legnami").await;
    browser.script("window.marked = true", Vec::new()).await;
    let plain = price(browser).await;
    findings.inspect_schemes(browser, "as it opens").await;

    browser.click("[name=tipo][value=abbonamento]").await;
    browser.read("#summary", "Before it can be issued").await;
    browser.see("#summary a[href='#f-scadenza']").await;
    findings.inspect_schemes(browser, "something is missing").await;
    browser.fill("[name=durata_giorni]", "90").await;
    browser.read("#summary", "Subscription: Studio Pro for Carnia Legnami").await;
    browser.read("#summary", "until").await;

    browser.click("[name=moduli][value=fatture]").await;
    browser.read("#summary", "Fatturazione elettronica").await;
    let more = price(browser).await;
    assert!(more > plain, "a module costs something: {plain}, {more}");
    browser.fill("[name=dispositivi]", "3").await;
    browser.read("#summary", "on 3 devices").await;
    let before = price(browser).await;
    browser.fill("[name=sconto]", "10").await;
    browser.read("#summary", "10%").await;
    let after = price(browser).await;
    assert_eq!(after, before - before / 10, "a tenth off {before}");
    browser.fill("[name=parametro_sedi]", "4").await;
    browser.fill("[name=payload]", r#"{"region": "north"}"#).await;
    browser.fill("[name=note]", "Agreed by telephone").await;
    findings.inspect_schemes(browser, "filled in").await;
    let marked = browser.script("return window.marked === true", Vec::new()).await;
    assert_eq!(marked, json!(true), "a whole page was loaded");
    after
}

/// The price in the summary, minor units.
async fn price(browser: &Browser) -> i64 {
    let price = browser.script(PRICE, Vec::new()).await;
    let digits = price.as_str().unwrap_or_default().chars().filter(char::is_ascii_digit);
    digits.collect::<String>().parse().unwrap_or_else(|_| panic!("{price} is no price"))
}

/// Issues it; answers what the API knows of it.
async fn create(browser: &Browser, cockpit: &Cockpit, findings: &mut Findings) -> Value {
    browser.click("main form .aside button.primary").await;
    browser.read(".notices", "created").await;
    findings.inspect_schemes(browser, "the new licence").await;
    let path = browser.path().await;
    let id = path.rsplit('/').next().expect("an id");
    let known = cockpit.software().get(&format!("/api/admin/licenze/{id}")).await.expect(200);
    let known = known.json();
    for (member, value) in [
        ("tipo", json!("abbonamento")),
        ("origine", json!("modulo")),
        ("dispositivi", json!(3)),
        ("sconto", json!(10.0)),
        ("payload", json!({ "region": "north" })),
        ("note", json!("Agreed by telephone")),
    ] {
        assert_eq!(known[member], value, "{member}: {known}");
    }
    assert_eq!(known["moduli"]["fatture"]["attivo"], true, "{known}");
    assert_eq!(known["moduli"]["paghe"]["attivo"], false, "{known}");
    assert_eq!(known["parametri"]["sedi"], json!(4), "{known}");

    let key = browser.attribute("#key [data-copy]", "data-copy").await;
    let answer = licences::activate(&cockpit.anonymous(), &key, "custom-1").await.expect(200);
    assert_eq!(answer.json()["licenza"]["cliente"], "Carnia Legnami S.r.l.");
    browser.client.refresh().await.expect("the page again");
    browser.read("#devices", "custom-1").await;
    known
}

//! A release on its way: uploaded, published, promoted, rolled out, paused, had by a customer, withdrawn.

use std::time::Duration;

use cockpit_tests::{Client, Cockpit, Setup};
use serde_json::json;

use super::driver::Script;
use super::inspection::Findings;
use super::page::Browser;
use super::signed_in;

const VERSION: &str = "1.3.0";
const INSTALLER: &str = "STUDIO-PRO-1.3.0-x64.exe";
/// More than one part of an upload, bytes.
const LENGTH: usize = 9 * 1024 * 1024;
const ROLLOUTS: &str = "/api/admin/distribuzioni";

#[tokio::test]
async fn a_release_reaches_a_customer_and_is_taken_back() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("updates", &cockpit.url, Script::On).await;
    let mut findings = Findings::default();
    signed_in(&browser, &cockpit).await;
    let release = draft(&browser, &mut findings).await;
    upload(&browser, &cockpit, &mut findings).await;
    notes(&browser, &release, &mut findings).await;
    publish(&browser, &release, &mut findings).await;
    promote(&browser, &mut findings).await;
    let rollout = steer(&browser, &cockpit.software(), &release, &mut findings).await;
    assert_eq!(rollout["stato"], "conclusa", "{rollout}");

    let customer = Browser::start("updates_customer", &cockpit.url, Script::On).await;
    let person = &cockpit.told().roles.customer;
    customer.open("/login").await;
    customer.sign_in(&person.email, &person.password).await;
    customer.path_is("/").await;
    download(&customer, &mut findings).await;
    withdraw(&browser, &release, &mut findings).await;
    customer.open("/crm/my-updates").await;
    customer.read("main .card", "Newest version").await;
    assert_eq!(customer.count(&format!("main a[href$='{INSTALLER}']")).await, 0);
    findings.none(10);
}

/// A new draft in the channel beta; answers its page.
async fn draft(browser: &Browser, findings: &mut Findings) -> String {
    browser.open("/crm/releases").await;
    browser.click("main .head a.primary").await;
    browser.fill("[name=versione_rilascio]", VERSION).await;
    browser.click("[name=canali][value=beta]").await;
    findings.inspect(browser, "a new release").await;
    browser.click("main form .acts button").await;
    browser.read("main .empty", "no file").await;
    browser.path().await.trim_end_matches("/files").to_owned()
}

/// A file is sent; the connection breaks and comes back, and it goes on by itself.
async fn upload(browser: &Browser, cockpit: &Cockpit, findings: &mut Findings) {
    findings.inspect_schemes(browser, "no file yet").await;
    let file = cockpit.place.file(INSTALLER);
    std::fs::write(&file, vec![7; LENGTH]).expect("a file");
    let input = browser.see("[name=file]").await;
    input.send_keys(&file.to_string_lossy()).await.expect("a file is chosen");
    // Slow enough that the break comes in the midst of it.
    connection(browser, false, 4 * 1024 * 1024).await;
    browser.click("form[data-upload] > .acts button").await;
    browser.see(".uploads [data-state=sending]").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    connection(browser, true, 0).await;
    browser.read(".uploads [data-state=broken]", "No connection").await;
    connection(browser, false, -1).await;
    browser.read(".uploads [data-state=done]", "Uploaded").await;
    browser.read("#results tbody", INSTALLER).await;
    drop(browser.complaints().await);
    findings.inspect_schemes(browser, "a file was sent").await;
}

/// How the browser reaches the server: not at all, or with so many bytes a second at most.
async fn connection(browser: &Browser, offline: bool, speed: i64) {
    browser.tools("Network.enable", json!({})).await;
    let conditions = json!({
        "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": speed,
    });
    browser.tools("Network.emulateNetworkConditions", conditions).await;
}

/// What is new is shown as it is typed.
async fn notes(browser: &Browser, release: &str, findings: &mut Findings) {
    browser.open(&format!("{release}/notes")).await;
    browser.fill("[name='note.en']", "Opens files **at once**").await;
    browser.read("#preview strong", "at once").await;
    findings.inspect_schemes(browser, "the notes of a release").await;
    browser.click("main form .acts button").await;
    browser.read("[role=status]", "saved").await;
}

async fn publish(browser: &Browser, release: &str, findings: &mut Findings) {
    browser.open(release).await;
    browser.click("main .head a.primary").await;
    browser.path_is(&format!("{release}/publish")).await;
    findings.inspect_schemes(browser, "what was found of a draft").await;
    if browser.count("[name=conferma]").await > 0 {
        browser.click("[name=conferma]").await;
    }
    browser.click("main form .acts button").await;
    browser.path_is(release).await;
    browser.read("main .head", "Published").await;
}

/// Into stable as well, carefully.
async fn promote(browser: &Browser, findings: &mut Findings) {
    browser.click("main .head [data-dialog=promote]").await;
    browser.choose("dialog[open] [name=schema]", "prudente").await;
    browser.click("dialog[open] button:not([data-close])").await;
    browser.read("[role=status]", "now in stable").await;
    findings.inspect(browser, "a release in two channels").await;
}

/// Paused on the page, resumed elsewhere while somebody looks, given to everybody; answers what became
/// of it.
async fn steer(
    browser: &Browser,
    software: &Client,
    release: &str,
    findings: &mut Findings,
) -> serde_json::Value {
    browser.open(&format!("{release}/rollout")).await;
    browser.read("#live-part", "Running").await;
    findings.inspect_schemes(browser, "a rollout").await;
    press(browser, "pause").await;
    browser.read("#live-part", "Paused").await;
    let list = software.get(ROLLOUTS).await.expect(200).json();
    let is_it = |one: &&serde_json::Value| one["versione"] == VERSION && one["canale"] == "stable";
    let all = list["dati"].as_array().expect("a list");
    let id = all.iter().find(is_it).and_then(|one| one["id"].as_str()).expect("the rollout");
    let path = format!("{ROLLOUTS}/{id}");
    browser.script("window.opened = true", Vec::new()).await;
    software.post(&format!("{path}/riprendi"), &json!({})).await.assert(200);
    browser.read("#live-part", "Running").await;
    let same = browser.script("return window.opened === true", Vec::new()).await;
    assert_eq!(same, json!(true), "the page was loaded again");
    press(browser, "finish").await;
    browser.read("#live-part", "Complete").await;
    software.get(&path).await.expect(200).json()
}

async fn press(browser: &Browser, act: &str) {
    browser.click(&format!("#live-part [data-dialog^={act}]")).await;
    browser.click("dialog[open] button:not([data-close])").await;
}

/// A customer finds the new version with what is new, and has its file.
async fn download(customer: &Browser, findings: &mut Findings) {
    customer.open("/crm/my-updates").await;
    customer.read("main .card", VERSION).await;
    customer.read("main .card .prose strong", "at once").await;
    findings.inspect_schemes(customer, "a customer's updates").await;
    let css = format!("main a[href$='{INSTALLER}']");
    let there = customer.attribute(&css, "href").await;
    let script = "return fetch(arguments[0]).then((answer) => answer.arrayBuffer())\
        .then((bytes) => bytes.byteLength)";
    assert_eq!(customer.script(script, vec![json!(there)]).await, json!(LENGTH));
}

/// Its reason and its version are asked for.
async fn withdraw(browser: &Browser, release: &str, findings: &mut Findings) {
    browser.open(release).await;
    browser.click("main .head [data-dialog=yank]").await;
    browser.fill("dialog[open] [name=motivo]", "It loses files").await;
    browser.fill("dialog[open] [name=confirm]", VERSION).await;
    browser.click("dialog[open] button:not([data-close])").await;
    browser.read("main", "It loses files").await;
    browser.read("main .head", "Withdrawn").await;
    findings.inspect(browser, "a withdrawn release").await;
}

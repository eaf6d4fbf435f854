//! A changed policy is tried out on the licences that exist, then applied to them.

use cockpit_tests::{Cockpit, Setup};

use super::driver::Script;
use super::inspection::Findings;
use super::page::Browser;
use super::signed_in;

const POLICIES: &str = "/crm/policies";

#[tokio::test]
async fn a_change_of_a_policy_is_tried_out_before_it_counts() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("what_if", &cockpit.url, Script::On).await;
    let mut findings = Findings::default();
    signed_in(&browser, &cockpit).await;
    browser.open(POLICIES).await;
    browser.follow("#results tbody", "Standard").await;
    browser.fill("[name=offline_giorni]", "10").await;
    browser.click("main form [name=passo][value=prova]").await;
    browser.read("main", "Nothing has been saved yet").await;
    browser.read("main", "Trusted offline for less time").await;
    browser.see("#affected-caption").await;
    findings.inspect_schemes(&browser, "what would change").await;

    // Back in the form nothing is lost, and nothing was kept.
    browser.click("main form [name=passo][value=modifica]").await;
    browser.see("main form [name=passo][value=prova]").await;
    assert_eq!(browser.value("[name=offline_giorni]").await, "10");
    browser.open(POLICIES).await;
    browser.follow("#results tbody", "Standard").await;
    assert_eq!(browser.value("[name=offline_giorni]").await, "30");

    browser.fill("[name=offline_giorni]", "10").await;
    browser.click("main form [name=passo][value=prova]").await;
    browser.click("[data-dialog=apply]").await;
    browser.click("#apply form button:not([type=button])").await;
    browser.read("main", "Every licence was brought to this version").await;
    findings.inspect_schemes(&browser, "the run").await;
    browser.open(POLICIES).await;
    browser.follow("#results tbody", "Standard").await;
    assert_eq!(browser.value("[name=offline_giorni]").await, "10");
    let path = browser.path().await;
    let id = path.rsplit('/').next().expect("an id");
    let known = cockpit.software().get(&format!("/api/admin/politiche/{id}")).await.expect(200);
    let known = known.json();
    assert_eq!((&known["offline_giorni"], &known["versione"]), (&10.into(), &2.into()), "{known}");
    let licences = cockpit.software().get("/api/admin/licenze?limit=100").await.expect(200).json();
    let licences = licences["dati"].as_array().cloned().unwrap_or_default();
    let mut brought = 0;
    for licence in licences.iter().filter(|licence| licence["prodotto"] == "STUDIO-PRO") {
        let id = licence["id"].as_str().expect("an id");
        let known = cockpit.software().get(&format!("/api/admin/licenze/{id}")).await.expect(200);
        brought += usize::from(known.json()["offline_giorni"] == 10);
    }
    assert!(brought > 0, "no licence was brought to the version");
    findings.none(8);
}

//! A changed policy is tried out on the licences that exist, then applied to them.

use cockpit_tests::{Cockpit, Setup};

use super::driver::Script;
use super::page::Browser;
use super::signed_in;

const POLICIES: &str = "/crm/policies";

#[tokio::test]
async fn a_change_of_a_policy_is_tried_out_before_it_counts() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("what_if", &cockpit.url, Script::On).await;
    signed_in(&browser, &cockpit).await;
    browser.open(POLICIES).await;
    browser.follow("#results tbody", "Standard").await;
    browser.fill("[name=offline_giorni]", "10").await;
    browser.click("main form [name=passo][value=prova]").await;
    browser.read("main", "Nothing has been saved yet").await;
    browser.read("main", "Trusted offline for less time").await;
    browser.see("#affected-caption").await;

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
    browser.open(POLICIES).await;
    browser.follow("#results tbody", "Standard").await;
    assert_eq!(browser.value("[name=offline_giorni]").await, "10");
}

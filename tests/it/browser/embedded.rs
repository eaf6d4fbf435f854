//! A page of ours inside the frame of an existing cockpit, as a browser shows it.

use cockpit_tests::{Cockpit, Existing, Setup};

use super::driver::Script;
use super::page::Browser;

#[tokio::test]
async fn a_page_of_ours_shows_in_another_cockpits_frame_even_without_script() {
    let place = Cockpit::demo(Setup::PLAIN).await.stop().await;
    let existing = Existing::beside(place).await;
    let browser = Browser::start("embedded", &existing.url, Script::Off).await;
    browser.open("/").await;
    browser.fill("[name=name]", "Carla").await;
    browser.fill("[name=password]", "existing").await;
    browser.click("form button").await;
    browser.follow("nav", "Customers").await;
    browser.see("iframe").await;
    browser.client.clone().enter_frame(0).await.expect("a frame");
    browser.read("h1", "Customers").await;
    assert_eq!(browser.count("nav.side").await, 0, "without our menu");
    browser.click("tbody th a").await;
    browser.see("main .card").await;
    assert_eq!(browser.count("nav.side").await, 0, "nor on the page it leads to");
}

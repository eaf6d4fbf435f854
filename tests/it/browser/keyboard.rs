//! Everything without a mouse.

use cockpit_tests::{Cockpit, Setup};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;

use super::driver::Script;
use super::page::Browser;
use super::signed_in;

const TAB: char = '\u{e004}';
const ESCAPE: char = '\u{e00c}';
const ENTER: char = '\u{e007}';
const CONTROL: char = '\u{e009}';

#[tokio::test]
async fn everything_is_reached_by_keyboard() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("keyboard", &cockpit.url, Script::On).await;
    assert_eq!(char::from(Key::Tab), TAB);
    signed_in(&browser, &cockpit).await;
    skip_link(&browser).await;
    single_keys(&browser).await;
    palette(&browser).await;
    rows(&browser).await;
    tab_order(&browser).await;
    dialogs(&browser).await;
    switched_off(&browser).await;
}

/// The first stop leads past the menu.
async fn skip_link(browser: &Browser) {
    browser.open("/crm/licences").await;
    browser.press(&[TAB]).await;
    browser.focus_is_on("a.skip").await;
    assert!(is_marked(browser).await, "the focus on the skip link is not to be seen");
    browser.press(&[ENTER]).await;
    browser.focus_is_on("main").await;
    browser.press(&[TAB]).await;
    browser.focus_is_on("main a, main button, main input").await;
}

async fn single_keys(browser: &Browser) {
    browser.open("/").await;
    browser.press(&['/']).await;
    browser.focus_is_on("#search-all").await;
    assert_eq!(browser.value("#search-all").await, "", "the key itself is not typed");
    browser.press(&['?']).await;
    assert_eq!(browser.value("#search-all").await, "?", "in a field it is a letter");
    assert_eq!(browser.count("dialog[open]").await, 0);

    browser.open("/").await;
    browser.press(&['?']).await;
    browser.see("dialog#keys[open]").await;
    browser.press(&[ESCAPE]).await;
    browser.gone("dialog[open]").await;
    browser.press(&['g', 'l']).await;
    browser.path_is("/crm/licences").await;
}

async fn palette(browser: &Browser) {
    browser.open("/").await;
    browser.press_with(CONTROL, 'k').await;
    browser.focus_is_on("#palette-query").await;
    browser.press(&['p', 'r', 'o', 'd', 'u', 'c']).await;
    browser.read("#palette-list [aria-selected=true]", "Products").await;
    let active = browser.attribute("#palette-query", "aria-activedescendant").await;
    assert_eq!(browser.text(&format!("#{active}")).await, "Products");
    browser.press(&[ENTER]).await;
    browser.path_is("/crm/products").await;
}

/// j and k walk the rows, and Enter opens the one that has the focus.
async fn rows(browser: &Browser) {
    browser.open("/crm/licences").await;
    browser.press(&['j', 'j', 'k', 'j']).await;
    browser.focus_is_on("#results tbody tr:nth-child(2) a").await;
    assert!(is_marked(browser).await, "the focus in the table is not to be seen");
    let link = browser.client.active_element().await.expect("a focus");
    let href = link.attr("href").await.expect("its attributes").expect("a link");
    browser.press(&[ENTER]).await;
    browser.path_is(&href).await;
}

/// Tab goes down the page without a trap and reaches the links of the table, each stop visible.
async fn tab_order(browser: &Browser) {
    browser.open("/crm/licences").await;
    let script = "const on = document.activeElement, box = on.getBoundingClientRect();
        return [on.matches('#results tbody a'), box.width > 0 && box.height > 0, on.outerHTML]";
    for _ in 0..80 {
        browser.press(&[TAB]).await;
        let focus = browser.script(script, Vec::new()).await;
        assert_eq!(focus[1], json!(true), "an invisible stop: {}", focus[2]);
        if focus[0] == json!(true) {
            return;
        }
    }
    panic!("the table is not reached");
}

/// Escape closes what is open and gives the focus back.
async fn dialogs(browser: &Browser) {
    browser.open("/crm/licences").await;
    focus(browser, "[data-dialog=quick]").await;
    browser.press(&[ENTER]).await;
    browser.see("dialog#quick[open]").await;
    let inside = "return document.activeElement.closest('dialog')?.id ?? ''";
    for _ in 0..12 {
        browser.press(&[TAB]).await;
        let on = browser.script("return document.activeElement === document.body", vec![]).await;
        let inside = browser.script(inside, vec![]).await;
        // Between the last stop and the first lies the browser itself.
        assert!(inside == json!("quick") || on == json!(true), "the focus left the dialog");
    }
    browser.press(&[ESCAPE]).await;
    browser.gone("dialog[open]").await;
    browser.focus_is_on("[data-dialog=quick]").await;

    focus(browser, "#filter-tipo").await;
    browser.press(&[ENTER]).await;
    browser.see("details.popup[open] input").await;
    browser.press(&[TAB, ESCAPE]).await;
    browser.gone("details.popup[open]").await;
    browser.focus_is_on("#filter-tipo").await;
}

/// Single keys can be switched off, for those whose software types by voice (WCAG 2.1.4).
async fn switched_off(browser: &Browser) {
    browser.press(&['?']).await;
    browser.see("dialog#keys[open]").await;
    browser.click("#keys-on").await;
    browser.press(&[ESCAPE]).await;
    browser.gone("dialog[open]").await;
    for path in ["/crm/licences", "/"] {
        browser.open(path).await;
        browser.press(&['?']).await;
        browser.press(&['/']).await;
        assert_eq!(browser.count("dialog[open]").await, 0);
        assert_eq!(browser.count("#search-all:focus").await, 0);
    }
    browser.press_with(CONTROL, 'k').await;
    browser.focus_is_on("#palette-query").await;
}

async fn focus(browser: &Browser, css: &str) {
    browser.see(css).await;
    browser.script("document.querySelector(arguments[0]).focus()", vec![json!(css)]).await;
    browser.client.find(Locator::Css(&format!("{css}:focus"))).await.expect("it takes the focus");
}

/// Whether the element with the focus has an outline.
async fn is_marked(browser: &Browser) -> bool {
    let script = "const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2";
    browser.script(script, Vec::new()).await == json!(true)
}

//! Words that look like markup, in every field there is: no browser takes one for a script.

use std::collections::BTreeMap;
use std::sync::Arc;

use cockpit_tests::{html, naughty, normal};
use serde_json::json;

use super::driver::Script;
use super::page::Browser;
use super::signed_in;
use crate::naughty::{World, flood};

/// Runs before any script of a page: notes scripts that run and markup that would have run one.
const WATCH: &str = "
    window.told = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print'])
        window[name] = () => window.told.push(`${name} was called`);
    addEventListener('securitypolicyviolation', (event) =>
        window.told.push(`${event.effectiveDirective}: ${event.sample || event.blockedURI}`));";

/// Runs in the page: what was noted, and elements that only words could have made.
const LOOK: &str = "
    const told = [...window.told];
    if ('ran' in window) told.push('the canary ran');
    for (const element of document.querySelectorAll('*')) {
        const names = element.getAttributeNames();
        const handler = names.find((name) => name.startsWith('on') || name === 'style');
        if (handler) told.push(`${handler} in ${element.outerHTML.slice(0, 200)}`);
        for (const name of ['href', 'src', 'action', 'formaction', 'data'])
            if (/^[\\s\\x00-\\x1f]*(javascript|vbscript|data):/i.test(element.getAttribute(name) ?? ''))
                told.push(`${name} in ${element.outerHTML.slice(0, 200)}`);
    }
    const ours = document.querySelectorAll('script[type=module][src^=\"/assets/\"]').length;
    if (document.scripts.length !== ours) told.push('a script that is not ours');
    const odd = 'iframe, object, embed, base, main img, marquee, video, audio, plaintext, math';
    for (const element of document.querySelectorAll(odd))
        told.push(`an element of words: ${element.outerHTML.slice(0, 200)}`);
    return told;";

/// How many pages of one shape are opened: each is about another thing with other words.
const OF_A_SHAPE: usize = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn markup_in_every_field_runs_nowhere() {
    let world = World::new().await;
    let words: Arc<[String]> = naughty::markup().into();
    let browser = Browser::start("naughty", &world.cockpit.url, Script::On).await;
    browser.tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
    // Before the words go through the login page too, which then asks for patience.
    signed_in(&browser, &world.cockpit).await;
    flood(&world, &words, (20, 40)).await;
    let pages = pages(&world).await;
    assert!(pages.len() > 100, "only {pages:?}");
    let mut found = Vec::new();
    let mut shown = 0;
    for page in &pages {
        browser.open(page).await;
        let told = browser.script(LOOK, Vec::new()).await;
        let told = told.as_array().cloned().unwrap_or_default();
        found.extend(told.iter().map(|what| format!("{page}: {what}")));
        let complaints = browser.complaints().await;
        let serious = complaints.iter().filter(|told| !told.contains("status of 404"));
        found.extend(serious.map(|told| format!("{page}: {told}")));
        let text = browser.script("return document.body.innerText", Vec::new()).await;
        shown += usize::from(text.as_str().is_some_and(|text| text.contains("alert(")));
    }
    println!("{} pages, {shown} of them with such words", pages.len());
    assert!(shown > 30, "only {shown} of {} pages show such words", pages.len());
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    is_watched(&browser).await;
}

/// What would run is noted: here markup that our own scripts may not make either.
async fn is_watched(browser: &Browser) {
    let make = "window.told = [];
        try { document.createElement('p').innerHTML = '<img src=x onerror=1>' } catch {}";
    browser.script(make, Vec::new()).await;
    browser
        .until("a note of markup", async || {
            let told = browser.client.execute("return window.told.length", Vec::new()).await?;
            Ok(told.as_u64().filter(|count| *count > 0))
        })
        .await;
}

/// The pages of the routes, with long lists, and some of each kind that they link to.
async fn pages(world: &World) -> Vec<String> {
    let client = world.browser();
    let is_page = |path: &String| {
        let path = path.as_str();
        let is_file = path.contains("/export") || path.contains("/personal-data");
        path.starts_with('/')
            && !path.starts_with("/assets/")
            && !path.starts_with("/api/")
            && !is_file
    };
    let mut kinds = BTreeMap::<String, usize>::new();
    let mut ahead: Vec<String> = Vec::new();
    for page in world.pages() {
        let longer = if page.contains('?') { page.clone() } else { format!("{page}?limit=100") };
        let is_list = client.get(&longer).await.status == 200;
        ahead.push(if is_list { longer } else { page });
    }
    let mut pages = Vec::new();
    while let Some(page) = ahead.pop() {
        let kind = normal::text(page.split('?').next().unwrap_or_default());
        let seen = kinds.entry(kind).or_default();
        *seen += 1;
        if *seen > OF_A_SHAPE || pages.contains(&page) {
            continue;
        }
        let answer = client.get(&page).await;
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let links = html::links(&answer.body).into_iter();
        let links = links.map(|link| link.split('#').next().unwrap_or_default().to_owned());
        ahead.extend(links.filter(is_page));
        pages.push(page);
    }
    pages
}

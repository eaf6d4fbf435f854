//! What must be true of every page: no finding of axe, no complaint in the console, no text
//! missing, nothing wider than the screen.

use std::sync::LazyLock;

use cockpit_tests::environment;
use fantoccini::Client;
use serde_json::{Value, json};

use super::page::Browser;
use super::{NARROW, WIDE};

static AXE: LazyLock<String> = LazyLock::new(|| {
    let given = environment::variable("COCKPIT_TEST_AXE").map(Into::into);
    let path = given.unwrap_or_else(|| {
        environment::repository().join("target/tools/node_modules/axe-core/axe.min.js")
    });
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}: tests/run.sh makes it", path.display()))
});

/// Runs in the page: the rules that are broken, each with where.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false }).then(
        ({ violations }) => done(violations.flatMap(({ id, nodes }) =>
            nodes.map((node) => `${id}: ${node.html.slice(0, 200)}: ${node.failureSummary}`))),
        (error) => done([String(error)]));";

/// Runs in the page: how much wider it is than the screen, and texts that are missing.
const LOOK: &str = "
    const findings = [];
    const wider = document.documentElement.scrollWidth - innerWidth;
    if (wider > 0) findings.push(`${wider} pixels wider than the screen`);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    if (twice.length) findings.push(`ids that are there twice: ${twice}`);
    const missing = document.documentElement.outerHTML.match(/.{0,60}\\u27e6.{0,60}/);
    if (missing) findings.push(`a text is missing: ${missing}`);
    const scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const theme = document.documentElement.dataset.theme;
    return [findings, theme === 'auto' ? scheme : theme, document.documentElement.lang];";

/// What is wrong on the pages seen so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Each with the page it is on.
    found: Vec<String>,
    /// How many looks were taken.
    looks: usize,
}

impl Findings {
    /// Looks at the page as it is, at both widths.
    pub(super) async fn inspect(&mut self, browser: &Browser, state: &str) {
        for width in [NARROW, WIDE] {
            browser.resize(width).await;
            self.look(browser, &format!("{state} at {width}")).await;
        }
    }

    /// Looks at the page as it is, dark and light, narrow and wide.
    pub(super) async fn inspect_schemes(&mut self, browser: &Browser, state: &str) {
        for scheme in ["dark", "light"] {
            let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
            let media = json!({ "features": [feature] });
            browser.tools("Emulation.setEmulatedMedia", media).await;
            self.inspect(browser, state).await;
        }
    }

    /// Looks at the page as it is.
    pub(super) async fn look(&mut self, browser: &Browser, state: &str) {
        let looked = browser.script(LOOK, Vec::new()).await;
        let axe = axe(&browser.client).await;
        let told = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let page = browser.path().await;
        let place = format!("{page} ({state}, {}, {})", looked[1], looked[2]);
        let found = told(&looked[0]).into_iter().chain(told(&axe));
        self.found.extend(found.map(|finding| format!("{place}: {finding}")));
        let complaints = browser.complaints().await;
        // That a page is refused is what is being looked at.
        let complaints = complaints.into_iter().filter(|complaint| !is_refusal(complaint));
        self.found.extend(complaints.map(|complaint| format!("{place}: {complaint}")));
        self.looks += 1;
    }

    /// Fails with everything that was found, if anything was.
    #[track_caller]
    pub(super) fn none(self, at_least: usize) {
        assert!(self.looks >= at_least, "only {} looks were taken", self.looks);
        assert!(self.found.is_empty(), "{} findings:\n{}", self.found.len(), self.found.join("\n"));
    }
}

async fn axe(client: &Client) -> Value {
    let is_there = client.execute("return 'axe' in window", Vec::new()).await;
    if is_there.expect("the script runs") != json!(true) {
        client.execute(&AXE, Vec::new()).await.expect("axe loads");
    }
    client.execute_async(RUN, Vec::new()).await.expect("axe runs")
}

fn is_refusal(complaint: &str) -> bool {
    ["status of 400", "status of 404", "status of 422"]
        .iter()
        .any(|status| complaint.contains(status))
}

//! A person's browser: it looks until it sees, and only then presses.

use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use super::driver::{Driver, Script};

/// How long something may take to appear; generous, because tests share two processors.
const PATIENCE: Duration = Duration::from_secs(20);
const AGAIN: Duration = Duration::from_millis(20);

/// A browser on one server.
pub(super) struct Browser {
    pub(super) client: Client,
    url: String,
    driver: Driver,
}

impl Browser {
    /// Opens one for the server at `url`; `name` is that of the test.
    pub(super) async fn start(name: &'static str, url: &str, script: Script) -> Self {
        let mut driver = Driver::start(name);
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let capabilities = driver.capabilities(script);
        let client = ClientBuilder::new(connector)
            .capabilities(capabilities.as_object().cloned().expect("an object"))
            .connect(&driver.url)
            .await
            .expect("a browser");
        driver.session = client.session_id().await.expect("a session").expect("its id");
        let browser = Self { client, url: url.to_owned(), driver };
        browser.resize(super::WIDE).await;
        browser
    }

    /// A command of the browser's developer tools.
    pub(super) async fn tools(&self, command: &str, parameters: Value) -> Value {
        self.driver.send("goog/cdp/execute", &json!({ "cmd": command, "params": parameters })).await
    }

    /// Makes the page this wide; narrower than windows can be.
    pub(super) async fn resize(&self, width: u32) {
        let size =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.tools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Warnings and errors in the console since the last time.
    pub(super) async fn complaints(&self) -> Vec<String> {
        let entries = self.driver.send("se/log", &json!({ "type": "browser" })).await;
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries.iter().map(|entry| entry["message"].as_str().unwrap_or("?").to_owned()).collect()
    }

    /// Opens a page of the server.
    pub(super) async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.url)).await.expect("the page loads");
    }

    /// Path and query of the page.
    pub(super) async fn path(&self) -> String {
        let url = self.client.current_url().await.expect("an address");
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", url.path())
    }

    /// Looks until `look` sees something; what fails meanwhile has only not appeared yet.
    pub(super) async fn until<T>(
        &self,
        what: &str,
        look: impl AsyncFn() -> Result<Option<T>, CmdError>,
    ) -> T {
        let started = Instant::now();
        let mut last = String::from("nothing");
        while started.elapsed() < PATIENCE {
            match look().await {
                Ok(Some(seen)) => return seen,
                Ok(None) => {}
                Err(error) => last = error.to_string(),
            }
            tokio::time::sleep(AGAIN).await;
        }
        let path = self.path().await;
        panic!("{what} does not appear on {path}; the browser says {last}");
    }

    /// Waits until the path is this one, whatever the query is.
    pub(super) async fn path_is(&self, path: &str) {
        self.until(&format!("the page {path}"), async || {
            Ok((self.client.current_url().await?.path() == path).then_some(()))
        })
        .await;
    }

    /// Waits until path and query contain this.
    pub(super) async fn address_has(&self, part: &str) {
        self.until(&format!("the address with {part}"), async || {
            Ok(self.client.current_url().await?.as_str().contains(part).then_some(()))
        })
        .await;
    }

    /// The element, once it is to be seen.
    pub(super) async fn see(&self, css: &str) -> Element {
        self.until(css, async || {
            let element = self.client.find(Locator::Css(css)).await?;
            Ok(element.is_displayed().await?.then_some(element))
        })
        .await
    }

    /// Waits until there is no such element any more.
    pub(super) async fn gone(&self, css: &str) {
        self.until(&format!("a page without {css}"), async || {
            let all = self.client.find_all(Locator::Css(css)).await?;
            Ok(all.is_empty().then_some(()))
        })
        .await;
    }

    /// The element, once its text contains this.
    pub(super) async fn read(&self, css: &str, text: &str) -> Element {
        self.until(&format!("“{text}” in {css}"), async || {
            let element = self.client.find(Locator::Css(css)).await?;
            Ok(element.text().await?.contains(text).then_some(element))
        })
        .await
    }

    /// What a person reads in the element.
    pub(super) async fn text(&self, css: &str) -> String {
        self.see(css).await.text().await.expect("its text")
    }

    /// An attribute of the element.
    pub(super) async fn attribute(&self, css: &str, name: &str) -> String {
        let element = self.see(css).await;
        element.attr(name).await.expect("its attributes").unwrap_or_default()
    }

    /// How many elements there are, seen or not.
    pub(super) async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.expect("a search").len()
    }

    /// Presses the element with the mouse.
    pub(super) async fn click(&self, css: &str) {
        self.until(&format!("{css} to press"), async || {
            self.client.find(Locator::Css(css)).await?.click().await.map(Some)
        })
        .await;
    }

    /// Presses the link with this text in the element.
    pub(super) async fn follow(&self, css: &str, text: &str) {
        self.until(&format!("the link “{text}” in {css}"), async || {
            for link in self.client.find_all(Locator::Css(&format!("{css} a"))).await? {
                if link.text().await?.trim() == text {
                    return link.click().await.map(Some);
                }
            }
            Ok(None)
        })
        .await;
    }

    /// Types into a field in place of what stands there.
    pub(super) async fn fill(&self, css: &str, text: &str) {
        let field = self.see(css).await;
        field.clear().await.expect("a field to write in");
        field.send_keys(text).await.expect("a field to write in");
    }

    /// Chooses an option by its value.
    pub(super) async fn choose(&self, css: &str, value: &str) {
        self.see(css).await.select_by_value(value).await.expect("an option");
    }

    /// What stands in a field.
    pub(super) async fn value(&self, css: &str) -> String {
        self.see(css).await.prop("value").await.expect("its value").unwrap_or_default()
    }

    /// Presses keys one after the other, wherever the focus is.
    pub(super) async fn press(&self, keys: &[char]) {
        let actions = keys.iter().fold(KeyActions::new("keys".to_owned()), |actions, &value| {
            actions.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.client.perform_actions(actions).await.expect("keys");
    }

    /// Presses a key while another is held.
    pub(super) async fn press_with(&self, held: char, key: char) {
        let actions = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        self.client.perform_actions(actions).await.expect("keys");
    }

    /// What a script answers.
    pub(super) async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.expect("the script runs")
    }

    /// Waits until the focus is on an element like this.
    pub(super) async fn focus_is_on(&self, css: &str) {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false";
        self.until(&format!("the focus on {css}"), async || {
            let is = self.client.execute(script, vec![json!(css)]).await?;
            Ok((is == json!(true)).then_some(()))
        })
        .await;
    }

    /// Signs in on the login page.
    pub(super) async fn sign_in(&self, email: &str, password: &str) {
        self.fill("[name=email]", email).await;
        self.fill("[name=password]", password).await;
        self.click("main form button").await;
    }

    /// Whether the menu leads to this path.
    pub(super) async fn menu_has(&self, path: &str) -> bool {
        self.count(&format!(".side a[href=\"{path}\"]")).await > 0
    }
}

//! Ways between pages of one thing: tabs, the steps of a long form, previous and next.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::Lang;

/// Links between the pages or saved views of one thing.
#[derive(Debug, Clone, Template)]
#[template(path = "components/tabs.html")]
pub struct Tabs {
    label: String,
    current: String,
    links: Vec<(String, String)>,
}

impl Tabs {
    /// Tabs that a screen reader calls `label`; the one with the address `current` is marked.
    pub fn new(label: impl Into<String>, current: impl Into<String>) -> Self {
        Self { label: label.into(), current: current.into(), links: Vec::new() }
    }

    /// One more tab.
    #[must_use]
    pub fn tab(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.links.push((text.into(), href.into()));
        self
    }
}

impl HtmlSafe for Tabs {}

/// Where the reader is in a form of several pages.
#[derive(Debug, Clone, Template)]
#[template(path = "components/steps.html")]
pub struct Steps {
    label: String,
    current: usize,
    names: Vec<String>,
}

impl Steps {
    /// The steps by name; `current` counts from 0.
    pub fn new<T: Into<String>>(
        lang: &Lang,
        current: usize,
        steps: impl IntoIterator<Item = T>,
    ) -> Self {
        let names = steps.into_iter().map(Into::into).collect();
        Self { label: lang.t("steps"), current, names }
    }
}

impl HtmlSafe for Steps {}

/// Previous and next page of a list, and how much there is.
#[derive(Debug, Clone, Template)]
#[template(path = "components/pager.html")]
pub struct Pager {
    lang: Lang,
    status: String,
    previous: Option<String>,
    next: Option<String>,
    partial: String,
}

impl Pager {
    /// A pager that says `status`, such as how many rows were found.
    pub fn new(lang: &Lang, status: impl Into<String>) -> Self {
        Self {
            lang: lang.clone(),
            status: status.into(),
            previous: None,
            next: None,
            partial: String::new(),
        }
    }

    /// The address of the page before, when there is one.
    #[must_use]
    pub fn previous(mut self, href: Option<String>) -> Self {
        self.previous = href;
        self
    }

    /// The address of the page after, when there is one.
    #[must_use]
    pub fn next(mut self, href: Option<String>) -> Self {
        self.next = href;
        self
    }

    /// The id of the element that a script swaps instead of loading a whole page.
    #[must_use]
    pub fn partial(mut self, id: impl Into<String>) -> Self {
        self.partial = id.into();
        self
    }
}

impl HtmlSafe for Pager {}

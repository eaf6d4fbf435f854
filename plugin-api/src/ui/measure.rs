//! How much of something is used, and how far a job has come.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::Lang;

/// How many of a limited number are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Template)]
#[template(path = "components/meter.html")]
pub struct Meter {
    used: i64,
    max: Option<i64>,
}

impl Meter {
    /// `max` is `None` when there is no limit.
    pub fn new(used: i64, max: Option<i64>) -> Self {
        Self { used, max }
    }

    fn percent(&self) -> i64 {
        let max = self.max.unwrap_or(0).max(1);
        (self.used.saturating_mul(100) / max).clamp(0, 100)
    }

    fn is_full(&self) -> bool {
        self.max.is_some_and(|max| self.used >= max)
    }
}

impl HtmlSafe for Meter {}

/// How far a job has come; follows it when there is an address to ask.
#[derive(Debug, Clone, Template)]
#[template(path = "components/progress.html")]
pub struct Progress {
    lang: Lang,
    id: String,
    label: String,
    percent: u8,
    message: String,
    poll: String,
}

impl Progress {
    /// `id` is unique in the page, `percent` from 0 to 100.
    pub fn new(lang: &Lang, id: impl Into<String>, label: impl Into<String>, percent: u8) -> Self {
        Self {
            lang: lang.clone(),
            id: id.into(),
            label: label.into(),
            percent: percent.min(100),
            message: String::new(),
            poll: String::new(),
        }
    }

    /// What it is doing now.
    #[must_use]
    pub fn message(mut self, text: impl Into<String>) -> Self {
        self.message = text.into();
        self
    }

    /// Asks `url` every second until `state` is another than `queued` or `running`. The answer
    /// is JSON: `{"state": "running", "percent": 40, "message": "…"}`.
    #[must_use]
    pub fn poll(mut self, url: impl Into<String>) -> Self {
        self.poll = url.into();
        self
    }
}

impl HtmlSafe for Progress {}

//! What happened to a thing, newest first.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Tone;
use crate::Lang;

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    at: i64,
    text: String,
    detail: String,
    href: String,
    tone: Tone,
}

impl Event {
    /// `at` is unix milliseconds.
    pub fn new(at: i64, text: impl Into<String>) -> Self {
        Self {
            at,
            text: text.into(),
            detail: String::new(),
            href: String::new(),
            tone: Tone::Neutral,
        }
    }

    /// Who did it, from where, why.
    #[must_use]
    pub fn detail(mut self, text: impl Into<String>) -> Self {
        self.detail = text.into();
        self
    }

    /// The page that tells more.
    #[must_use]
    pub fn link(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }

    /// Good or bad.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    fn instant(&self, lang: &Lang) -> String {
        lang.instant(self.at)
    }

    /// RFC 3339 in UTC, for `<time datetime>`.
    fn datetime(&self) -> String {
        jiff::Timestamp::from_millisecond(self.at)
            .map_or_else(|_| String::new(), |at| at.to_string())
    }
}

/// What happened, in the order handed in.
#[derive(Debug, Clone, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    lang: Lang,
    events: Vec<Event>,
}

impl Timeline {
    /// Nothing happened yet.
    pub fn new(lang: &Lang) -> Self {
        Self { lang: lang.clone(), events: Vec::new() }
    }

    /// Adds one below the others.
    #[must_use]
    pub fn event(mut self, event: Event) -> Self {
        self.events.push(event);
        self
    }
}

impl HtmlSafe for Timeline {}

//! Messages in the page: something to know, and nothing to show.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Action, Markup, Tone};

/// A message that stands out.
#[derive(Debug, Clone, Template)]
#[template(path = "components/notice.html")]
pub struct Notice {
    tone: Tone,
    title: String,
    text: String,
    more: Markup,
}

impl Notice {
    /// A message in one or two sentences.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, title: String::new(), text: text.into(), more: Markup::default() }
    }

    /// A few words in bold before the sentence.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// A component below the sentence: an [`Action`], a key to copy.
    #[must_use]
    pub fn with(mut self, component: &(impl HtmlSafe + ?Sized)) -> Self {
        self.more = self.more.and(component);
        self
    }
}

impl HtmlSafe for Notice {}

/// What stands in place of a list that has nothing in it.
#[derive(Debug, Clone, Template)]
#[template(path = "components/empty.html")]
pub struct Empty {
    title: String,
    text: String,
    action: Option<Action>,
}

impl Empty {
    /// Says that there is nothing, and in `text` why or what to do.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), action: None }
    }

    /// What makes the first one.
    #[must_use]
    pub fn action(mut self, action: Action) -> Self {
        self.action = Some(action);
        self
    }
}

impl HtmlSafe for Empty {}

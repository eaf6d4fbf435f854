//! A key or code that people copy.

use askama::Template;
use askama::filters::HtmlSafe;

/// A text in fixed-width letters with a button that copies it.
#[derive(Debug, Clone, Template)]
#[template(path = "components/copy.html")]
pub struct CopyText {
    text: String,
    label: String,
    block: bool,
}

impl CopyText {
    /// `label` names the button for a screen reader: "Copy the activation key".
    pub fn new(text: impl Into<String>, label: impl Into<String>) -> Self {
        Self { text: text.into(), label: label.into(), block: false }
    }

    /// Over several lines, for long tokens and commands.
    #[must_use]
    pub fn block(mut self) -> Self {
        self.block = true;
        self
    }
}

impl HtmlSafe for CopyText {}

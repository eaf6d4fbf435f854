//! Asks before something is lost.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Icon, Markup};
use crate::Lang;

/// A button that opens a question; only its answer posts. Works without scripts as a popover.
#[derive(Debug, Clone, Template)]
#[template(path = "components/confirm.html")]
pub struct Confirm {
    lang: Lang,
    id: String,
    label: String,
    path: String,
    text: String,
    word: String,
    hidden: Vec<(String, String)>,
    fields: Markup,
    icon: Option<Icon>,
    look: &'static str,
    is_primary: bool,
}

impl Confirm {
    /// `id` is unique in the page, `label` the verb on both buttons, `path` what is posted to,
    /// `consequence` the sentence that says what will happen and whether it can be undone.
    pub fn new(
        lang: &Lang,
        id: impl Into<String>,
        label: impl Into<String>,
        path: impl Into<String>,
        consequence: impl Into<String>,
    ) -> Self {
        Self {
            lang: lang.clone(),
            id: id.into(),
            label: label.into(),
            path: path.into(),
            text: consequence.into(),
            word: String::new(),
            hidden: Vec::new(),
            fields: Markup::default(),
            icon: None,
            look: " danger",
            is_primary: false,
        }
    }

    /// Makes the reader type `word`; it is sent as `confirm`, and the handler checks it again.
    #[must_use]
    pub fn word(mut self, word: impl Into<String>) -> Self {
        self.word = word.into();
        self
    }

    /// Sends `name=value` along.
    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }

    /// Asks for something more, such as a reason: a [`super::Field`].
    #[must_use]
    pub fn field(mut self, field: &(impl HtmlSafe + ?Sized)) -> Self {
        self.fields = self.fields.and(field);
        self
    }

    /// An icon of [`super::ICONS`] on the button.
    #[must_use]
    pub fn icon(mut self, name: &str) -> Self {
        self.icon = Some(Icon::new(name));
        self
    }

    /// For a step that is weighty but takes nothing away.
    #[must_use]
    pub fn harmless(mut self) -> Self {
        self.look = " primary";
        self
    }

    /// The one thing people mostly come to this page for, and harmless.
    #[must_use]
    pub fn primary(self) -> Self {
        Self { is_primary: true, ..self.harmless() }
    }

    /// The word as a regular expression of the `pattern` attribute.
    fn pattern(&self) -> String {
        let mut pattern = String::with_capacity(self.word.len());
        for c in self.word.chars() {
            if "^$\\.*+?()[]{}|/".contains(c) {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern
    }

    fn look_of_opener(&self) -> &'static str {
        if self.is_primary || self.look == " danger" { self.look } else { "" }
    }
}

impl HtmlSafe for Confirm {}

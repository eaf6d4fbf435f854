//! A form: fields, and the button that sends them.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::ui::{Action, Markup};

/// A form that posts.
#[derive(Debug, Clone, Template)]
#[template(path = "host/form.html")]
pub(crate) struct Form {
    action: String,
    fields: Markup,
    button: Action,
}

impl Form {
    /// Posts to `action`, an address made with `Cx::url`, when the button `label` is pressed.
    pub(crate) fn new(action: impl Into<String>, label: impl Into<String>) -> Self {
        let button = Action::submit(label);
        Self { action: action.into(), fields: Markup::default(), button }
    }

    /// One more field, or anything else inside the form.
    #[must_use]
    pub(crate) fn field(mut self, field: &(impl HtmlSafe + ?Sized)) -> Self {
        self.fields = self.fields.and(field);
        self
    }
}

impl HtmlSafe for Form {}

/// A field nobody sees.
#[derive(Debug, Clone, Template)]
#[template(source = r#"<input type="hidden" name="{{ name }}" value="{{ value }}">"#, ext = "html")]
pub(crate) struct Hidden<'a> {
    name: &'a str,
    value: &'a str,
}

impl<'a> Hidden<'a> {
    /// Sends `name=value` along.
    pub(crate) fn new(name: &'a str, value: &'a str) -> Self {
        Self { name, value }
    }
}

impl HtmlSafe for Hidden<'_> {}

/// A form that asks for a page.
#[derive(Debug, Clone, Template)]
#[template(path = "host/search-form.html")]
pub(crate) struct SearchForm {
    action: String,
    field: plugin_api::ui::Field,
    label: String,
}

impl SearchForm {
    /// Asks `action` with what stands in `field`.
    pub(crate) fn new(action: String, field: plugin_api::ui::Field, label: String) -> Self {
        Self { action, field, label }
    }
}

impl HtmlSafe for SearchForm {}

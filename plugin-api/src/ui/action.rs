//! A button: a link, a form of one button, or the button of the form around it.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Icon;

/// A link or button that does something.
#[derive(Debug, Clone, Template)]
#[template(path = "components/action.html")]
pub struct Action {
    label: String,
    target: Target,
    icon: Option<Icon>,
    look: &'static str,
}

#[derive(Debug, Clone)]
enum Target {
    Link { href: String },
    Download { href: String },
    Post { path: String, fields: Vec<(String, String)> },
    Submit { name: String, value: String },
}

impl Action {
    /// A link to another page.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::to(label, Target::Link { href: href.into() })
    }

    /// A link whose answer is saved as a file.
    pub fn download(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::to(label, Target::Download { href: href.into() }).icon("download")
    }

    /// A form of its own with one button, which posts to `path`.
    pub fn post(label: impl Into<String>, path: impl Into<String>) -> Self {
        Self::to(label, Target::Post { path: path.into(), fields: Vec::new() })
    }

    /// The button that sends the form it stands in.
    pub fn submit(label: impl Into<String>) -> Self {
        Self::to(label, Target::Submit { name: String::new(), value: String::new() }).primary()
    }

    fn to(label: impl Into<String>, target: Target) -> Self {
        Self { label: label.into(), target, icon: None, look: "" }
    }

    /// Sends `name=value` along: a hidden field of a post, the button's own value of a submit.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        match &mut self.target {
            Target::Post { fields, .. } => fields.push((name.into(), value.into())),
            Target::Submit { .. } => {
                self.target = Target::Submit { name: name.into(), value: value.into() };
            }
            Target::Link { .. } | Target::Download { .. } => {}
        }
        self
    }

    /// An icon of [`super::ICONS`] before the label.
    #[must_use]
    pub fn icon(mut self, name: &str) -> Self {
        self.icon = Some(Icon::new(name));
        self
    }

    /// The one thing people mostly come to this page for.
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.look = " primary";
        self
    }

    /// Something that takes away; ask first with [`super::Confirm`] when it cannot be undone.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.look = " danger";
        self
    }

    /// Without a border, for the less important ones.
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.look = " ghost";
        self
    }
}

impl HtmlSafe for Action {}

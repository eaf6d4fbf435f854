//! Tags as links to the customers that have them.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::Cx;

use crate::paths;

/// The tags of a customer.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"<ul class="chips">{% for (tag, href) in tags %}<li><a class="chip" href="{{ href }}">{{ tag }}</a></li>{% endfor %}</ul>"#,
    ext = "html"
)]
pub(crate) struct Chips {
    tags: Vec<(String, String)>,
}

impl Chips {
    /// Each tag with the list filtered by it.
    pub(crate) fn of<'a>(cx: &Cx, tags: impl Iterator<Item = &'a str>) -> Self {
        let list = cx.url(paths::LIST);
        let link = |tag: &str| (tag.to_owned(), format!("{list}?etichette={}", escaped(tag)));
        Self { tags: tags.map(link).collect() }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }
}

impl HtmlSafe for Chips {}

/// A text as it stands in a query (RFC 3986 §2.1).
pub(crate) fn escaped(text: &str) -> String {
    use std::fmt::Write as _;
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

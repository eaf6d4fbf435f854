//! What is new in a release, as people read it: Markdown, of which nothing reaches further than text.

use askama::Template;
use askama::filters::{HtmlSafe, Safe};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A text in its language.
#[derive(Template)]
#[template(path = "update-server/prose.html")]
pub(crate) struct Prose<'a> {
    language: &'a str,
    html: Safe<String>,
}

impl HtmlSafe for Prose<'_> {}

/// A text in this language. HTML in it is shown as it is written, pictures as their words, links lead
/// to addresses of the web and of mail only.
pub(crate) fn shown<'a>(language: &'a str, text: &str) -> Prose<'a> {
    let mut written = String::with_capacity(text.len() * 2);
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    html::push_html(&mut written, Parser::new_ext(text, options).map(harmless));
    Prose { language, html: Safe(written) }
}

fn harmless(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Emphasis),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = if leads_out(&dest_url) { dest_url } else { CowStr::Borrowed("#") };
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::Start(Tag::Heading { level, .. }) => {
            let (level, id, classes, attrs) = (below(level), None, Vec::new(), Vec::new());
            Event::Start(Tag::Heading { level, id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        other => other,
    }
}

fn leads_out(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

/// Headings stand below that of the card.
fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use askama::Template as _;

    fn html(text: &str) -> String {
        super::shown("en", text).render().expect("HTML")
    }

    #[test]
    fn markdown_is_read() {
        let read = html("# New\n- **fast**\n- [more](https://example.com/a?b&c)");
        for part in ["<h3>New</h3>", "<li><strong>fast</strong></li>", "a?b&amp;c\">more</a>"] {
            assert!(read.contains(part), "{part}: {read}");
        }
    }

    #[test]
    fn nothing_reaches_further_than_text() {
        let text = "<script>x</script>\n\n<img src=x onerror=y> ![a](https://example.com/i.png) \
            [b](javascript:x) [c](JavaScript&#58;x) <javascript:x> [d](/logout)";
        let read = html(text);
        for part in ["<script", "<img", "href=\"j", "href=\"J", "href=\"/"] {
            assert!(!read.contains(part), "{part}: {read}");
        }
    }
}

//! What is new in a release, as people read it.

use askama::Template;
use askama::filters::HtmlSafe;

/// Text in paragraphs, nothing of it read as anything but text.
#[derive(Debug, Template)]
#[template(path = "update-server/paragraphs.html")]
pub(crate) struct Paragraphs<'a> {
    language: &'a str,
    paragraphs: Vec<&'a str>,
}

impl HtmlSafe for Paragraphs<'_> {}

/// A text in this language.
pub(crate) fn shown<'a>(language: &'a str, text: &'a str) -> Paragraphs<'a> {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    Paragraphs { language, paragraphs: paragraphs.collect() }
}

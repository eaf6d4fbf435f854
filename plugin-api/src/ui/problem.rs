//! What a person sees instead of a page that could not be made.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::Lang;
use crate::problem::ProblemBody;

/// A problem in words, with the request's id to quote when it is the server's fault.
#[derive(Debug, Clone, Template)]
#[template(path = "components/problem.html")]
pub struct ErrorPage<'a> {
    problem: &'a ProblemBody,
    lang: &'a Lang,
}

/// The page that tells `problem` to a person.
pub fn problem<'a>(problem: &'a ProblemBody, lang: &'a Lang) -> ErrorPage<'a> {
    ErrorPage { problem, lang }
}

impl HtmlSafe for ErrorPage<'_> {}

//! A link of a mail that cannot be followed: what happened, and what to do instead.

use axum::response::{IntoResponse as _, Response};
use plugin_api::ui::{Action, Card, Head, Markup};
use plugin_api::{Cx, Page, Problem};

/// The page for a `problem` of a link, with a way on; other problems are handed back.
pub(super) fn refused(cx: &Cx, problem: Problem, way_on: &Action) -> Result<Response, Problem> {
    if !problem.codice().starts_with("link_") {
        return Err(problem);
    }
    let lang = cx.lang();
    let title = lang.t("link-title");
    let sentence = problem.sentence(&lang);
    let card = Card::new("link", sentence).body(way_on);
    let html = Markup::of(&Head::new(&title)).and(&card);
    Ok(Page::html(title, html).status(problem.status()).into_response())
}

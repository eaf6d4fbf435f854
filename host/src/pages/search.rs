//! `GET /search`: where in the cockpit to look for something.

use plugin_api::ui::{Card, Empty, Field, Head, Markup};
use plugin_api::{Access, Cx, Page, Query, Routes};

use super::{Cell, Fields, Rows};
use crate::frame;
use crate::state::App;

pub(super) fn routes() -> Routes {
    Routes::new().get("/search", show, Access::SignedIn)
}

/// Pages of that name, and every list with the words already in its search box.
async fn show(App(state): App, cx: Cx, Query(asked): Query<Fields>) -> Page {
    let lang = cx.lang();
    let words = asked.get("q").trim();
    let folded = plugin_api::table::fold(words);
    let mut places = Rows::new(
        "search-places",
        lang.t("search-places"),
        [lang.t("search-place"), lang.t("search-what")],
    );
    let mut found = false;
    for section in frame::menu(&state, &cx, "/search") {
        for item in section.items {
            let is_list = item.href.starts_with(&cx.url("/crm/"));
            let is_named = plugin_api::table::fold(&item.label).contains(&folded);
            if words.is_empty() || !(is_list || is_named) {
                continue;
            }
            let (href, what) = if is_list {
                let q = percent_encoding::utf8_percent_encode(
                    words,
                    percent_encoding::NON_ALPHANUMERIC,
                );
                let what = lang.with("search-in-list", &[("words", words)]);
                (format!("{}?q={q}", item.href), what)
            } else {
                (item.href, lang.t("search-page"))
            };
            let link = plugin_api::ui::Action::link(item.label, href).quiet();
            places = places.row([Cell::Component(Markup::of(&link)), Cell::Text(what)]);
            found = true;
        }
    }
    let mut html = Markup::of(&Head::new(lang.t("search-title")));
    let field = Field::search("q", lang.t("search-words")).value(words);
    html = html.and(&super::form::SearchForm::new(cx.url("/search"), field, lang.t("search")));
    let card = Card::new("places", lang.t("search-places"));
    html = if found {
        html.and(&card.body(&places))
    } else {
        html.and(&card.body(&Empty::new(lang.t("search-nothing"), lang.t("search-nothing-hint"))))
    };
    Page::html(lang.t("search-title"), html)
}

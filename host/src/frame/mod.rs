//! The frame around every page: menu, user, language, theme, notices.

mod api;
pub mod assets;
mod badges;
mod menu;
mod notices;

use std::sync::Arc;

use askama::Template;
use http::HeaderMap;
use plugin_api::lang::LANGUAGES;
use plugin_api::ui::Notice;
use plugin_api::{Actor, Cx, Fault, Lang};

use crate::people;
use crate::state::State;
use crate::store::users;

pub use assets::asset_url;
pub(crate) use menu::{MenuItem, MenuSection, entries, menu, tabs};

/// The routes of what the frame is made of.
pub(crate) fn routes() -> plugin_api::Routes {
    assets::routes().merge(api::routes())
}

/// What a page is framed for.
#[derive(Debug, Clone, Copy)]
pub struct FrameRequest<'a> {
    /// Path, without the base path and the query.
    pub path: &'a str,
    /// Path and query, without the base path.
    pub path_and_query: &'a str,
    /// Whether the page comes without menu and header.
    pub frameless: bool,
    /// The headers of the request.
    pub headers: &'a HeaderMap,
    /// A sentence to show above the page.
    pub notice: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "base.html")]
struct Frame<'a> {
    lang: &'a Lang,
    theme: &'a str,
    title: &'a str,
    product: &'a str,
    body: &'a str,
    base_path: &'a str,
    path: String,
    home: String,
    menu: Vec<MenuSection>,
    tabs: Vec<MenuItem>,
    user: Option<FrameUser>,
    frameless: bool,
    other_language: (String, String),
    notices: Vec<Notice>,
    assets: AssetUrls,
}

struct FrameUser {
    name: String,
    email: String,
}

struct AssetUrls {
    css: [String; 2],
    js: [String; 3],
    icon: String,
}

/// The whole page: `fragment`, rendered HTML, called `title`, in the frame of who is asking.
pub async fn frame(
    state: &Arc<State>,
    cx: &Cx,
    asked: &FrameRequest<'_>,
    title: &str,
    fragment: &str,
) -> Result<String, Fault> {
    let lang = cx.lang();
    let base_path = &cx.caller().base_path;
    let (user, preferred) = who(cx).await?;
    let product = match state.config.company.name.as_str() {
        "" => lang.t("product"),
        name => name.to_owned(),
    };
    // Files are the same with and without the frame, so they are kept once.
    let url = |name| asset_url(&state.config.http.base_path, name);
    let menu = match &user {
        Some(_) => badges::counted(state, cx, menu(state, cx, asked.path)).await,
        None => Vec::new(),
    };
    // Another cockpit shows our menu in its own, but the tabs of a page are the page's.
    let user = user.filter(|_| !asked.frameless);
    let frame = Frame {
        lang: &lang,
        theme: theme(&preferred, asked.headers),
        title,
        product: &product,
        body: fragment,
        base_path,
        path: cx.url(asked.path_and_query),
        home: cx.url("/"),
        tabs: tabs(&menu).to_vec(),
        menu,
        user,
        frameless: asked.frameless,
        other_language: other_language(&lang),
        notices: notices::notices(state, cx, asked.notice).await,
        assets: AssetUrls {
            css: ["app.css", "pages.css"].map(url),
            js: ["app.js", "pages.js", "upload.js"].map(url),
            icon: url("icon.svg"),
        },
    };
    frame.render().map_err(Fault::internal)
}

/// The user as the frame shows him, and the theme he prefers.
async fn who(cx: &Cx) -> Result<(Option<FrameUser>, String), Fault> {
    let Actor::User { id, name } = &cx.caller().actor else { return Ok((None, String::new())) };
    let row = users::find(&cx.db(), cx.scope(), id).await?;
    let (email, theme) = row.map(|row| (row.email, row.theme)).unwrap_or_default();
    Ok((Some(FrameUser { name: name.clone(), email }), theme))
}

/// The themes there are.
pub(crate) const THEMES: [&str; 3] = ["auto", "light", "dark"];

/// What the user chose, else what this browser chose, else the system's.
fn theme(preferred: &str, headers: &HeaderMap) -> &'static str {
    let known = |name: &str| THEMES.into_iter().find(|known| *known == name);
    known(preferred)
        .or_else(|| people::preference(headers, "theme").and_then(known))
        .unwrap_or("auto")
}

/// Code and own name of the language that is not shown.
fn other_language(lang: &Lang) -> (String, String) {
    let code = LANGUAGES.into_iter().find(|code| *code != lang.code).unwrap_or("en");
    (code.to_owned(), lang.t(&format!("language-{code}")))
}

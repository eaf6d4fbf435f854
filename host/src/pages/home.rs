//! `GET /`: what there is for who is signed in, and what is left to be set up.

use std::sync::Arc;

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use plugin_api::contracts::accounts;
use plugin_api::manifest::Manifest;
use plugin_api::ui::{Action, Badge, Empty, Head, Tone};
use plugin_api::{Access, Cx, Lang, Page, Permissions, Problem, Routes, SeeOther};

use crate::frame::{self, MenuItem, MenuSection};
use crate::state::App;
use crate::store::{organisations, users};

pub(super) fn routes() -> Routes {
    Routes::new().get("/", show, Access::SignedIn)
}

#[derive(Template)]
#[template(path = "host/home.html")]
struct HomePage<'a> {
    lang: &'a Lang,
    head: Head,
    empty: Option<Empty>,
    links: Vec<MenuItem>,
    steps: Vec<Step>,
}

struct Step {
    text: String,
    href: String,
    badge: Badge,
}

async fn show(App(state): App, cx: Cx) -> Result<Response, Problem> {
    let menu = frame::menu(&state, &cx, "/");
    if let Some(only) = only_page(&menu) {
        return Ok(SeeOther::to(only).into_response());
    }
    let lang = cx.lang();
    let enabled = state.registry.enabled();
    let links: Vec<MenuItem> = work(menu);
    let name = match &cx.caller().actor {
        plugin_api::Actor::User { name, .. } => name.clone(),
        _ => String::new(),
    };
    let page = HomePage {
        lang: &lang,
        head: Head::new(lang.t("home-title")).lead(lang.with("home-lead", &[("name", &name)])),
        empty: links.is_empty().then(|| empty(&cx, enabled.is_empty())),
        links,
        steps: match cx.caller().permissions {
            Permissions::Everything => steps(&cx, &enabled).await?,
            Permissions::Some(_) => Vec::new(),
        },
    };
    Ok(Page::new(lang.t("home-title"), &page)?.into_response())
}

/// Where somebody works who has one page to work on and nothing to administer: an end customer in
/// his portal. A home that only leads there would be a step too many.
fn only_page(menu: &[MenuSection]) -> Option<String> {
    let mut others = menu.iter().filter(|section| section.id != "overview");
    match (others.next(), others.next()) {
        (Some(section), None) if section.id == "crm" => match section.items.as_slice() {
            [only] => Some(only.href.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// What there is to work on: the entries of the menu that plugins made.
fn work(menu: Vec<MenuSection>) -> Vec<MenuItem> {
    let crm = menu.into_iter().filter(|section| section.id == "crm");
    crm.flat_map(|section| section.items).collect()
}

fn empty(cx: &Cx, nothing_enabled: bool) -> Empty {
    let lang = cx.lang();
    if !nothing_enabled {
        return Empty::new(lang.t("home-nothing-allowed"), lang.t("home-ask-permission"));
    }
    if !cx.may("host:modules") {
        return Empty::new(lang.t("home-no-module"), lang.t("home-ask-unlock"));
    }
    let action = Action::link(lang.t("home-to-modules"), cx.url("/system/modules"));
    Empty::new(lang.t("home-no-module"), lang.t("home-unlock")).action(action.primary())
}

/// What a superadmin does first, and what of it is done.
async fn steps(cx: &Cx, enabled: &[Arc<Manifest>]) -> Result<Vec<Step>, Problem> {
    let lang = cx.lang();
    let step = |key: &str, href: String, done: bool| {
        let (tone, word) =
            if done { (Tone::Ok, "step-done") } else { (Tone::Neutral, "step-open") };
        Step { text: lang.t(key), href, badge: Badge::new(tone, lang.t(word)) }
    };
    let has_colleague = users::count(&cx.db(), cx.scope()).await? > 1;
    let mut steps = vec![step("step-module", cx.url("/system/modules"), !enabled.is_empty())];
    // Whoever keeps the customers, by the contract he answers.
    let keeps = |m: &&Arc<Manifest>| m.services.iter().any(|name| name == accounts::FIND.name);
    let mut has_customer = true;
    let keeper = enabled.iter().find(keeps);
    if let Some(entry) = keeper.and_then(|keeper| frame::entries(cx, keeper).into_iter().next()) {
        has_customer = organisations::has_customer(&cx.db(), cx.scope()).await?;
        steps.push(step("step-customer", cx.url(&entry.path), has_customer));
    }
    steps.push(step("step-users", cx.url("/system/users"), has_colleague));
    // Once all of it is done, the list has served.
    let is_settled = !enabled.is_empty() && has_customer && has_colleague;
    Ok(if is_settled { Vec::new() } else { steps })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: &str, hrefs: &[&str]) -> MenuSection {
        let mut section =
            MenuSection { id: id.to_owned(), title: String::new(), items: Vec::new() };
        section.items.resize_with(hrefs.len(), Default::default);
        for (item, href) in section.items.iter_mut().zip(hrefs) {
            (*href).clone_into(&mut item.href);
        }
        section
    }

    #[test]
    fn who_has_one_page_to_work_on_begins_there() {
        let home = || section("overview", &["/", "/profile"]);
        let own = || section("crm", &["/crm/own"]);
        assert_eq!(only_page(&[home(), own()]).as_deref(), Some("/crm/own"));
        assert_eq!(only_page(&[home()]), None, "nothing: home says so");
        assert_eq!(only_page(&[home(), section("crm", &["/a", "/b"])]), None, "a choice");
        assert_eq!(only_page(&[home(), own(), section("system", &["/s"])]), None);
        assert_eq!(only_page(&[home(), section("system", &["/s"])]), None);
    }
}

//! `/system/roles/{role_id}`: a role is shown and changed.

use std::sync::Arc;

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use plugin_api::ui::{Action, Badge, Card, Confirm, Empty, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Form as Sent, Page, Path, Problem, Routes, SeeOther};

use super::address;
use super::form::{Kind, fields, sent};
use crate::pages::{Cell, Fields, Form, Rows, form_errors, may, permissions};
use crate::people::roles::change::{self, Draft};
use crate::people::roles::{self, SUPERADMIN};
use crate::state::{App, State};
use crate::store::links;
use crate::store::roles::{self as store, RoleRow};

pub(super) fn routes() -> Routes {
    Routes::new().get("/system/roles/{role_id}", show, may("roles")).post(
        "/system/roles/{role_id}",
        change,
        may("roles"),
    )
}

async fn show(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let role = change::find(&cx, &id).await?;
    let draft = change::draft(&state, &cx, &role);
    page(&state, &cx, &role, &draft, &FormErrors::new()).await
}

async fn change(
    App(state): App,
    cx: Cx,
    Path(id): Path<String>,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let (role, draft) = (change::find(&cx, &id).await?, sent(&form));
    let done = change::change(&state, &cx, &role, &draft).await;
    match done {
        Ok(()) => {
            let said = cx.lang().with("role-changed", &[("name", &title(&cx, &role, &draft))]);
            Ok(SeeOther::to(address(&cx, &role, "")).saying(said).into_response())
        }
        Err(problem) => refused(&state, &cx, &role, &draft, problem).await,
    }
}

fn title(cx: &Cx, role: &RoleRow, draft: &Draft) -> String {
    if role.built_in { role.title(&cx.lang()) } else { draft.name.trim().to_owned() }
}

/// The page of a role with what was wrong about an act on it.
pub(super) async fn refused(
    state: &Arc<State>,
    cx: &Cx,
    role: &RoleRow,
    draft: &Draft,
    problem: Problem,
) -> Result<Response, Problem> {
    let errors = form_errors(problem, &cx.lang())?;
    let page = page(state, cx, role, draft, &errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(
    state: &Arc<State>,
    cx: &Cx,
    role: &RoleRow,
    draft: &Draft,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let title = role.title(&lang);
    let kind = if role.built_in { "role-built-in" } else { "role-own" };
    let copy = format!("/system/roles/new?copy={}", role.role_id);
    let head = Head::new(&title)
        .back(lang.t("roles-title"), cx.url("/system/roles"))
        .badge(Badge::new(Tone::Neutral, lang.t(kind)))
        .lead(role.purpose(&lang))
        .action(&Action::link(lang.t("role-copy-this"), cx.url(&copy)));
    let mut html = Markup::of(&head).and(&errors.summary(&lang));
    let card = Card::new("role", lang.t("role-may")).text(lang.t("role-may-hint"));
    let may_change = change::may_change(state, cx, role).await?;
    if may_change {
        let kind = match role.role_id.as_str() {
            SUPERADMIN => Kind::Superadmin,
            _ if role.built_in => Kind::BuiltIn,
            _ => Kind::Own,
        };
        let form = Form::new(address(cx, role, ""), lang.t("save"));
        html = html.and(&card.body(&fields(state, cx, form, (kind, draft), errors)));
    } else {
        let notice = Notice::new(Tone::Info, lang.t("role-not-yours"));
        html =
            html.and(&card.body(&notice).body(&permissions::table(state, cx, &draft.permissions)));
    }
    html = html.and(&holders(cx, role).await?);
    if may_change && role.built_in && roles::is_edited(state, &role.role_id) {
        html = html.and(&back_to_defaults(cx, role));
    }
    if may_change && !role.built_in {
        html = html.and(&deletion(cx, role));
    }
    Ok(Page::html(title, html))
}

async fn holders(cx: &Cx, role: &RoleRow) -> Result<Card, Problem> {
    let lang = cx.lang();
    let mut card = Card::new("holders", lang.t("role-holders"));
    let found = store::holders(&cx.db(), cx.scope(), &role.role_id).await?;
    let invited = links::with_role(&cx.db(), cx.scope(), &role.role_id).await?;
    if found.is_empty() && invited.is_empty() {
        let empty = Empty::new(lang.t("role-no-holder"), lang.t("role-no-holder-hint"));
        return Ok(card.body(&empty));
    }
    let held = found.into_iter().map(|one| (one.name, format!("/system/users/{}", one.user_id)));
    let waiting = invited
        .into_iter()
        .map(|one| (one.name, format!("/system/users/invitations/{}", one.link_id)));
    card = card.text(lang.t("role-holders-hint"));
    let tables = [("role-holders", held.collect::<Vec<_>>()), ("role-invited", waiting.collect())];
    for (title, people) in tables.into_iter().filter(|(_, people)| !people.is_empty()) {
        card = card.body(&named(cx, title, people));
    }
    Ok(card)
}

/// People by name, each a link for who may see it.
fn named(cx: &Cx, title: &str, people: Vec<(String, String)>) -> Rows {
    let lang = cx.lang();
    let mut rows = Rows::new(format!("{title}-table"), lang.t(title), [lang.t(title)]);
    for (name, path) in people {
        let cell =
            if cx.may("host:users") { Cell::Link(name, cx.url(&path)) } else { Cell::Text(name) };
        rows = rows.row([cell]);
    }
    rows
}

fn back_to_defaults(cx: &Cx, role: &RoleRow) -> Card {
    let lang = cx.lang();
    let consequence = lang.t("role-reset-consequence");
    let label = lang.t("role-reset");
    let reset = Confirm::new(&lang, "reset", label, address(cx, role, "/reset"), consequence);
    Card::new("defaults", lang.t("role-reset-title"))
        .text(lang.t("role-reset-hint"))
        .body(&reset.harmless())
}

fn deletion(cx: &Cx, role: &RoleRow) -> Card {
    let lang = cx.lang();
    let consequence = lang.with("role-delete-consequence", &[("name", &role.name)]);
    let label = lang.t("role-delete");
    let delete = Confirm::new(&lang, "delete", label, address(cx, role, "/delete"), consequence);
    Card::new("deletion", lang.t("role-delete"))
        .danger()
        .text(lang.t("role-delete-hint"))
        .body(&delete)
}

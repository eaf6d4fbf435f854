//! `/system/organisations/{id}`: what is known of a node, its people, and what can be done with it.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use plugin_api::contracts::people::OfOrganisation;
use plugin_api::ui::{Action, Card, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Form as Sent, Page, Path, Problem, Routes, SeeOther};

use super::{TREE, address, cards, labels};
use crate::pages::{Fields, form_errors, may};
use crate::people::organisations::{self, Change, Refusal, is_own};
use crate::people::services;
use crate::state::{App, State};
use crate::store::organisations::{self as store, Organisation};

const NODE: &str = "/system/organisations/{organisation_id}";

pub(super) fn routes() -> Routes {
    let access = || may("organisations");
    Routes::new().get(NODE, show, access()).post(NODE, rename, access())
}

async fn show(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let node = organisations::find(&cx, &id).await?;
    page(&state, &cx, &node, &node.name, &FormErrors::new()).await
}

async fn rename(
    App(state): App,
    cx: Cx,
    Path(id): Path<String>,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let node = seen(&cx, &id, &form).await?;
    let name = form.get("name");
    let change = Change { name: Some(name.to_owned()), ..Change::default() };
    match organisations::change(&cx, &node, &change).await {
        Ok(()) => {
            let said = cx.lang().with("organisation-renamed", &[("name", name.trim())]);
            Ok(SeeOther::to(address(&cx, &id, "")).saying(said).into_response())
        }
        Err(refusal) => refused(&state, &cx, &node, name, refusal).await,
    }
}

/// The node as the form showed it: a change of it is refused when somebody changed it since.
pub(super) async fn seen(cx: &Cx, id: &str, form: &Fields) -> Result<Organisation, Problem> {
    let node = organisations::find(cx, id).await?;
    Ok(Organisation { version: form.get("version").parse().unwrap_or(node.version), ..node })
}

/// The page of a node with why an act on it was refused.
pub(super) async fn refused(
    state: &State,
    cx: &Cx,
    node: &Organisation,
    name: &str,
    refusal: Refusal,
) -> Result<Response, Problem> {
    let errors = form_errors(refusal.into(), &cx.lang())?;
    // As it is now, so that sending the form again is a knowing act.
    let node = organisations::find(cx, &node.organisation_id).await?;
    let page = page(state, cx, &node, name, &errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(
    state: &State,
    cx: &Cx,
    node: &Organisation,
    name: &str,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let (lang, db, id) = (cx.lang(), cx.db(), node.organisation_id.as_str());
    let is_barred = store::is_suspended(&db, cx.scope(), id).await?;
    let above = match &node.parent_id {
        Some(parent) => store::find(&db, cx.scope(), parent).await?,
        None => None,
    };
    let counts = store::counts(&db, cx.scope(), node).await?;
    let below = store::below(&db, cx.scope(), id).await?;
    let asked = OfOrganisation { organisation_id: id.to_owned() };
    let people = services::of_organisation(cx.clone(), asked).await?;
    let is_empty =
        counts.organisations <= 1 && counts.customers + counts.people == 0 && people.is_empty();
    let itself = node.suspended_at.is_some();
    let mut head = Head::new(&node.name)
        .back(lang.t("organisations-title"), cx.url(TREE))
        .badge(labels::kind_badge(&lang, &node.kind));
    if let Some(badge) = labels::suspension(&lang, itself, is_barred) {
        head = head.badge(badge);
    }
    if node.kind != "agent" {
        let href = cx.url(&format!("{TREE}/new?parent={id}"));
        head = head.action(&Action::link(lang.t("organisation-new-below"), href).icon("plus"));
    }
    if node.parent_id.is_some() && !is_own(cx, node) {
        let relocate = Action::link(lang.t("organisation-move"), address(cx, id, "/move"));
        head = head.action(&relocate).action(&cards::standing(cx, node));
    }
    let mut html = Markup::of(&head).and(&errors.summary(&lang));
    if is_barred {
        let key = if itself { "organisation-barred" } else { "organisation-barred-above" };
        html = html.and(&Notice::new(Tone::Warn, lang.t(key)));
    }
    let html = html
        .and(&Card::new("facts", lang.t("details")).body(&cards::facts(
            state,
            cx,
            node,
            above.as_ref(),
            counts,
        )))
        .and(&cards::people_card(cx, id, people))
        .and(&cards::below_card(cx, &below))
        .and(&cards::renaming(cx, node, name, errors))
        .and(&cards::deletion(cx, node, is_empty));
    Ok(Page::html(node.name.clone(), html))
}

//! `/system/organisations/new`: a node is made.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use plugin_api::ui::{Card, Field, FormErrors, Head, Markup};
use plugin_api::{Cx, Form as Sent, Page, Problem, Query, Routes, SeeOther};
use serde::Deserialize;

use super::{TREE, address, labels};
use crate::pages::{Fields, Form, form_errors, may};
use crate::people::organisations::{self, Kind, NewNode};

const NEW: &str = "/system/organisations/new";

pub(super) fn routes() -> Routes {
    Routes::new().get(NEW, show, may("organisations")).post(NEW, create, may("organisations"))
}

#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    parent: String,
}

async fn show(cx: Cx, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let own = &cx.caller().organisation_id;
    let parent_id = if asked.parent.is_empty() { own.clone() } else { asked.parent };
    page(&cx, &NewNode { parent_id, ..NewNode::default() }, &FormErrors::new()).await
}

async fn create(cx: Cx, Sent(form): Sent<Fields>) -> Result<Response, Problem> {
    let lang = cx.lang();
    let new = NewNode {
        name: form.get("name").to_owned(),
        kind: form.get("kind").to_owned(),
        parent_id: form.get("parent").to_owned(),
    };
    match organisations::create(&cx, &new).await {
        Ok(id) => {
            let said = lang.with("organisation-created", &[("name", new.name.trim())]);
            Ok(SeeOther::to(address(&cx, &id, "")).saying(said).into_response())
        }
        Err(refusal) => {
            let errors = form_errors(refusal.into(), &lang)?;
            let page = page(&cx, &new, &errors).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

async fn page(cx: &Cx, filled: &NewNode, errors: &FormErrors) -> Result<Page, Problem> {
    let lang = cx.lang();
    let mut kinds = Field::radios("kind", lang.t("organisation-kind")).value(&filled.kind);
    for kind in Kind::MADE.map(Kind::text) {
        let hint = lang.t(&format!("organisation-{}-hint", kind.replace('_', "-")));
        kinds = kinds.option_with_hint(kind, labels::kind(&lang, kind), hint);
    }
    let mut parents = Field::select("parent", lang.t("organisation-above"))
        .value(&filled.parent_id)
        .hint(lang.t("organisation-above-hint"));
    for place in organisations::places(cx).await? {
        parents = parents.option(place.organisation_id, place.way);
    }
    let name = Field::text("name", lang.t("column-name")).autocomplete("off").maxlength(255);
    let form = Form::new(cx.url(NEW), lang.t("organisation-create"))
        .field(&name.value(&filled.name).errors(errors).required())
        .field(&kinds.errors(errors).required())
        .field(&parents.errors(errors).required());
    let title = lang.t("organisation-new");
    let head = Head::new(&title).back(lang.t("organisations-title"), cx.url(TREE));
    let html = Markup::of(&head)
        .and(&errors.summary(&lang))
        .and(&Card::new("organisation", lang.t("organisation-title")).body(&form));
    Ok(Page::html(title, html))
}

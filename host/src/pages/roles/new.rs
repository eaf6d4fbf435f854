//! `/system/roles/new`: a role is made, often as a copy of another.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use plugin_api::ui::{Action, Card, Field, FormErrors, Head, Markup};
use plugin_api::{Cx, Form as Sent, Page, Problem, Query, Routes, SeeOther};
use serde::Deserialize;

use super::form::{Kind, fields, sent};
use crate::pages::form::SearchForm;
use crate::pages::{Fields, Form, form_errors, may};
use crate::people::roles::change::{self, Draft};
use crate::state::{App, State};
use crate::store::roles as store;

pub(super) fn routes() -> Routes {
    Routes::new().get("/system/roles/new", show, may("roles")).post(
        "/system/roles/new",
        create,
        may("roles"),
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The role to begin with.
    copy: String,
}

async fn show(App(state): App, cx: Cx, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let mut draft = Draft::default();
    if !asked.copy.is_empty() {
        let role = change::find(&cx, &asked.copy).await?;
        let lang = cx.lang();
        let name = lang.with("role-copy-of", &[("name", &role.title(&lang))]);
        let description = role.purpose(&lang);
        draft = Draft { name, description, ..change::draft(&state, &cx, &role) };
    }
    page(&state, &cx, &asked.copy, &draft, &FormErrors::new()).await
}

async fn create(App(state): App, cx: Cx, Sent(form): Sent<Fields>) -> Result<Response, Problem> {
    let (lang, draft) = (cx.lang(), sent(&form));
    match change::create(&state, &cx, &draft).await {
        Ok(id) => {
            let said = lang.with("role-created", &[("name", draft.name.trim())]);
            let there = cx.url(&format!("/system/roles/{id}"));
            Ok(SeeOther::to(there).saying(said).into_response())
        }
        Err(problem) => {
            let errors = form_errors(problem, &lang)?;
            let page = page(&state, &cx, "", &draft, &errors).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

async fn page(
    state: &State,
    cx: &Cx,
    copy: &str,
    draft: &Draft,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let mut begin = Field::select("copy", lang.t("role-copy")).value(copy);
    begin = begin.option("", lang.t("role-copy-nothing"));
    for role in store::visible(&cx.db(), cx.scope(), &cx.caller().organisation_id).await? {
        begin = begin.option(role.role_id.clone(), role.title(&lang));
    }
    let address = cx.url("/system/roles/new");
    let begin = SearchForm::new(address.clone(), begin, lang.t("role-copy-take"));
    let form = Form::new(address, lang.t("role-create"));
    let form = fields(state, cx, form, (Kind::Own, draft), errors);
    let head = Head::new(lang.t("roles-new"))
        .back(lang.t("roles-title"), cx.url("/system/roles"))
        .lead(lang.t("roles-new-lead"))
        .action(&Action::link(lang.t("cancel"), cx.url("/system/roles")));
    let html = Markup::of(&head)
        .and(&errors.summary(&lang))
        .and(&Card::new("copy", lang.t("role-copy-title")).body(&begin))
        .and(&Card::new("role", lang.t("role-title")).body(&form));
    Ok(Page::html(lang.t("roles-new"), html))
}

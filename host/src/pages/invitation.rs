//! `/invitation`: who was invited chooses a name and a password, and is signed in.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use plugin_api::ui::{Action, Card, Field, FormErrors, Head, Markup};
use plugin_api::{Access, Cx, Form as Sent, Page, Problem, Query, Routes, SeeOther};

use super::form::Hidden;
use super::{Fields, Form, form_errors, link, new_password};
use crate::people::invitations::{self, Acceptance};
use crate::people::{CookieRules, links};
use crate::state::App;
use crate::store::links::{Kind, LinkRow};

pub(super) fn routes() -> Routes {
    let path = "/invitation";
    Routes::new().get(path, show, Access::Public).post(path, accept, Access::Public)
}

async fn show(cx: Cx, Query(asked): Query<Fields>) -> Result<Response, Problem> {
    let token = asked.get("token");
    match links::open(&cx, Kind::Invitation, token).await {
        Ok(invitation) => {
            let name = invitation.name.clone();
            Ok(page(&cx, &invitation, (token, &name), &FormErrors::new()).into_response())
        }
        Err(problem) => link::refused(&cx, problem, &way_on(&cx)),
    }
}

async fn accept(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let (token, name) = (form.get("token"), form.get("name"));
    let invitation = match links::open(&cx, Kind::Invitation, token).await {
        Ok(invitation) => invitation,
        Err(problem) => return link::refused(&cx, problem, &way_on(&cx)),
    };
    let mut errors = new_password::objections(&lang, &form);
    if !CookieRules::of(&state.config.http).usable {
        errors.add("", lang.t("login-insecure"));
    }
    if errors.is_empty() {
        let chosen = Acceptance {
            token: token.to_owned(),
            name: name.to_owned(),
            password: form.get("password").to_owned(),
        };
        let mut cookies = HeaderMap::new();
        match invitations::accept(&state, &cx, &chosen, &headers, &mut cookies).await {
            Ok(()) => {
                let home = SeeOther::to(cx.url("/")).saying(lang.t("invitation-accepted"));
                return Ok((cookies, home).into_response());
            }
            Err(problem) if problem.codice().starts_with("link_") => {
                return link::refused(&cx, problem, &way_on(&cx));
            }
            Err(problem) => errors = form_errors(problem, &lang)?,
        }
    }
    let page = page(&cx, &invitation, (token, name), &errors);
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn way_on(cx: &Cx) -> Action {
    Action::link(cx.lang().t("sign-in"), cx.url("/login"))
}

fn page(cx: &Cx, link: &LinkRow, (token, name): (&str, &str), errors: &FormErrors) -> Page {
    let lang = cx.lang();
    let title = lang.t("invitation-title");
    let lead = lang.with("invitation-lead", &[("organisation", &link.organisation_name)]);
    let name = Field::text("name", lang.t("your-name")).autocomplete("name").value(name);
    let form = Form::new(cx.url("/invitation"), lang.t("invitation-submit"))
        .field(&Hidden::new("token", token))
        .field(&name.maxlength(255).errors(errors).required());
    let form = new_password::fields(cx, form, &link.email, errors);
    let card = Card::new("invitation", lang.t("invitation-account")).body(&form);
    let html = Markup::of(&Head::new(&title).lead(lead)).and(&errors.summary(&lang)).and(&card);
    Page::html(title, html)
}

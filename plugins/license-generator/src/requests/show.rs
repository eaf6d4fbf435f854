//! `/crm/licence-requests/{id}`: what somebody asks for and what it comes to; it is decided here.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::ui::{
    Action, Badge, Card, Confirm, CopyText, Facts, Field, FormErrors, Head, Markup,
};
use plugin_api::{Cx, Form, Lang, Page, Path, Problem, SeeOther};
use serde::Deserialize;

use super::{found, is_own};
use crate::create::summary::{Summary, said};
use crate::domain::choices::RequestState;
use crate::domain::draft::Rejection;
use crate::domain::quick;
use crate::store::requests::Request;
use crate::{APPROVE, READ, labels, paths};

/// What was answered.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    motivo: String,
}

/// The page.
pub(super) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let request = found(&cx, &id).await?;
    page(&cx, &request, &FormErrors::new()).await
}

/// Issues what was asked for.
pub(super) async fn approve(
    cx: Cx,
    Path(id): Path<String>,
    Form(answer): Form<Answer>,
) -> Result<Response, Problem> {
    let request = found(&cx, &id).await?;
    match super::approve(&cx, &request, &answer.motivo).await? {
        Ok(decided) => Ok(back(&cx, &decided, "request-approved").into_response()),
        Err(rejection) => refused(&cx, &request, &rejection).await,
    }
}

/// Says no.
pub(super) async fn refuse(
    cx: Cx,
    Path(id): Path<String>,
    Form(answer): Form<Answer>,
) -> Result<Response, Problem> {
    let request = found(&cx, &id).await?;
    if answer.motivo.trim().is_empty() && request.state == RequestState::Waiting {
        let errors = FormErrors::from_iter([("", cx.lang().t("request-answer-required"))]);
        let page = page(&cx, &request, &errors).await?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let decided = super::refuse(&cx, &request, &answer.motivo).await?;
    Ok(back(&cx, &decided, "request-refused").into_response())
}

/// Takes back one's own.
pub(super) async fn withdraw(cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let request = found(&cx, &id).await?;
    let decided = super::withdraw(&cx, &request).await?;
    Ok(back(&cx, &decided, "request-withdrawn"))
}

fn back(cx: &Cx, request: &Request, key: &str) -> SeeOther {
    let there = cx.url(&paths::of(paths::REQUEST_SHOW, &request.request_id));
    SeeOther::to(there).saying(cx.lang().t(key))
}

async fn refused(cx: &Cx, request: &Request, rejection: &Rejection) -> Result<Response, Problem> {
    let errors = FormErrors::from_iter([("", said(&cx.lang(), rejection))]);
    let page = page(cx, request, &errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(cx: &Cx, request: &Request, errors: &FormErrors) -> Result<Page, Problem> {
    let lang = cx.lang();
    let customer = request.customer.clone().unwrap_or_default();
    let title =
        lang.with("request-title", &[("product", &request.product_code), ("customer", &customer)]);
    let mut cards = Markup::of(&asked(cx, &lang, request));
    if request.state == RequestState::Waiting {
        cards = cards.and(&Summary::of(cx, &request.draft, 1).await?);
    }
    let draft = serde_json::to_string_pretty(&quick::said(&request.draft)).unwrap_or_default();
    let draft = CopyText::new(draft, lang.t("copy-payload")).block();
    cards = cards.and(&Card::new("draft", lang.t("request-draft")).body(&draft));
    let head = head(cx, &lang, request, &title);
    let body = Markup::of(&head).and(&errors.summary(&lang)).and(&Columns { cards });
    Ok(Page::html(title, body))
}

#[derive(askama::Template)]
#[template(source = r#"<div class="cols">{{ cards }}</div>"#, ext = "html")]
struct Columns {
    cards: Markup,
}

impl askama::filters::HtmlSafe for Columns {}

fn badge(lang: &Lang, request: &Request) -> Badge {
    labels::badge(lang, labels::REQUEST_STATES, request.state.wire())
}

fn head(cx: &Cx, lang: &Lang, request: &Request, title: &str) -> Head {
    let (label, list) = if cx.may(APPROVE) {
        ("requests", paths::REQUESTS)
    } else {
        ("my-requests", paths::MY_REQUESTS)
    };
    let head = Head::new(title).back(lang.t(label), cx.url(list)).badge(badge(lang, request));
    if request.state != RequestState::Waiting {
        return head;
    }
    let act = |id: &str, path: &str| {
        let path = cx.url(&paths::of(path, &request.request_id));
        let label = lang.t(&format!("request-{id}"));
        Confirm::new(lang, id, label, path, lang.t(&format!("request-{id}-hint")))
    };
    let answer = |id: &str| {
        Field::textarea("motivo", lang.t("request-answer"))
            .id(format!("{id}-motivo"))
            .maxlength(2000)
    };
    let mut head = head;
    if cx.may(APPROVE) {
        head = head
            .action(&act("approve", paths::REQUEST_APPROVE).primary().field(&answer("approve")))
            .action(&act("refuse", paths::REQUEST_REFUSE).field(&answer("refuse").required()));
    }
    if is_own(cx, request) {
        head = head.action(&act("withdraw", paths::REQUEST_WITHDRAW));
    }
    head
}

fn asked(cx: &Cx, lang: &Lang, request: &Request) -> Card {
    let customer = cx.url(&paths::of(paths::CUSTOMER, &request.account_id));
    let name = request.customer.clone().unwrap_or_default();
    let mut facts = Facts::new()
        .link(lang.t("label-cliente"), name, customer)
        .mono(lang.t("label-prodotto"), &request.product_code)
        .text(lang.t("column-richiedente"), &request.asked_by)
        .text(lang.t("column-creata"), lang.instant(request.created_at))
        .text(lang.t("new-motivo"), &request.reason)
        .text(lang.t("request-obstacle"), &request.obstacle);
    if let Some(at) = request.decided_at {
        facts = facts
            .text(lang.t("request-decided-by"), &request.decided_by)
            .text(lang.t("column-decisa"), lang.instant(at))
            .text(lang.t("request-answer"), &request.answer);
    }
    let card = Card::new("asked", lang.t("request-card")).body(&facts);
    match &request.licence_id {
        Some(id) if cx.may(READ) => {
            let href = cx.url(&paths::of(paths::SHOW, id));
            card.action(&Action::link(lang.t("request-licence"), href).primary())
        }
        _ => card,
    }
}

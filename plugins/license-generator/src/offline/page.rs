//! `/crm/offline`: a request of a machine without a network is brought, looked at, and answered.

use askama::Template;
use axum::extract::Request as Sent;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::import::Posted;
use plugin_api::ui::{
    Action, Card, ErrorSummary, Facts, Field, FormErrors, Head, Markup, Meter, Notice, Steps, Tone,
};
use plugin_api::{Cx, Form, Idempotency, Lang, Page, Problem, Query, SeeOther};
use serde::Deserialize;

use super::answer::{answer, nonce_hash};
use super::look::{Looked, read, said};
use super::request::Request;
use crate::domain::licence::Licence;
use crate::domain::offline::Action as Asks;
use crate::{labels, paths, store};

/// A page of one form, which may carry a file.
#[derive(Debug, Template)]
#[template(path = "license-generator/offline.html")]
struct OfflinePage {
    head: Head,
    steps: Steps,
    before: Markup,
    errors: ErrorSummary,
    action: String,
    files: bool,
    hidden: Vec<(&'static str, String)>,
    cards: Markup,
    /// None where there is nothing to send.
    button: Option<Action>,
    after: Markup,
}

/// What the QR code of a machine brings.
#[derive(Debug, Deserialize)]
pub(super) struct Brought {
    r: Option<String>,
}

/// What the second step sends.
#[derive(Deserialize)]
pub(super) struct Confirmed {
    richiesta: String,
    codice: Option<String>,
}

/// The first step; the second one for who scanned a QR code.
pub(super) async fn handle(cx: Cx, Query(brought): Query<Brought>) -> Result<Response, Problem> {
    match brought.r.filter(|text| !text.trim().is_empty()) {
        Some(text) => look(&cx, &text).await,
        None => Ok(bring(&cx, "", None)?.into_response()),
    }
}

/// Shows what a request says, without doing it.
pub(super) async fn check(cx: Cx, sent: Sent) -> Result<Response, Problem> {
    let posted = match Posted::read(sent).await {
        Ok(posted) => posted,
        Err(key) => return refused(&cx, "", &cx.lang().t(key)),
    };
    let typed = posted.fields.iter().find(|(name, _)| name == "richiesta");
    let text = if posted.bytes.is_empty() {
        typed.map(|(_, text)| text.clone()).unwrap_or_default()
    } else {
        String::from_utf8_lossy(&posted.bytes).into_owned()
    };
    look(&cx, &text).await
}

/// Answers a request that was looked at.
pub(super) async fn take(cx: Cx, Form(sent): Form<Confirmed>) -> Result<Response, Problem> {
    let (mut request, looked) = match read(&cx, &sent.richiesta).await {
        Ok(read) => read,
        Err(problem) => return unread(&cx, &sent.richiesta, problem),
    };
    if sent.codice.is_some() {
        request.code = sent.codice;
    }
    match answer(&cx, &request, &Idempotency::default()).await {
        Ok(answered) => {
            let there = paths::of(paths::OFFLINE_SHOW, &answered.request_id);
            let key = match request.action {
                Asks::Disattiva => "offline-freed-done",
                Asks::Attiva | Asks::Rinnova => "offline-answered",
            };
            Ok(SeeOther::to(cx.url(&there)).saying(cx.lang().t(key)).into_response())
        }
        Err(problem) if problem.status().is_client_error() => {
            let status = problem.status();
            let page = second(&cx, &sent.richiesta, &request, &looked, Some(&problem)).await?;
            Ok(page.status(status).into_response())
        }
        Err(problem) => Err(problem),
    }
}

async fn look(cx: &Cx, text: &str) -> Result<Response, Problem> {
    match read(cx, text).await {
        Ok((request, looked)) => {
            Ok(second(cx, text, &request, &looked, None).await?.into_response())
        }
        Err(problem) => unread(cx, text, problem),
    }
}

/// The first step again, with what is wrong.
fn unread(cx: &Cx, text: &str, problem: Problem) -> Result<Response, Problem> {
    if !problem.status().is_client_error() {
        return Err(problem);
    }
    refused(cx, text, &said(&cx.lang(), &problem))
}

fn refused(cx: &Cx, text: &str, sentence: &str) -> Result<Response, Problem> {
    let page = bring(cx, text, Some(sentence))?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn steps(lang: &Lang, current: usize) -> Steps {
    let names = ["offline-step-request", "offline-step-check", "offline-step-answer"];
    Steps::new(lang, current, names.map(|key| lang.t(key)))
}

fn head(cx: &Cx, lang: &Lang) -> Head {
    let list = Action::link(lang.t("offline-requests"), cx.url(paths::OFFLINE_REQUESTS));
    Head::new(lang.t("offline")).lead(lang.t("offline-about")).action(&list.icon("list"))
}

fn bring(cx: &Cx, text: &str, wrong: Option<&str>) -> Result<Page, Problem> {
    let lang = cx.lang();
    let errors = wrong.map(|sentence| ("richiesta".to_owned(), sentence.to_owned()));
    let errors = FormErrors::from_iter(errors);
    let typed = Field::textarea("richiesta", lang.t("offline-text"))
        .hint(lang.t("offline-text-hint"))
        .value(text)
        .rows(6)
        .mono()
        .errors(&errors);
    let file = Field::file("file", lang.t("offline-file")).hint(lang.t("offline-file-hint"));
    let cards = Markup::of(&Card::new("file", lang.t("offline-by-file")).body(&file))
        .and(&Card::new("text", lang.t("offline-by-text")).body(&typed));
    let returned = Card::new("returned", lang.t("offline-returned"))
        .text(lang.t("offline-returned-hint"))
        .action(&Action::link(
            lang.t("offline-returned-list"),
            format!("{}?stato=risposta,scaduta", cx.url(paths::OFFLINE_REQUESTS)),
        ));
    let page = OfflinePage {
        head: head(cx, &lang),
        steps: steps(&lang, 0),
        before: Markup::default(),
        errors: errors.summary(&lang),
        action: cx.url(paths::OFFLINE),
        files: true,
        hidden: Vec::new(),
        cards,
        button: Some(Action::submit(lang.t("offline-check"))),
        after: Markup::of(&returned),
    };
    Page::new(lang.t("offline"), &page)
}

async fn second(
    cx: &Cx,
    text: &str,
    request: &Request,
    looked: &Looked,
    problem: Option<&Problem>,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let hash = nonce_hash(&looked.licence, request);
    let known = store::offline::by_nonce(&cx.db(), &hash).await?;
    let known = known.filter(|known| known.trusted_until.is_some() || known.action == "disattiva");
    let mut before = Markup::default();
    if let Some(known) = &known {
        let at = lang.instant(known.created_at);
        let there = cx.url(&paths::of(paths::OFFLINE_SHOW, &known.request_id));
        let notice = Notice::new(Tone::Warn, lang.with("offline-used", &[("at", &at)]))
            .with(&Action::link(lang.t("offline-used-show"), there));
        before = before.and(&notice);
    } else if let Some(problem) = problem.or(looked.refusal.as_ref()) {
        before = before.and(&Notice::new(Tone::Bad, said(&lang, problem)));
    }
    let is_open = known.is_none() && looked.refusal.is_none();
    let mut cards = facts(cx, &lang, request, &looked.licence);
    let frees = request.action == Asks::Disattiva;
    if is_open && frees {
        let code = Field::text("codice", lang.t("offline-code"))
            .hint(lang.t("offline-code-hint"))
            .value(request.code.clone().unwrap_or_default())
            .mono()
            .maxlength(40)
            .required();
        cards = cards.and(&Card::new("code", lang.t("offline-code")).body(&code));
    }
    let button = match request.action {
        Asks::Attiva => "offline-take",
        Asks::Rinnova => "offline-renew",
        Asks::Disattiva => "offline-free",
    };
    let page = OfflinePage {
        head: head(cx, &lang).back(lang.t("offline-other"), cx.url(paths::OFFLINE)),
        steps: steps(&lang, 1),
        before,
        errors: FormErrors::new().summary(&lang),
        action: cx.url(paths::OFFLINE_ANSWER),
        files: false,
        hidden: vec![("richiesta", text.to_owned())],
        cards,
        button: is_open.then(|| Action::submit(lang.t(button))),
        after: Markup::default(),
    };
    Page::new(lang.t("offline-step-check"), &page)
}

fn facts(cx: &Cx, lang: &Lang, request: &Request, licence: &Licence) -> Markup {
    let or_none = |text: Option<&String>| {
        text.map(|text| text.trim()).filter(|text| !text.is_empty()).unwrap_or("—").to_owned()
    };
    let action = format!("offline-action-{}", request.action.as_str());
    let fingerprint = match &request.device.impronta {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let asked = Facts::new()
        .text(lang.t("offline-action"), lang.t(&action))
        .text(lang.t("offline-device"), or_none(request.device.nome.as_ref()))
        .text(lang.t("offline-platform"), or_none(request.device.piattaforma.as_ref()))
        .mono(lang.t("offline-fingerprint"), fingerprint.chars().take(80).collect::<String>());
    let state = labels::state(lang, licence.state(cx.now()));
    let used = Meter::new(licence.devices_used, Some(licence.devices_max));
    let days = lang.n("days", licence.offline_days);
    let standing = Facts::new()
        .text(lang.t("label-cliente"), licence.customer_name())
        .text(lang.t("label-prodotto"), &licence.product_name)
        .mono(lang.t("card-key"), &licence.key_hint)
        .with(lang.t("column-stato"), &state)
        .with(lang.t("label-dispositivi"), &used)
        .text(lang.t("offline-trust"), days);
    Markup::of(&Card::new("asked", lang.t("offline-asked")).body(&asked))
        .and(&Card::new("licence", lang.t("offline-licence")).body(&standing))
}

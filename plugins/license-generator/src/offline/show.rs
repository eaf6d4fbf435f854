//! `/crm/offline/requests/{id}`: the answer to a request as file, text and QR code; the seat is freed
//! here when the machine shows that it gave up its key.

use askama::Template;
use askama::filters::HtmlSafe;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use plugin_api::ui::{
    Action, Badge, Card, CopyText, Facts, Field, FormErrors, Head, Markup, Qr, Tone,
};
use plugin_api::{Cx, Fault, Form, Lang, Page, Path, Problem, SeeOther};
use serde::Deserialize;

use super::answer::{Written, written};
use super::{deactivate, licence_of};
use crate::domain::device::Activation;
use crate::domain::licence::Licence;
use crate::domain::offline::frames;
use crate::store::offline::Request;
use crate::{ISSUE, paths, store};

/// A request the caller may see.
struct Shown {
    request: Request,
    licence: Licence,
    /// The seat it took or freed; none once that is forgotten.
    seat: Option<Activation>,
}

/// The code a machine shows.
#[derive(Debug, Deserialize)]
pub(super) struct Code {
    codice: String,
}

#[derive(Debug, Template)]
#[template(path = "license-generator/offline-answer.html")]
struct AnswerPage {
    head: Head,
    cards: Markup,
    print: Option<String>,
    after: Markup,
}

/// The QR codes, each with its number.
#[derive(Debug, Template)]
#[template(
    source = r#"<div class="qrs">{% for (caption, qr) in codes %}<figure><figcaption>{{ caption }}</figcaption>{{ qr }}</figure>{% endfor %}</div>"#,
    ext = "html"
)]
struct Codes {
    codes: Vec<(String, Qr)>,
}

impl HtmlSafe for Codes {}

/// The form for the code of a machine that gave up its key.
#[derive(Debug, Template)]
#[template(path = "license-generator/inline-form.html")]
struct CodeForm {
    method: &'static str,
    action: String,
    fields: Field,
    button: Action,
}

impl HtmlSafe for CodeForm {}

/// The page.
pub(super) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let shown = find(&cx, &id).await?;
    page(&cx, &shown, "", &FormErrors::new()).await
}

/// The answer as a file.
pub(super) async fn file(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let shown = find(&cx, &id).await?;
    let written = written(&cx, &shown.request).await?.ok_or_else(Problem::not_found)?;
    let name = format!("attachment; filename=\"{}.lic\"", shown.licence.key_hint);
    let mut headers = HeaderMap::new();
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    headers.insert(CONTENT_TYPE, plain);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = HeaderValue::from_str(&name).map_err(Fault::internal)?;
    headers.insert(CONTENT_DISPOSITION, name);
    Ok((headers, format!("{}\n", written.text())).into_response())
}

/// Frees the seat if the code is the one of its key.
pub(super) async fn free(
    cx: Cx,
    Path(id): Path<String>,
    Form(code): Form<Code>,
) -> Result<Response, Problem> {
    let shown = find(&cx, &id).await?;
    let seat = shown.seat.as_ref().ok_or_else(Problem::not_found)?;
    match deactivate::by_code(&cx, &shown.licence, seat, &code.codice).await {
        Ok(()) => {
            let there = cx.url(&paths::of(paths::OFFLINE_SHOW, &id));
            Ok(SeeOther::to(there).saying(cx.lang().t("offline-freed-done")).into_response())
        }
        Err(problem) if problem.status().is_client_error() => {
            let status = problem.status();
            let errors = FormErrors::from_iter([("codice", problem.sentence(&cx.lang()))]);
            let page = page(&cx, &shown, &code.codice, &errors).await?;
            Ok(page.status(status).into_response())
        }
        Err(problem) => Err(problem),
    }
}

async fn find(cx: &Cx, id: &str) -> Result<Shown, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let request = store::offline::get(&db, scope, id).await?.ok_or_else(Problem::not_found)?;
    let licence = licence_of(cx, &request.licence_id).await?;
    let seats = store::activations::of_licence(&db, scope, &licence.licence_id).await?;
    let seat = seats
        .into_iter()
        .find(|seat| request.activation_id.as_deref() == Some(seat.activation_id.as_str()));
    Ok(Shown { request, licence, seat })
}

async fn page(cx: &Cx, shown: &Shown, typed: &str, errors: &FormErrors) -> Result<Page, Problem> {
    let lang = cx.lang();
    let answer = written(cx, &shown.request).await?;
    let mut cards = Markup::default();
    if let Some(answer) = &answer {
        cards = self::answer(cx, &lang, shown, answer)?;
    }
    cards = cards.and(&facts(&lang, shown));
    let mut after = Markup::default();
    if shown.seat.as_ref().is_some_and(Activation::is_active) && answer.is_some() {
        after = Markup::of(&code_card(cx, &lang, shown, typed, errors));
    }
    let back = (lang.t("offline-requests"), cx.url(paths::OFFLINE_REQUESTS));
    let page = AnswerPage {
        head: Head::new(title(&lang, shown)).back(back.0, back.1).badge(badge(&lang, shown)),
        cards,
        print: answer.is_some().then(|| lang.t("sheet-print")),
        after: Markup::of(&errors.summary(&lang)).and(&after),
    };
    Page::new(title(&lang, shown), &page)
}

fn title(lang: &Lang, shown: &Shown) -> String {
    let action = lang.t(&format!("offline-action-{}", shown.request.action));
    format!("{action} · {}", name(shown))
}

/// What the device is called, or else its key.
fn name(shown: &Shown) -> &str {
    let name = shown.request.device_name.as_str();
    if name.is_empty() { &shown.licence.key_hint } else { name }
}

fn badge(lang: &Lang, shown: &Shown) -> Badge {
    let is_active = shown.seat.as_ref().is_some_and(Activation::is_active);
    if is_active {
        return Badge::new(Tone::Ok, lang.t("offline-state-risposta"));
    }
    let is_confirmed = shown.request.freed_at.is_some() || shown.request.action == "disattiva";
    let key = if is_confirmed { "offline-state-confermata" } else { "offline-state-liberata" };
    Badge::new(Tone::Neutral, lang.t(key))
}

fn answer(cx: &Cx, lang: &Lang, shown: &Shown, answer: &Written) -> Result<Markup, Fault> {
    let file = cx.url(&paths::of(paths::OFFLINE_FILE, &shown.request.request_id));
    let text = answer.text();
    let by_file = Card::new("file", lang.t("offline-answer-file"))
        .text(lang.t("offline-answer-file-hint"))
        .action(&Action::download(lang.t("offline-download"), file).primary());
    let parts = frames(&text);
    let count = parts.len();
    let code = |(place, part): (usize, &String)| {
        let told = [("number", (place + 1).to_string()), ("count", count.to_string())];
        let told: Vec<(&str, &str)> = told.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let caption = lang.with("offline-qr", &told);
        Ok((caption.clone(), Qr::new(part, caption)?))
    };
    let codes = parts.iter().enumerate().map(code).collect::<Result<Vec<_>, Fault>>()?;
    let by_qr = Card::new("qr", lang.t("offline-answer-qr"))
        .text(lang.n("offline-answer-qr-hint", i64::try_from(count).unwrap_or(i64::MAX)))
        .body(&Codes { codes });
    let by_text = Card::new("text", lang.t("offline-answer-text"))
        .text(lang.t("offline-answer-text-hint"))
        .body(&CopyText::new(text, lang.t("offline-copy")).block());
    Ok(Markup::of(&by_file).and(&by_text).and(&by_qr))
}

fn facts(lang: &Lang, shown: &Shown) -> Card {
    let Shown { request, licence, .. } = shown;
    let or_none = |text: &str| if text.is_empty() { "—".to_owned() } else { text.to_owned() };
    let instant = |at: Option<i64>| at.map_or_else(|| "—".to_owned(), |at| lang.instant(at));
    let facts = Facts::new()
        .text(lang.t("offline-device"), or_none(&request.device_name))
        .text(lang.t("offline-platform"), or_none(&request.platform))
        .text(lang.t("label-cliente"), licence.customer_name())
        .text(lang.t("label-prodotto"), &licence.product_name)
        .mono(lang.t("card-key"), &licence.key_hint)
        .text(lang.t("column-creata"), lang.instant(request.created_at))
        .text(lang.t("offline-by"), or_none(&request.created_by))
        .text(lang.t("offline-until"), instant(request.trusted_until))
        .text(lang.t("offline-freed"), instant(request.freed_at));
    Card::new("asked", lang.t("offline-request")).body(&facts)
}

fn code_card(cx: &Cx, lang: &Lang, shown: &Shown, typed: &str, errors: &FormErrors) -> Card {
    let form = CodeForm {
        method: "post",
        action: cx.url(&paths::of(paths::OFFLINE_FREE, &shown.request.request_id)),
        fields: Field::text("codice", lang.t("offline-code"))
            .hint(lang.t("offline-code-hint"))
            .value(typed)
            .mono()
            .maxlength(40)
            .required()
            .errors(errors),
        button: Action::submit(lang.t("offline-free")),
    };
    let card = Card::new("code", lang.t("offline-returned")).text(lang.t("offline-returned-hint"));
    let card = card.body(&form);
    if !cx.may(ISSUE) {
        return card;
    }
    let licence = cx.url(&paths::of(paths::SHOW, &shown.licence.licence_id));
    card.text(lang.t("offline-no-code"))
        .action(&Action::link(lang.t("offline-no-code-show"), licence).quiet())
}

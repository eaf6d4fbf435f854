//! The form of a part, new or known.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Typed, sentence};
use plugin_api::ui::{Action, Card, Confirm, FormErrors, FormPage, Head, Markup};
use plugin_api::{Cx, FieldProblem, Form, Lang, Page, Path, Problem, SeeOther};
use serde_json::{Map, Value};

use super::{Home, Kind};
use crate::catalogue::{Saved, save, tabs};
use crate::domain::catalogue::{ProductBody, checked};
use crate::paths;

/// The fields of a form.
pub(super) type Fields = Form<Vec<(String, String)>>;

/// The empty form.
pub(super) async fn new(cx: Cx, kind: Kind, Path(id): Path<String>) -> Result<Page, Problem> {
    let home = Home::of_product(&cx, kind, &id).await?;
    let typed = Typed::default().with("_versione", home.offer.product.version.to_string());
    page(&cx, &home, None, &typed, &FormErrors::new())
}

/// Adds a part after the others.
pub(super) async fn create(
    cx: Cx,
    kind: Kind,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let home = Home::of_product(&cx, kind, &id).await?;
    write(&cx, &home, None, &Typed::from(fields)).await
}

/// The form of a part.
pub(super) async fn form(cx: Cx, kind: Kind, Path(id): Path<String>) -> Result<Page, Problem> {
    let (home, at) = Home::of_part(&cx, kind, &id).await?;
    let typed = Typed::default().with("_versione", home.offer.product.version.to_string());
    let typed = match home.parts.get(at) {
        Some(Value::Object(part)) => {
            kind.questions().into_iter().fold(typed, |typed, question| question.first(typed, part))
        }
        _ => typed,
    };
    page(&cx, &home, Some(at), &typed, &FormErrors::new())
}

/// Changes a part.
pub(super) async fn update(
    cx: Cx,
    kind: Kind,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (home, at) = Home::of_part(&cx, kind, &id).await?;
    write(&cx, &home, Some(at), &Typed::from(fields)).await
}

async fn write(
    cx: &Cx,
    home: &Home,
    known: Option<usize>,
    typed: &Typed,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let refused = |errors: &FormErrors| {
        let page = page(cx, home, known, typed, errors)?;
        Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
    };
    if !home.is_current(typed.text("_versione")) {
        return refused(&FormErrors::from_iter([("", lang.t("product-changed"))]));
    }
    let mut unread = Vec::new();
    let mut part: Map<String, Value> = Map::new();
    for question in home.kind.questions() {
        part.insert(question.name().to_owned(), question.read(typed, &mut unread));
    }
    let mut parts = home.parts.clone();
    let at = known.unwrap_or(parts.len());
    match parts.get_mut(at) {
        Some(place) => {
            // What a part is known by stays: computer keys that are out name it.
            if let Some(key) = place.get(home.kind.key()) {
                part.insert(home.kind.key().to_owned(), key.clone());
            }
            *place = Value::Object(part);
        }
        None => parts.push(Value::Object(part)),
    }
    let body = home.body(&parts)?;
    let place = (parts.as_slice(), Some(at));
    // Everything that is wrong is told at once, what could not be read and what makes no sense.
    if !unread.is_empty() {
        let checked = checked(&body, Some(&home.offer), &mut || cx.fresh_id());
        let mut errors = fields(&lang, home, place, &checked.err().unwrap_or_default());
        for error in unread {
            errors.add(error.pointer.trim_start_matches('/'), sentence(&lang, &error.detail));
        }
        return refused(&errors);
    }
    match save(cx, Some(&home.offer), &body).await? {
        Saved::Written(_) => {
            let told = lang.t("product-saved");
            Ok(SeeOther::to(cx.url(&home.list())).saying(told).into_response())
        }
        Saved::Refused(errors) => refused(&fields(&lang, home, place, &errors)),
        Saved::Stale => refused(&FormErrors::from_iter([("", lang.t("product-changed"))])),
    }
}

/// Errors of the body as errors of the form of the part at `at`; those of other parts say whose.
pub(super) fn fields(
    lang: &Lang,
    home: &Home,
    (parts, at): (&[Value], Option<usize>),
    errors: &[FieldProblem],
) -> FormErrors {
    let at = at.map_or_else(String::new, |at| at.to_string());
    let own = format!("/{}/{at}/", home.kind.member());
    let told = |error: &FieldProblem| {
        let text = sentence(lang, &error.detail);
        match error.pointer.strip_prefix(&own) {
            Some(field) => (field.split('/').next().unwrap_or_default().to_owned(), text),
            None => (String::new(), elsewhere(home, parts, &error.pointer, &text)),
        }
    };
    errors.iter().map(told).collect()
}

/// What is wrong with another part, with its name before.
fn elsewhere(home: &Home, parts: &[Value], pointer: &str, text: &str) -> String {
    let mut steps = pointer.trim_start_matches('/').split('/');
    let kind = steps.next().and_then(|member| Kind::ALL.into_iter().find(|k| k.member() == member));
    let at = steps.next().and_then(|step| step.parse::<usize>().ok());
    let name = kind.zip(at).and_then(|(kind, at)| {
        let others = kind.parts(&ProductBody::from(&home.offer));
        let parts = if kind == home.kind { parts } else { &others };
        Some(parts.get(at)?.get(kind.title())?.as_str()?.to_owned())
    });
    name.map_or_else(|| text.to_owned(), |name| format!("{name}: {text}"))
}

fn page(
    cx: &Cx,
    home: &Home,
    known: Option<usize>,
    typed: &Typed,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let (lang, kind) = (cx.lang(), home.kind);
    let part = known.and_then(|at| home.parts.get(at));
    let name = |member| part.and_then(|part| part.get(member)).and_then(Value::as_str);
    let title =
        name(kind.title()).map_or_else(|| lang.t(&format!("{}-new", kind.noun())), str::to_owned);
    let id = known.and_then(|at| kind.ids(&home.offer).get(at).map(|id| (*id).to_owned()));
    let action = match &id {
        Some(id) => cx.url(&paths::of(&kind.part_path(), id)),
        None => cx.url(&home.new_path()),
    };
    let head = Head::new(&title)
        .back(lang.t(kind.plural()), cx.url(&home.list()))
        .lead(lang.t("required-hint"));
    let head = if id.is_some() {
        let told = lang.with(&format!("{}-delete-hint", kind.noun()), &[("name", &title)]);
        let delete =
            Confirm::new(&lang, "delete", lang.t("delete"), format!("{action}/delete"), told)
                .hidden("_versione", home.offer.product.version.to_string());
        head.action(&delete)
    } else {
        head
    };
    let whole = (&home.offer, known.is_some());
    let questions = kind.questions();
    let card = questions.into_iter().fold(Card::new(kind.noun(), &title), |card, question| {
        card.body(&question.ask(&lang, kind, whole, typed, errors))
    });
    let page = FormPage {
        head,
        before: Markup::of(&tabs::product(cx, home.product_id(), &home.list())),
        errors: errors.summary(&lang),
        action,
        hidden: vec![("_versione", typed.text("_versione").to_owned())],
        cards: Markup::of(&card),
        buttons: vec![
            Action::submit(lang.t("save")),
            Action::link(lang.t("cancel"), cx.url(&home.list())),
        ],
        after: Markup::default(),
        title,
    };
    page.render(&lang)
}

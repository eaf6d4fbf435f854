//! What contacts, sites and notes have in common as JSON.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::table::List;
use plugin_api::{Cx, FieldProblem, Json, Problem};
use serde::Serialize;

use crate::domain::{Answers, Part, PartKind, Refusal, checked};
use crate::found::{found, open};
use crate::store;

/// The parts of a customer, at most 500.
pub(super) async fn all<T: for<'a> From<&'a Part>>(
    cx: &Cx,
    id: &str,
    kind: PartKind,
) -> Result<Json<List<T>>, Problem> {
    found(cx, id).await?;
    let parts = store::parts(&cx.db(), cx.scope(), kind, id).await?;
    Ok(Json(List { dati: parts.iter().map(T::from).collect(), prossimo: None }))
}

/// Enters one: 201.
pub(super) async fn enter<T: for<'a> From<&'a Part> + Serialize>(
    cx: &Cx,
    id: &str,
    (kind, sent): (PartKind, Answers),
    pointer: fn(&str) -> &'static str,
) -> Result<Response, Problem> {
    let customer = open(cx, id).await?;
    let answers = checked(kind, &sent).map_err(|refusals| refused(refusals, pointer))?;
    let part = Part {
        kind,
        part_id: cx.fresh_id(),
        answers,
        author: crate::happened::actor_name(cx),
        created_at: cx.now(),
    };
    store::write_part(cx, store::saving(cx, &customer, None, &part)).await?;
    Ok((StatusCode::CREATED, Json(T::from(&part))).into_response())
}

/// Writes one in place of what it was: 200.
pub(super) async fn replace<T: for<'a> From<&'a Part>>(
    cx: &Cx,
    (id, part_id): &(String, String),
    (kind, sent): (PartKind, Answers),
    pointer: fn(&str) -> &'static str,
) -> Result<Json<T>, Problem> {
    let customer = open(cx, id).await?;
    let before = one(cx, id, kind, part_id).await?;
    let answers = checked(kind, &sent).map_err(|refusals| refused(refusals, pointer))?;
    let part = Part { answers, ..before.clone() };
    if part != before {
        store::write_part(cx, store::saving(cx, &customer, Some(&before), &part)).await?;
    }
    Ok(Json(T::from(&part)))
}

/// Removes one: 204.
pub(super) async fn remove(
    cx: &Cx,
    (id, part_id): &(String, String),
    kind: PartKind,
) -> Result<StatusCode, Problem> {
    let customer = open(cx, id).await?;
    let part = one(cx, id, kind, part_id).await?;
    store::write_part(cx, store::removal(cx, &customer, &part)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn one(cx: &Cx, id: &str, kind: PartKind, part_id: &str) -> Result<Part, Problem> {
    let found = store::part(&cx.db(), cx.scope(), kind, id, part_id).await?;
    found.ok_or_else(Problem::not_found)
}

/// Answers as the domain reads them.
pub(super) fn answers<const N: usize>(sent: [(&str, Option<String>); N]) -> Answers {
    sent.into_iter().map(|(field, text)| (field.to_owned(), text.unwrap_or_default())).collect()
}

/// A tick as the domain reads it.
pub(super) fn tick(set: bool) -> Option<String> {
    set.then(|| "true".to_owned())
}

/// What nobody said is `null`.
pub(super) fn some(part: &Part, field: &str) -> Option<String> {
    Some(part.get(field).to_owned()).filter(|text| !text.is_empty())
}

fn refused(refusals: Vec<Refusal>, pointer: fn(&str) -> &'static str) -> Problem {
    let problem = |refusal: Refusal| FieldProblem::new(pointer(refusal.field), refusal.key);
    Problem::validation(refusals.into_iter().map(problem).collect())
}

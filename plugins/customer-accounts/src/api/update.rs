//! `PATCH /api/admin/clienti/{id}`: change master data or the state.

use axum::response::Response;
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Json, Path, Problem};

use super::cliente::Cliente;
use super::dati::DatiCliente;
use super::etag::{IfMatch, failed};
use super::{answer, refused};
use crate::domain::{Customer, Draft, Refusal, may_follow};
use crate::store::Change;
use crate::{VALIDATE, store};

/// Change a customer
///
/// Members that are missing stay as they are; `null` clears.
#[utoipa::path(
    patch,
    path = "/api/admin/clienti/{id}",
    tag = "clienti",
    params(
        ("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The `ETag` the change was made from"),
    ),
    request_body = DatiCliente,
    responses(
        (status = 200, description = "The customer as it is now", body = Cliente,
            headers(("ETag" = String, description = "Its new version"))),
        (status = 403, description = "`forbidden`: changing the state needs another permission",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such customer in the caller's branch: `not_found`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed it meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`validation`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 428, description = "`precondition_required`: `If-Match` is missing",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn update_customer(
    cx: Cx,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<DatiCliente>,
) -> Result<Response, Problem> {
    let found = store::find(&cx.db(), cx.scope(), &id).await?;
    let before = found.ok_or_else(Problem::not_found)?;
    if_match.check(before.version)?;
    let mut after = changed(&cx, &before, body)?;
    if after == before {
        return Ok(answer(Cliente::from(&before), before.version));
    }
    after.updated_at = cx.now();
    match store::replace(&cx.db(), cx.scope(), &before, &after).await? {
        Change::Stale => Err(failed()),
        Change::Done => Ok(answer(Cliente::from(&after), before.version + 1)),
    }
}

fn changed(cx: &Cx, before: &Customer, body: DatiCliente) -> Result<Customer, Problem> {
    let state = body.stato.map_or(before.state, Into::into);
    if state != before.state {
        if !cx.may(VALIDATE) {
            return Err(Problem::forbidden());
        }
        if !may_follow(before.state, state) {
            return Err(refused(vec![Refusal { field: "state", key: "field-state-move" }]));
        }
    }
    let mut draft = Draft::from(before.details.clone());
    body.apply(&mut draft);
    let details = draft.check().map_err(refused)?;
    Ok(Customer { details, state, ..before.clone() })
}

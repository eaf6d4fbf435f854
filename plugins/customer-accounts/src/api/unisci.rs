//! `POST /api/admin/clienti/{id}/unisci`: make one customer of two.

use std::collections::BTreeMap;

use axum::response::Response;
use plugin_api::etag::{IfMatch, failed};
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, FieldProblem, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer;
use super::cliente::Cliente;
use super::dati::pointer;
use super::problems::NoCustomer;
use super::refused;
use crate::domain::{THEIRS, united};
use crate::found::{found, open};
use crate::store::Change;

/// Which record goes into this one, and what of it survives.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "altro": "0199d7c0-0000-7000-8000-000000000002", "dal_altro": ["email", "indirizzo/via"]
}))]
pub(super) struct Unione {
    /// Id of the record that goes.
    pub altro: String,
    /// Members whose value is taken from the record that goes where both have one, nested ones
    /// with a slash.
    #[serde(default)]
    pub dal_altro: Vec<String>,
}

/// Merge another record into a customer
///
/// What only one of them knows is kept, and labels and notes of both. Contacts, sites, notes,
/// transactions and history go over; the other record stays readable and says `unita_a`.
#[utoipa::path(
    post,
    path = "/api/admin/clienti/{id}/unisci",
    tag = "clienti",
    params(
        ("id" = String, Path, description = "The record that survives"),
        ("If-Match" = String, Header, description = "Its `ETag`"),
    ),
    request_body = Unione,
    responses(
        (status = 200, description = "The customer as it is now", body = Cliente,
            headers(("ETag" = String, description = "Its new version"))),
        NoCustomer,
        (status = 409, description = "`customer_closed`: either was merged or erased before; `people_beyond`: \
            somebody who signs in for the other may do more than the caller",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed it meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`validation`, `merge_with_itself`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 428, description = "`precondition_required`: `If-Match` is missing",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn merge_customers(
    cx: Cx,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<Unione>,
) -> Result<Response, Problem> {
    let into = open(&cx, &id).await?;
    if_match.check(into.version)?;
    let from = crate::merge::other(&cx, &into, &body.altro).await?;
    let details = united(&into.details, &from.details, &chosen(&body)?).map_err(refused)?;
    match crate::merge::unite(&cx, (&into, &from), details).await? {
        Change::Stale => Err(failed()),
        Change::Done => {
            let now = found(&cx, &id).await?;
            Ok(answer(Cliente::from(&now), now.version))
        }
    }
}

/// The columns whose value is taken from the other record.
fn chosen(body: &Unione) -> Result<BTreeMap<String, String>, Problem> {
    let master = crate::domain::Master::default();
    let mut chosen = BTreeMap::new();
    for (at, member) in body.dal_altro.iter().enumerate() {
        let fields = master.fields();
        let field =
            fields.iter().find(|(field, _)| pointer(field).trim_start_matches('/') == member);
        let Some((field, _)) = field else {
            let problem = FieldProblem::new(format!("/dal_altro/{at}"), "field-option");
            return Err(Problem::validation(vec![problem]));
        };
        chosen.insert((*field).to_owned(), THEIRS.to_owned());
    }
    Ok(chosen)
}

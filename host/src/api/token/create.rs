//! `POST /api/admin/token`: make a token.

use http::StatusCode;
use plugin_api::problem::ProblemBody;
use plugin_api::time::DAY;
use plugin_api::{Actor, Cx, FieldProblem, Json, Problem};

use super::gettone::{GettoneCreato, NuovoGettone};
use super::owner;
use crate::people::{NewToken, tokens};
use crate::state::App;

/// How many days a token lasts at most, when it does not last until it is revoked.
const LONGEST: u32 = 3650;

/// Make an API token of the caller's own
///
/// It may do no more than the caller, now and later. Only a person who is signed in makes tokens: a
/// token makes no other. The answer is the only one that contains it.
#[utoipa::path(
    post,
    path = "/api/admin/token",
    tag = "token",
    request_body(
        content = NuovoGettone,
        example = json!({"nome": "Negozio online", "permessi": ["host:audit"], "giorni": 90})
    ),
    responses(
        (status = 201, description = "Made", body = GettoneCreato),
        (status = 403, description = "`forbidden`: a permission the caller lacks, or a token asks",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`validation`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create_token(
    App(state): App,
    cx: Cx,
    Json(body): Json<NuovoGettone>,
) -> Result<(StatusCode, Json<GettoneCreato>), Problem> {
    if !matches!(cx.caller().actor, Actor::User { .. }) {
        return Err(Problem::forbidden());
    }
    let user = owner(&cx).await?;
    let name = body.nome.trim();
    let mut wrong = Vec::new();
    match name.chars().count() {
        0 => wrong.push(FieldProblem::new("/nome", "field-required")),
        1..=100 => {}
        _ => wrong.push(FieldProblem::new("/nome", "field-too-long")),
    }
    if body.permessi.as_ref().is_some_and(Vec::is_empty) {
        wrong.push(FieldProblem::new("/permessi", "token-needs-permission"));
    }
    if body.giorni.is_some_and(|days| !(1..=LONGEST).contains(&days)) {
        wrong.push(FieldProblem::new("/giorni", "token-days-range"));
    }
    if !wrong.is_empty() {
        return Err(Problem::validation(wrong));
    }
    let new = NewToken {
        user_id: user.user_id,
        name: name.to_owned(),
        permissions: body.permessi,
        expires_at: body.giorni.map(|days| cx.now() + i64::from(days) * DAY),
        branch_id: body.ramo.unwrap_or_default(),
    };
    let pointed = |field: &str| match field {
        "/branch" => "/ramo".to_owned(),
        "/permissions" => "/permessi".to_owned(),
        _ => field.to_owned(),
    };
    let made = tokens::create(&state, &cx, &new).await;
    let (id, token) = made.map_err(|problem| problem.pointing(pointed))?;
    Ok((StatusCode::CREATED, Json(GettoneCreato { id, gettone: token })))
}

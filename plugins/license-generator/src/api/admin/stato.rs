//! `POST /api/admin/licenze/{id}/sospendi`, `/riprendi`, `/revoca` and `/conferma`: where a licence
//! stands.

use axum::response::Response;
use plugin_api::{Cx, Idempotency, Path, Problem};

use super::detail::{LicenceDetail, answer};
use super::{Done, found};
use crate::api::problems::ChangeProblems;
use crate::change_state;
use crate::domain::choices::SuspendedFor;
use crate::domain::transition::Change;

async fn decide(
    cx: &Cx,
    idempotency: &Idempotency,
    id: &str,
    change: Change,
) -> Result<Response, Problem> {
    cx.once(idempotency, &(id, change.name()), |tx| async move {
        let licence = found(&tx, id).await?;
        change_state::decide(&tx, &licence, change).await?.check()?;
        Ok(Done::about(id))
    })
    .await?;
    answer(cx, id).await
}

/// Suspends a licence.
///
/// Devices are refused from their next validation until somebody resumes it.
#[utoipa::path(
    post,
    path = "/api/admin/licenze/{id}/sospendi",
    operation_id = "sospendi_licenza",
    tag = "amministrazione",
    params(
        ("id" = String, Path, description = "Id of the licence."),
        Idempotency,
    ),
    responses(
        (status = 200, description = "The licence as it is now.", body = LicenceDetail),
        ChangeProblems,
    )
)]
pub async fn suspend(
    cx: Cx,
    idempotency: Idempotency,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    decide(&cx, &idempotency, &id, Change::Suspend(SuspendedFor::Person)).await
}

/// Resumes a licence somebody suspended.
///
/// One that is suspended for a payment, or together with its customer, comes back by itself: 409.
#[utoipa::path(
    post,
    path = "/api/admin/licenze/{id}/riprendi",
    operation_id = "riprendi_licenza",
    tag = "amministrazione",
    params(
        ("id" = String, Path, description = "Id of the licence."),
        Idempotency,
    ),
    responses(
        (status = 200, description = "The licence as it is now.", body = LicenceDetail),
        ChangeProblems,
    )
)]
pub async fn resume(
    cx: Cx,
    idempotency: Idempotency,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    decide(&cx, &idempotency, &id, Change::Resume(SuspendedFor::Person)).await
}

/// Revokes a licence, for ever.
///
/// This cannot be undone.
#[utoipa::path(
    post,
    path = "/api/admin/licenze/{id}/revoca",
    operation_id = "revoca_licenza",
    tag = "amministrazione",
    params(
        ("id" = String, Path, description = "Id of the licence."),
        Idempotency,
    ),
    responses(
        (status = 200, description = "The licence as it is now.", body = LicenceDetail),
        ChangeProblems,
    )
)]
pub async fn revoke(
    cx: Cx,
    idempotency: Idempotency,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    decide(&cx, &idempotency, &id, Change::Revoke).await
}

/// Confirms a licence that waits.
///
/// It comes into force, unless its customer is suspended. Who may not validate its customer may not confirm it before that: 403.
#[utoipa::path(
    post,
    path = "/api/admin/licenze/{id}/conferma",
    operation_id = "conferma_licenza",
    tag = "amministrazione",
    params(
        ("id" = String, Path, description = "Id of the licence."),
        Idempotency,
    ),
    responses(
        (status = 200, description = "The licence as it is now.", body = LicenceDetail),
        ChangeProblems,
    )
)]
pub async fn confirm(
    cx: Cx,
    idempotency: Idempotency,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    decide(&cx, &idempotency, &id, Change::Confirm).await
}

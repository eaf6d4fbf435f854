//! `POST /api/licenze/offline`: a request of a machine without a network, brought by a program on
//! another one.

use plugin_api::time::rfc3339;
use plugin_api::{Cx, Idempotency, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problems::KeyProblems;
use crate::offline::{Answered, Request, answer};

/// A request, as the machine wrote it; like everything that holds a key, not `Debug`.
#[derive(Deserialize, ToSchema)]
pub struct OfflineRequest {
    /// The text of the request: long, short (thirteen groups of five), or the address of its QR code.
    #[schema(example = "L1Q.eyJ2IjoxLCJhemlvbmUiOiJhdHRpdmEiLCJub25jZSI6IjdmM2EifQ.07B2E0F1")]
    richiesta: String,
    /// The confirmation code the machine shows, for `disattiva`, if it is not in the request.
    #[schema(example = "8QK3M-7ZT0P")]
    codice: Option<String>,
}

/// What is carried back.
#[derive(Serialize, ToSchema)]
pub struct OfflineAnswer {
    /// What was asked: `attiva`, `rinnova` or `disattiva`.
    #[schema(example = "attiva")]
    azione: &'static str,
    /// The seat that was taken or freed.
    attivazione: String,
    /// The text for the machine; null where it gave its seat back.
    #[schema(example = "L1R.eyJhbGciOiJFZERTQSJ9.eyJub24iOiI3ZjNhIn0.c2ln")]
    risposta: Option<String>,
    /// The computer key in it; its claim `non` is the nonce of the request.
    #[schema(example = "eyJhbGciOiJFZERTQSJ9.eyJub24iOiI3ZjNhIn0.c2ln")]
    chiave_computer: Option<String>,
    /// Until when the machine trusts it, RFC 3339.
    #[schema(example = "2026-12-31T10:00:00Z")]
    scade: Option<String>,
}

/// Answers a request of a machine without a network. Each is answered once; the same request with the
/// same Idempotency-Key is answered alike.
#[utoipa::path(
    post,
    path = "/api/licenze/offline",
    operation_id = "offline",
    tag = "licenze",
    params(Idempotency),
    request_body = OfflineRequest,
    responses(
        (status = 200, description = "The machine's answer.", body = OfflineAnswer),
        (status = 400, description = "`richiesta_non_valida`: this is no request. \
            `richiesta_errore_battitura`: a character is wrong or missing. `chiave_non_valida`.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`richiesta_gia_usata`: it was answered at `quando`. \
            `limite_dispositivi`, `limite_trasferimenti`, `limite_utenti`, `dispositivo_clonato`: as \
            for `attiva`.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`codice_errato`: the confirmation code is not that of the key \
            this device has. `attivazione_non_offline`: this device got no key this way. `usa_posti`: \
            the licence has floating seats. Otherwise as for `attiva`.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        KeyProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Json(sent): Json<OfflineRequest>,
) -> Result<Json<OfflineAnswer>, Problem> {
    let mut request = Request::read(&sent.richiesta)?;
    if sent.codice.is_some() {
        request.code = sent.codice;
    }
    let Answered { activation_id, written, .. } = answer(&cx, &request, &idempotency).await?;
    let (written, until) = written.unzip();
    Ok(Json(OfflineAnswer {
        azione: request.action.as_str(),
        attivazione: activation_id,
        risposta: written.as_ref().map(crate::offline::Written::text),
        chiave_computer: written.map(|written| written.computer_key),
        scade: until.map(rfc3339),
    }))
}

//! `/api/registrazione-software`: an installation says that it is there. Nothing stands in its way.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use plugin_api::{Cx, FieldProblem, Idempotency, Json, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::State;
use crate::domain::reading::{self, Unreadable};
use crate::receive::{self, Incoming, Outcome};

/// Longest body, bytes.
const LONGEST: usize = 64 * 1024;
/// What a report without a body is sent as.
const FORM: &str = "application/x-www-form-urlencoded";

/// What an installation says of itself. Read liberally: also as a form, with a nested `cliente`, with
/// other names of fields, with numbers as text; everything else is kept as it came.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the body, which is read by hand")]
pub struct RegistrationBody {
    /// What the software calls itself; the only thing it must say.
    #[schema(example = "Gestionale Pro")]
    nome_software: String,
    /// Its version.
    #[schema(example = "4.2.1")]
    versione: Option<String>,
    /// The company that uses it.
    #[schema(example = "Rossi S.r.l.")]
    ragione_sociale: Option<String>,
    /// Its VAT number.
    #[schema(example = "12345678903")]
    partita_iva: Option<String>,
    /// How many orders it holds.
    #[schema(example = 1250)]
    totale_ordini: Option<i64>,
    /// What was sold with it, in units of `valuta`.
    #[schema(example = "184300.50")]
    totale_venduto: Option<String>,
    /// ISO 4217; `EUR` when not said.
    #[schema(example = "EUR")]
    valuta: Option<String>,
    /// What tells this installation from the others.
    #[schema(example = "0f8fad5b-d9cb-469f-a165-70867728950e")]
    id_installazione: Option<String>,
    /// The name of its computer.
    #[schema(example = "PC-UFFICIO")]
    nome_computer: Option<String>,
    /// The operating system.
    #[schema(example = "Windows 11")]
    sistema_operativo: Option<String>,
}

/// The answer, which software may ignore.
#[derive(Serialize, ToSchema)]
pub struct RegistrationAnswer {
    /// The id of this report.
    #[schema(example = "01999999-0000-7000-8000-000000000000")]
    id: String,
    /// `non_ancora_assegnato`, `assegnata`, `solo_statistica`, `ignorata` or `in_quarantena`.
    #[schema(example = "non_ancora_assegnato")]
    stato: &'static str,
    /// There when a licence waits for this installation.
    #[serde(skip_serializing_if = "is_false")]
    licenza_disponibile: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
fn is_false(of: &bool) -> bool {
    !*of
}

/// Registers an installation, or says that it is still there.
#[utoipa::path(
    post,
    path = "/api/registrazione-software",
    operation_id = "registrazione_software",
    tag = "registrazioni",
    params(Idempotency),
    request_body(
        content(
            (RegistrationBody = "application/json"),
            (RegistrationBody = "application/x-www-form-urlencoded"),
        ),
        description = "At most 64 KiB."
    ),
    responses(
        (status = 200, description = "The installation is known.", body = RegistrationAnswer),
        (status = 201, description = "The installation is new.", body = RegistrationAnswer),
        (status = 202, description = "Kept in quarantine: above a quota.", body = RegistrationAnswer),
        (status = 400, description = "`corpo_non_leggibile`: neither JSON nor a form.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "The body is larger than 64 KiB.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`nome_software_mancante`: no name of the software. \
            `idempotency_key_reused`: the key came with another body.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "The server is in danger; `Retry-After` says when to come \
            again.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn post(cx: Cx, key: Idempotency, mut request: Request) -> Result<Response, Problem> {
    DefaultBodyLimit::max(LONGEST).apply(&mut request);
    let content_type = request.headers().get(CONTENT_TYPE);
    let content_type = content_type.map(|of| String::from_utf8_lossy(of.as_bytes()).into_owned());
    let query = request.uri().query().map(str::to_owned);
    let body = Bytes::from_request(request, &()).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large")
        } else {
            Problem::malformed("malformed_body")
        }
    })?;
    take(&cx, &body, content_type.as_deref(), query.as_deref(), &key).await
}

/// The same for software that can do no better: the fields as parameters of the address.
#[utoipa::path(
    get,
    path = "/api/registrazione-software",
    operation_id = "registrazione_software_get",
    tag = "registrazioni",
    params(
        Idempotency,
        ("nome_software" = String, Query, description = "What the software calls itself.",
            example = "Gestionale Pro"),
        ("versione" = Option<String>, Query, description = "Its version.", example = "4.2.1"),
        ("ragione_sociale" = Option<String>, Query, description = "The company that uses it."),
        ("partita_iva" = Option<String>, Query, description = "Its VAT number."),
        ("totale_ordini" = Option<String>, Query, description = "How many orders it holds."),
        ("totale_venduto" = Option<String>, Query, description = "What was sold with it."),
        ("valuta" = Option<String>, Query, description = "ISO 4217.", example = "EUR"),
        ("id_installazione" = Option<String>, Query, description = "What tells this installation \
            from the others."),
        ("nome_computer" = Option<String>, Query, description = "The name of its computer."),
        ("sistema_operativo" = Option<String>, Query, description = "The operating system."),
    ),
    responses(
        (status = 200, description = "The installation is known.", body = RegistrationAnswer),
        (status = 201, description = "The installation is new.", body = RegistrationAnswer),
        (status = 202, description = "Kept in quarantine: above a quota.", body = RegistrationAnswer),
        (status = 422, description = "`nome_software_mancante`: no name of the software.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "The server is in danger; `Retry-After` says when to come \
            again.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn get(cx: Cx, key: Idempotency, request: Request) -> Result<Response, Problem> {
    let query = request.uri().query().unwrap_or_default();
    if query.len() > LONGEST {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
    }
    take(&cx, b"", Some(FORM), Some(query), &key).await
}

async fn take(
    cx: &Cx,
    body: &[u8],
    content_type: Option<&str>,
    query: Option<&str>,
    key: &Idempotency,
) -> Result<Response, Problem> {
    let reading = reading::read(body, content_type, query).map_err(refusal)?;
    let content_type = content_type.unwrap_or_default();
    let item = Incoming::new(cx, reading.report, reading.payload, content_type).keyed(key.key());
    let (status, id, stato, licenza_disponibile) = match receive::take_in(cx, item).await? {
        Outcome::Kept { report_id, is_new, state, licence_offered } => {
            let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
            (status, report_id, State::wire(state), licence_offered)
        }
        Outcome::Quarantined { report_id } => {
            (StatusCode::ACCEPTED, report_id, "in_quarantena", false)
        }
        Outcome::KeyReused => return Err(Problem::unprocessable("idempotency_key_reused")),
    };
    Ok((status, Json(RegistrationAnswer { id, stato, licenza_disponibile })).into_response())
}

fn refusal(unreadable: Unreadable) -> Problem {
    let status = match unreadable {
        Unreadable::Malformed => StatusCode::BAD_REQUEST,
        Unreadable::Nameless => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let field = unreadable.field().map(|(pointer, key)| FieldProblem::new(pointer, key));
    Problem::new(status, unreadable.codice()).errors(field.into_iter().collect())
}

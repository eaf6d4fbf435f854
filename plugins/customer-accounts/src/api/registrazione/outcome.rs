//! `GET /api/clienti/registrazione/{id}`: what became of a registration.

use axum::extract::FromRequestParts;
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use plugin_api::contracts::accounts::AccountState;
use plugin_api::contracts::licences::{self, LicenceOfAccount, OfAccount};
use plugin_api::problem::ProblemBody;
use plugin_api::time::rfc3339;
use plugin_api::{Cx, Fault, Json, Path, Problem, Query, Scope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StatoRegistrazione, hash};
use crate::asked::if_there;
use crate::store;

/// What became of a registration.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct EsitoRegistrazione {
    /// Its id.
    id: String,
    /// Where it stands.
    stato: StatoRegistrazione,
    /// Why it was refused.
    #[schema(required)]
    motivo: Option<String>,
    /// When it was taken, RFC 3339 UTC.
    #[schema(format = DateTime)]
    registrato: String,
    /// The licences it has, also while it waits; none once it was merged into another record.
    licenze: Vec<LicenzaRegistrato>,
}

/// A licence of who registered.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct LicenzaRegistrato {
    /// Code of the product.
    prodotto: String,
    /// What the product is called.
    nome: String,
    /// `permanente`, `trial` or `abbonamento`.
    tipo: String,
    /// Where it stands.
    stato: String,
    /// When it ends, RFC 3339 UTC; null when it does not.
    #[schema(format = DateTime, required)]
    scadenza: Option<String>,
}

impl From<LicenceOfAccount> for LicenzaRegistrato {
    fn from(licence: LicenceOfAccount) -> Self {
        Self {
            prodotto: licence.product_code,
            nome: licence.product,
            tipo: licence.tipo,
            stato: licence.stato,
            scadenza: licence.expires_at.map(rfc3339),
        }
    }
}

/// The code as the address carries it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    codice: Option<String>,
}

/// The code as the header `X-Codice-Consultazione` carries it, which proxies do not log.
pub(super) struct InHeader(Option<String>);

impl<S: Sync> FromRequestParts<S> for InHeader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let header = parts.headers.get("x-codice-consultazione");
        Ok(Self(header.and_then(|header| header.to_str().ok()).map(str::to_owned)))
    }
}

/// What became of a registration
///
/// The code is sent as `X-Codice-Consultazione` or, where a header cannot be sent, as `codice`.
#[utoipa::path(
    get,
    path = "/api/clienti/registrazione/{id}",
    tag = "registrazione",
    params(
        ("id" = String, Path, description = "Its id"),
        ("X-Codice-Consultazione" = Option<String>, Header, description = "Its code"),
        ("codice" = Option<String>, Query, description = "Its code"),
    ),
    responses(
        (status = 200, description = "Where it stands", body = EsitoRegistrazione),
        (status = 404, description = "`not_found`: no such registration, or not its code",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn registration(
    cx: Cx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    InHeader(code): InHeader,
) -> Result<Response, Problem> {
    let code = code.or(asked.codice).unwrap_or_default();
    let code_hash = hash(&cx, &code).await?;
    let found = store::registrations::by_code(&cx.db(), &id, &code_hash).await?;
    let registration = found.ok_or_else(Problem::not_found)?;
    // Whom it was merged into stands for it from then on.
    let found = store::survivor(&cx.db(), &Scope::everything(), &id).await?;
    let customer = found.ok_or_else(Problem::not_found)?;
    let is_itself = customer.customer_id == id;
    let last = store::registrations::last_act(&cx.db(), &customer.customer_id).await?;
    let stato = match customer.state {
        AccountState::Awaiting => StatoRegistrazione::InAttesa,
        AccountState::Suspended if last.act == "refused" => StatoRegistrazione::Rifiutato,
        AccountState::Validated | AccountState::Suspended => StatoRegistrazione::Convalidato,
    };
    let motivo = Some(last.reason)
        .filter(|reason| is_itself && stato == StatoRegistrazione::Rifiutato && !reason.is_empty());
    let answer = EsitoRegistrazione {
        id,
        stato,
        motivo,
        registrato: rfc3339(registration.registered_at),
        // Anybody may register with the VAT number of another: what that one has is not told him.
        licenze: if is_itself { licences(&cx, customer.customer_id).await? } else { Vec::new() },
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

async fn licences(cx: &Cx, account_id: String) -> Result<Vec<LicenzaRegistrato>, Fault> {
    let asked = OfAccount { account_id };
    let told = if_there(cx.service_unscoped(&licences::OF_ACCOUNT, &asked).await)?;
    Ok(told.unwrap_or_default().into_iter().map(Into::into).collect())
}

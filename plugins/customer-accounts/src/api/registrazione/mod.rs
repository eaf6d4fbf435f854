//! `/api/clienti/registrazione`: who registers by himself, and what became of it.

mod outcome;
mod register;

use plugin_api::{Access, Cx, Fault, Routes, hex, routes};
use serde::Serialize;
use utoipa::ToSchema;

use crate::registration::CODE_PURPOSE;

/// The routes of registration.
pub(super) fn public_routes() -> Routes {
    Routes::new()
        .api(routes!(register::register), &Access::Public)
        .api(routes!(outcome::registration), &Access::Credential)
}

/// Where a registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StatoRegistrazione {
    /// Nobody looked at it yet.
    InAttesa,
    /// Accepted.
    Convalidato,
    /// Turned down; `motivo` says why.
    Rifiutato,
}

/// The hash a code is kept as.
async fn hash(cx: &Cx, code: &str) -> Result<String, Fault> {
    Ok(hex(&cx.mac(CODE_PURPOSE, code.as_bytes()).await?))
}

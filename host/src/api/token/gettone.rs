//! A token as JSON, as it is answered and as it is asked for.

use plugin_api::time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a list selects of a token.
pub(super) const COLUMNS: &str = "t.token_id, t.name, t.prefix, t.permissions, t.branch_id, \
     t.created_at, t.expires_at, t.used_at, t.used_address";

/// A row of that list.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    token_id: String,
    name: String,
    prefix: String,
    permissions: Option<String>,
    branch_id: Option<String>,
    created_at: i64,
    expires_at: Option<i64>,
    used_at: Option<i64>,
    used_address: String,
}

/// An API token; the token itself is shown once, when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Gettone {
    /// Its id.
    #[schema(example = "0199d7c0-0000-7000-8000-000000000003")]
    pub(super) id: String,
    /// Which program uses it.
    #[schema(example = "Negozio online")]
    pub(super) nome: String,
    /// How it begins.
    #[schema(example = "cpk_0123abcd")]
    pub(super) prefisso: String,
    /// What it may do; null for whatever its owner may.
    #[schema(required)]
    pub(super) permessi: Option<Vec<String>>,
    /// The node whose branch it is confined to; null for all its owner sees.
    #[schema(required)]
    pub(super) ramo: Option<String>,
    /// When it was made, RFC 3339 UTC.
    #[schema(format = DateTime)]
    pub(super) creato: String,
    /// Until when it works, RFC 3339 UTC; null for ever.
    #[schema(required, format = DateTime)]
    pub(super) scade: Option<String>,
    /// When it was last used, to the minute, RFC 3339 UTC; null for never.
    #[schema(required, format = DateTime)]
    pub(super) usato: Option<String>,
    /// From which address that was.
    #[schema(required)]
    pub(super) usato_da: Option<String>,
}

impl From<Row> for Gettone {
    fn from(row: Row) -> Self {
        let given = row.permissions.as_deref();
        Self {
            id: row.token_id,
            nome: row.name,
            prefisso: format!("cpk_{}", row.prefix),
            permessi: given.map(|given| serde_json::from_str(given).unwrap_or_default()),
            ramo: row.branch_id,
            creato: time::rfc3339(row.created_at),
            scade: row.expires_at.map(time::rfc3339),
            usato: row.used_at.map(time::rfc3339),
            usato_da: Some(row.used_address).filter(|address| !address.is_empty()),
        }
    }
}

/// A token to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NuovoGettone {
    /// Which program will use it. At most 100 characters.
    #[schema(example = "Negozio online")]
    pub(super) nome: String,
    /// What it may do, at most what the caller may; left out, whatever he may.
    #[serde(default)]
    pub(super) permessi: Option<Vec<String>>,
    /// How many days it lasts; left out, until it is revoked.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 3650, example = 90)]
    pub(super) giorni: Option<u32>,
    /// The node whose branch it is confined to; left out, all the caller sees.
    #[serde(default)]
    pub(super) ramo: Option<String>,
}

/// A token that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GettoneCreato {
    /// Its id.
    pub(super) id: String,
    /// The token itself, for `Authorization: Bearer …`: shown now and never again.
    #[schema(example = "cpk_0123abcd_…")]
    pub(super) gettone: String,
}

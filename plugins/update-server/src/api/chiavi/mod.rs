//! `/api/admin/aggiornamenti/{prodotto}/chiavi`: the keys of a product for programs.

pub mod change;
pub mod firme;

use plugin_api::{Access, Cx, Json, Path, Problem, Routes, routes, time};
use serde::Serialize;
use utoipa::ToSchema;

use super::problems::AdminProblems;
use crate::domain::tuf::role::Role;
use crate::products::page::found;
use crate::store::tuf::keys::State;
use crate::tuf::keys::Key;
use crate::tuf::overview::{Metadata, Overview, of_product};
use crate::tuf::warnings::Matter;

/// The operations.
pub(super) fn routes(keys: &Access) -> Routes {
    Routes::new()
        .api(routes!(get), keys)
        .api(routes!(change::rotate), keys)
        .api(routes!(change::elsewhere), keys)
        .api(routes!(change::give_up), keys)
        .api(routes!(change::sign_anew), keys)
        .api(routes!(firme::list), keys)
        .api(routes!(firme::take), keys)
}

/// A key.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyDetail {
    /// Its id in metadata: SHA-256 of its canonical JSON, hex.
    id: String,
    /// The Ed25519 public key, 64 hexadecimal digits.
    pubblica: String,
    /// `qui`, `altrove`, or `nessuna` once it was replaced.
    #[schema(example = "altrove")]
    custodia: &'static str,
    /// `attiva`, `in_arrivo` or `sostituita`.
    #[schema(example = "attiva")]
    stato: &'static str,
    /// Since when it is known.
    dal: String,
    /// When it was replaced.
    al: Option<String>,
}

impl From<&Key> for KeyDetail {
    fn from(key: &Key) -> Self {
        Self {
            id: key.key_id.clone(),
            pubblica: key.public_key.clone(),
            custodia: match key.state {
                State::Retired => "nessuna",
                State::Active | State::Pending => place(key.is_online),
            },
            stato: match key.state {
                State::Active => "attiva",
                State::Pending => "in_arrivo",
                State::Retired => "sostituita",
            },
            dal: time::rfc3339(key.created_at),
            al: key.retired_at.map(time::rfc3339),
        }
    }
}

/// A role.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleDetail {
    /// `root`, `targets`, `snapshot` or `timestamp`.
    #[schema(example = "targets")]
    ruolo: &'static str,
    /// How many of its keys must sign; 0 before the first publication.
    soglia: usize,
    /// Its keys, oldest first, with those that were replaced.
    chiavi: Vec<KeyDetail>,
}

/// The documents of a role that clients read now.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetadataDetail {
    /// A role, or a channel.
    #[schema(example = "stable")]
    ruolo: String,
    /// The highest version in use.
    versione: i64,
    /// How many are in use at once.
    documenti: usize,
    /// When the first of them ends.
    scade_il: String,
    /// Where the keys are that sign it: `qui` or `altrove`.
    custodia: &'static str,
}

impl From<&Metadata> for MetadataDetail {
    fn from(one: &Metadata) -> Self {
        Self {
            ruolo: one.role.clone(),
            versione: one.version,
            documenti: one.count,
            scade_il: time::rfc3339(one.expires_at),
            custodia: place(one.is_online),
        }
    }
}

/// What should be seen to before clients refuse metadata.
#[derive(Debug, Serialize, ToSchema)]
pub struct WarningDetail {
    /// `scaduto`, `in_ritardo` (the job does not run), `in_scadenza` or `in_attesa` (of signatures).
    #[schema(example = "in_attesa")]
    tipo: &'static str,
    /// A role, or a channel; all that wait, separated by commas.
    ruolo: String,
    /// When it ends, or since when it waits.
    il: String,
    /// A sentence in the caller's language.
    messaggio: String,
}

/// The keys of a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeysDetail {
    /// Code of the product.
    prodotto: String,
    /// Version of the root in force; 0 before the first publication.
    versione_radice: i64,
    /// Whether a change of keys waits for signatures.
    cambio_in_attesa: bool,
    /// The roles.
    ruoli: Vec<RoleDetail>,
    /// What clients read now.
    metadati: Vec<MetadataDetail>,
    /// How many documents wait for signatures.
    documenti_in_attesa: usize,
    /// The worst first.
    avvisi: Vec<WarningDetail>,
}

fn place(is_here: bool) -> &'static str {
    if is_here { "qui" } else { "altrove" }
}

async fn answer(cx: &Cx, code: &str) -> Result<Json<KeysDetail>, Problem> {
    let Overview { keys, metadata, waits, warnings } = of_product(cx, code).await?;
    let role = |(role, threshold): &(Role, usize)| RoleDetail {
        ruolo: role.name(),
        soglia: *threshold,
        chiavi: keys.keys.iter().filter(|key| key.role == *role).map(KeyDetail::from).collect(),
    };
    let lang = cx.lang();
    let warnings = warnings.iter().map(|warning| WarningDetail {
        tipo: match warning.matter {
            Matter::Ended => "scaduto",
            Matter::Late => "in_ritardo",
            Matter::Ends => "in_scadenza",
            Matter::Waits => "in_attesa",
        },
        ruolo: warning.role.clone(),
        il: time::rfc3339(warning.at),
        messaggio: warning.sentence(&lang),
    });
    Ok(Json(KeysDetail {
        prodotto: code.to_owned(),
        versione_radice: keys.root_version,
        cambio_in_attesa: keys.is_changing,
        ruoli: keys.thresholds.iter().map(role).collect(),
        metadati: metadata.iter().map(MetadataDetail::from).collect(),
        documenti_in_attesa: waits.len(),
        avvisi: warnings.collect(),
    }))
}

/// Reads the keys of a product
///
/// With what they sign, when it ends, and what should be seen to.
#[utoipa::path(
    get,
    path = "/api/admin/aggiornamenti/{prodotto}/chiavi",
    operation_id = "leggi_chiavi_aggiornamenti",
    tag = "aggiornamenti",
    params(("prodotto" = String, Path, description = "Code of the product.")),
    responses((status = 200, description = "The keys.", body = KeysDetail), AdminProblems)
)]
pub async fn get(cx: Cx, Path(code): Path<String>) -> Result<Json<KeysDetail>, Problem> {
    let code = found(&cx, &code).await?.product_code;
    answer(&cx, &code).await
}

//! `/api/admin/aggiornamenti/{prodotto}/firme`: documents that wait for signatures made elsewhere.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plugin_api::{Cx, Fault, Json, Path, Problem, time};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{KeysDetail, answer};
use crate::api::problems::AdminProblems;
use crate::products::page::found;
use crate::tuf::offline::{self, Waits, file_name};

/// A document that waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingDetail {
    /// What it will be called.
    #[schema(example = "3.targets.json")]
    file: String,
    /// A role, or a channel.
    #[schema(example = "targets")]
    ruolo: String,
    /// Its version.
    versione: i64,
    /// Since when it waits.
    dal: String,
    /// When it will end.
    scade_il: String,
    /// Ids of the keys that signed it.
    firmato_da: Vec<String>,
    /// Ids of the keys that may still sign it.
    da_firmare_con: Vec<String>,
    /// The document as TUF writes it, with the signatures it has and an empty one for each key that
    /// may still sign it.
    #[schema(value_type = Object)]
    documento: Value,
    /// The bytes that are to be signed, base64.
    byte_da_firmare: String,
}

/// Lists the documents that wait for signatures
///
/// Sign them with the keys named and send them back.
#[utoipa::path(
    get,
    path = "/api/admin/aggiornamenti/{prodotto}/firme",
    operation_id = "elenca_documenti_da_firmare",
    tag = "aggiornamenti",
    params(("prodotto" = String, Path, description = "Code of the product.")),
    responses((status = 200, description = "The documents, by role.", body = Vec<WaitingDetail>),
        AdminProblems)
)]
pub async fn list(cx: Cx, Path(code): Path<String>) -> Result<Json<Vec<WaitingDetail>>, Problem> {
    let code = found(&cx, &code).await?.product_code;
    let mut all = Vec::new();
    for (waits, document) in offline::waiting_documents(&cx, &code).await? {
        let whole = document.asking(&waits.open);
        let Waits { role, version, since, expires_at, signed_by, open } = waits;
        all.push(WaitingDetail {
            file: file_name(&role, version),
            ruolo: role,
            versione: version,
            dal: time::rfc3339(since),
            scade_il: time::rfc3339(expires_at),
            firmato_da: signed_by,
            da_firmare_con: open,
            documento: serde_json::from_slice(&whole).map_err(Fault::from)?,
            byte_da_firmare: STANDARD.encode(&document.signed),
        });
    }
    Ok(Json(all))
}

/// Takes signatures made elsewhere
///
/// A whole signed document, the signatures of one alone (`{"signatures": [{"keyid", "sig"}]}`), or a
/// list of either. All of them are taken or none. Once everything that waits is signed by enough
/// keys, it comes into force.
#[utoipa::path(
    post,
    path = "/api/admin/aggiornamenti/{prodotto}/firme",
    operation_id = "consegna_firme",
    tag = "aggiornamenti",
    params(("prodotto" = String, Path, description = "Code of the product.")),
    request_body(content = Object, example = json!({"signatures": [{
        "keyid": "74c181c7ad8a0855d4b55e44d2ba87aabdddb196832571f15f92fece332e4916",
        "sig": "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    }]})),
    responses((status = 200, description = "The keys as they are now.", body = KeysDetail),
        AdminProblems)
)]
pub async fn take(
    cx: Cx,
    Path(code): Path<String>,
    Json(body): Json<Value>,
) -> Result<Json<KeysDetail>, Problem> {
    let code = found(&cx, &code).await?.product_code;
    let bytes = serde_json::to_vec(&body).map_err(Fault::from)?;
    offline::upload(&cx, &code, &bytes).await?;
    answer(&cx, &code).await
}

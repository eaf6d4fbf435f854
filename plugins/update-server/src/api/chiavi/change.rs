//! Changes of keys, and metadata signed anew, for programs.

use plugin_api::{Cx, FieldProblem, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{KeysDetail, answer};
use crate::api::problems::AdminProblems;
use crate::domain::tuf::key::PublicKey;
use crate::domain::tuf::public;
use crate::products::page::found;
use crate::tuf::pages::role;
use crate::tuf::{keys, resign};

/// Exchanges the keys of a role
///
/// One new key, kept here, takes the place of all of them. Clients follow from root to root by
/// themselves. Where the root is signed elsewhere, the change waits for its signatures.
#[utoipa::path(
    post,
    path = "/api/admin/aggiornamenti/{prodotto}/chiavi/{ruolo}/ruota",
    operation_id = "ruota_chiave_aggiornamenti",
    tag = "aggiornamenti",
    params(
        ("prodotto" = String, Path, description = "Code of the product."),
        ("ruolo" = String, Path, description = "`root`, `targets`, `snapshot` or `timestamp`."),
    ),
    responses((status = 200, description = "The keys as they are now.", body = KeysDetail),
        AdminProblems)
)]
pub async fn rotate(
    cx: Cx,
    Path((code, name)): Path<(String, String)>,
) -> Result<Json<KeysDetail>, Problem> {
    let code = found(&cx, &code).await?.product_code;
    keys::rotate(&cx, &code, role(&name)?).await?;
    answer(&cx, &code).await
}

/// Keys whose secrets are kept elsewhere.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ElsewhereBody {
    /// Ed25519 public keys: 64 hexadecimal digits, an `ssh-ed25519` line, or PEM.
    #[schema(example = json!(["d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"]))]
    chiavi: Vec<String>,
    /// How many of them must sign.
    #[serde(default = "one")]
    #[schema(minimum = 1, default = 1)]
    soglia: usize,
}

fn one() -> usize {
    1
}

/// Puts keys kept elsewhere in the place of those of root or targets
///
/// The change, and what these keys must sign, wait for their signatures.
#[utoipa::path(
    post,
    path = "/api/admin/aggiornamenti/{prodotto}/chiavi/{ruolo}/altrove",
    operation_id = "custodisci_chiavi_altrove",
    tag = "aggiornamenti",
    params(
        ("prodotto" = String, Path, description = "Code of the product."),
        ("ruolo" = String, Path, description = "`root` or `targets`."),
    ),
    request_body = ElsewhereBody,
    responses((status = 200, description = "The keys as they are now.", body = KeysDetail),
        AdminProblems)
)]
pub async fn elsewhere(
    cx: Cx,
    Path((code, name)): Path<(String, String)>,
    Json(body): Json<ElsewhereBody>,
) -> Result<Json<KeysDetail>, Problem> {
    let code = found(&cx, &code).await?.product_code;
    let role = role(&name)?;
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    for (at, text) in body.chiavi.iter().enumerate() {
        match public::read(text).ok().filter(|keys| !keys.is_empty()) {
            Some(keys) => all.extend(keys.iter().map(PublicKey::hex).map(str::to_owned)),
            None => wrong.push(FieldProblem::new(format!("/chiavi/{at}"), "problem-tuf-key")),
        }
    }
    if !wrong.is_empty() {
        return Err(Problem::validation(wrong));
    }
    keys::take_offline(&cx, &code, role, &all, body.soglia).await?;
    answer(&cx, &code).await
}

/// Gives up a change of keys that waits for signatures.
#[utoipa::path(
    delete,
    path = "/api/admin/aggiornamenti/{prodotto}/chiavi/cambio",
    operation_id = "abbandona_cambio_chiavi",
    tag = "aggiornamenti",
    params(("prodotto" = String, Path, description = "Code of the product.")),
    responses((status = 200, description = "The keys, as they were before.", body = KeysDetail),
        AdminProblems)
)]
pub async fn give_up(cx: Cx, Path(code): Path<String>) -> Result<Json<KeysDetail>, Problem> {
    let code = found(&cx, &code).await?.product_code;
    keys::give_up(&cx, &code).await?;
    answer(&cx, &code).await
}

/// What is signed anew.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SignBody {
    /// The root too; where its keys are kept elsewhere, it waits for their signatures.
    radice: bool,
}

/// Signs metadata anew
///
/// Whatever keys kept here sign holds for its whole time from now on. This happens by itself well
/// before it ends.
#[utoipa::path(
    post,
    path = "/api/admin/aggiornamenti/{prodotto}/chiavi/rifirma",
    operation_id = "rifirma_metadati",
    tag = "aggiornamenti",
    params(("prodotto" = String, Path, description = "Code of the product.")),
    request_body = SignBody,
    responses((status = 200, description = "The keys, and when what they sign ends.",
        body = KeysDetail), AdminProblems)
)]
pub async fn sign_anew(
    cx: Cx,
    Path(code): Path<String>,
    Json(body): Json<SignBody>,
) -> Result<Json<KeysDetail>, Problem> {
    let code = found(&cx, &code).await?.product_code;
    resign::now(&cx, &code, body.radice).await?;
    answer(&cx, &code).await
}

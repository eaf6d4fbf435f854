//! `/api/admin/rilasci`: releases for build servers.

pub mod create;
pub mod delete;
pub mod files;
pub mod get;
pub mod list;
pub mod promote;
pub mod publish;
pub mod sign;
pub mod update;
pub mod yank;

use std::collections::BTreeMap;

use axum::response::Response;
use plugin_api::{Cx, Problem, etag, time};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::release::Artifact;
use crate::releases::body::Draft;
use crate::releases::save;
use crate::store::artifacts;

/// A file of a release.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileDetail {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[schema(example = "Acme-1.2.3-setup.exe")]
    pub nome: String,
    /// `windows`, `macos`, `linux` or `any`.
    pub piattaforma: &'static str,
    /// `x86_64`, `aarch64`, … or `any`.
    pub architettura: &'static str,
    /// `nsis`, `msi`, `appimage`, … or `file`.
    pub formato: &'static str,
    /// Length in bytes.
    pub dimensione: i64,
    /// Hex.
    pub sha256: String,
    /// Base64.
    pub sha512: String,
    /// Whether it has a minisign signature.
    pub minisign: bool,
    /// Whether it has a Sparkle signature.
    pub sparkle: bool,
}

impl From<&Artifact> for FileDetail {
    fn from(file: &Artifact) -> Self {
        Self {
            id: file.artifact_id.clone(),
            nome: file.file_name.clone(),
            piattaforma: file.platform.code(),
            architettura: file.architecture.code(),
            formato: file.format.code(),
            dimensione: file.size,
            sha256: file.sha256.clone(),
            sha512: file.sha512.clone(),
            minisign: !file.minisign.is_empty(),
            sparkle: !file.ed_signature.is_empty(),
        }
    }
}

/// A release with everything that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseDetail {
    /// Its id.
    pub id: String,
    /// `bozza`, `pubblicato` or `ritirato`.
    #[schema(example = "bozza")]
    pub stato: &'static str,
    /// Code of its product.
    #[schema(example = "STUDIO-PRO")]
    pub prodotto: String,
    /// Semantic version (2.0.0).
    #[schema(example = "3.2.0")]
    pub versione: String,
    /// The channels it is or will be in.
    pub canali: Vec<String>,
    /// What is new, Markdown by language tag.
    pub note: BTreeMap<String, String>,
    /// Whether older installations take it before any later one.
    pub tappa: bool,
    /// Whether clients should take it at once.
    pub critico: bool,
    /// The oldest system it runs on, by platform.
    pub sistema_minimo: BTreeMap<String, String>,
    /// Codes of modules, one of which a licence must have; empty for any.
    pub moduli: Vec<String>,
    /// Its files.
    pub file: Vec<FileDetail>,
    /// When it was published.
    pub pubblicato_il: Option<String>,
    /// When it was taken back.
    pub ritirato_il: Option<String>,
    /// Why it was taken back.
    pub motivo_ritiro: Option<String>,
    /// When it was made.
    pub creato_il: String,
    /// Who made it.
    pub creato_da: String,
}

async fn detail(cx: &Cx, id: &str) -> Result<(ReleaseDetail, i64), Problem> {
    let draft = save::found(cx, id).await?;
    let files = artifacts::of_release(&cx.db(), cx.scope(), id).await?;
    let release = &draft.release;
    let detail = ReleaseDetail {
        id: release.release_id.clone(),
        stato: release.state.wire(),
        prodotto: release.product_code.clone(),
        versione: release.version.clone(),
        canali: draft.channels.clone(),
        note: draft.notes.clone(),
        tappa: release.is_step,
        critico: release.is_critical,
        sistema_minimo: draft.minimum(),
        moduli: draft.modules(),
        file: files.iter().map(FileDetail::from).collect(),
        pubblicato_il: release.published_at.map(time::rfc3339),
        ritirato_il: release.yanked_at.map(time::rfc3339),
        motivo_ritiro: release.yanked_at.map(|_| release.yank_reason.clone()),
        creato_il: time::rfc3339(release.created_at),
        creato_da: release.created_by.clone(),
    };
    Ok((detail, release.row_version))
}

/// A release as it is now, with its `ETag`.
async fn answer(cx: &Cx, id: &str) -> Result<Response, Problem> {
    let (detail, version) = detail(cx, id).await?;
    Ok(etag::answer(detail, version))
}

/// The release, if `If-Match` names its version or was not sent.
async fn matching(cx: &Cx, id: &str, if_match: Option<etag::IfMatch>) -> Result<Draft, Problem> {
    let draft = save::found(cx, id).await?;
    if let Some(if_match) = if_match {
        if_match.check(draft.release.row_version)?;
    }
    Ok(draft)
}

//! `PATCH /api/admin/rilasci/{id}/file/{nome}`: what a file is for and what it is signed with.

use plugin_api::{Cx, FieldProblem, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::FileDetail;
use super::files::named;
use crate::api::problems::AdminProblems;
use crate::domain::checks::{ed25519, minisign};
use crate::domain::release::{Artifact, Details};
use crate::releases::files::attach::changed;
use crate::releases::files::place::{Place, SaidPlace};
use crate::releases::save;

/// Longest text of a detail, characters.
const LONGEST: usize = 100;

/// What is changed of a file. What is left out stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FileBody {
    /// `windows`, `macos`, `linux` or `any`.
    piattaforma: Option<String>,
    /// `x86_64`, `aarch64`, … or `any`.
    architettura: Option<String>,
    /// `nsis`, `msi`, `appimage`, … or `file`.
    formato: Option<String>,
    /// Text of the minisign signature, or its base64; empty for none.
    firma_minisign: Option<String>,
    /// `edSignature` of Sparkle; empty for none.
    firma_sparkle: Option<String>,
    /// `CFBundleVersion` of the program, for Sparkle.
    versione_bundle: Option<String>,
    /// The version a delta was made against.
    delta_da: Option<String>,
    /// Whether installing it takes an administrator.
    diritti_amministratore: Option<bool>,
}

/// Changes a file of a draft.
#[utoipa::path(
    patch,
    path = "/api/admin/rilasci/{id}/file/{nome}",
    operation_id = "modifica_file",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the release."),
        ("nome" = String, Path, description = "Name of the file."),
    ),
    request_body = FileBody,
    responses((status = 200, description = "The file as it is now.", body = FileDetail),
        AdminProblems)
)]
pub async fn handle(
    cx: Cx,
    Path((id, name)): Path<(String, String)>,
    Json(body): Json<FileBody>,
) -> Result<Json<FileDetail>, Problem> {
    let release = save::found(&cx, &id).await?.release;
    let file = applied(body, named(&cx, &id, &name).await?)?;
    changed(&cx, &release, &file).await?;
    Ok(Json(FileDetail::from(&file)))
}

fn applied(body: FileBody, file: Artifact) -> Result<Artifact, Problem> {
    let said = |said: Option<String>, known: &str| said.or_else(|| Some(known.to_owned()));
    let place = SaidPlace {
        piattaforma: said(body.piattaforma, file.platform.code()),
        architettura: said(body.architettura, file.architecture.code()),
        formato: said(body.formato, file.format.code()),
    };
    let Place { platform, architecture, format } = place.of(&file.file_name)?;
    let mut errors = Vec::new();
    let mut wrong = |pointer: &str, key: &str| errors.push(FieldProblem::new(pointer, key));
    let minisign = match body.firma_minisign {
        None => file.minisign,
        Some(text) if text.trim().is_empty() => String::new(),
        Some(text) => {
            let read = minisign::Signature::read(&text);
            if read.is_none() {
                wrong("/firma_minisign", "problem-firma-illeggibile");
            }
            read.map(|read| read.text().to_owned()).unwrap_or_default()
        }
    };
    let ed_signature = match body.firma_sparkle.as_deref().map(str::trim) {
        None => file.ed_signature,
        Some(text) => {
            if !text.is_empty() && ed25519::signature(text).is_none() {
                wrong("/firma_sparkle", "problem-firma-illeggibile");
            }
            text.to_owned()
        }
    };
    let mut line = |pointer: &str, said: Option<String>, known: Option<String>| match said {
        None => known,
        Some(text) => {
            if text.chars().count() > LONGEST {
                wrong(pointer, "field-too-long");
            }
            Some(text).filter(|text| !text.is_empty())
        }
    };
    let details = Details {
        bundle_version: line(
            "/versione_bundle",
            body.versione_bundle,
            file.details.bundle_version.clone(),
        ),
        delta_from: line("/delta_da", body.delta_da, file.details.delta_from.clone()),
        admin_rights: body.diritti_amministratore.unwrap_or(file.details.admin_rights),
        ..file.details
    };
    if !errors.is_empty() {
        return Err(Problem::validation(errors));
    }
    Ok(Artifact { platform, architecture, format, minisign, ed_signature, details, ..file })
}

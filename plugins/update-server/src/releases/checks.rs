//! Everything that is looked at before a release goes out.

use plugin_api::{Cx, Lang, Problem};
use semver::Version;
use serde::Serialize;
use utoipa::ToSchema;

use super::examine;
use super::files::read;
use crate::domain::checks::examination::VendorKeys;
use crate::domain::checks::finding::Finding;
use crate::domain::checks::{self, electron, squirrel, velopack};
use crate::domain::platform::Format;
use crate::domain::release::Artifact;
use crate::store::examinations;
use crate::store::products::Product;
use crate::store::releases::Release;

/// Something that was found, as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Told {
    /// The file it is about.
    #[schema(example = "Acme-1.2.3-setup.exe")]
    pub file: String,
    /// Its stable code.
    #[schema(example = "firma_mancante")]
    pub codice: String,
    /// What is wrong and what to do.
    pub testo: String,
    /// Whether the release cannot be published because of it; a warning otherwise.
    pub impedisce: bool,
    /// Whether the same may be well a little later: the file is being checked, or the scanner did not
    /// answer.
    pub riprovare: bool,
}

impl Told {
    /// As it is told in a language.
    pub(crate) fn of(finding: &Finding, lang: &Lang) -> Self {
        Self {
            file: finding.file.clone(),
            codice: finding.code().to_owned(),
            testo: finding.text(lang),
            impedisce: finding.refuses(),
            riprovare: finding.may_pass(),
        }
    }

    fn of_release(code: &str, lang: &Lang) -> Self {
        Self {
            file: String::new(),
            codice: code.to_owned(),
            testo: lang.t(&format!("check-{}", code.replace('_', "-"))),
            impedisce: true,
            riprovare: false,
        }
    }
}

/// Looks at a release and every file of it; what refuses comes first.
pub(crate) async fn examine(
    cx: &Cx,
    product: &Product,
    release: &Release,
    (channels, files): (&[String], &[Artifact]),
) -> Result<Vec<Told>, Problem> {
    let lang = cx.lang();
    let mut told = Vec::new();
    if channels.is_empty() {
        told.push(Told::of_release("senza_canale", &lang));
    }
    if files.is_empty() {
        told.push(Told::of_release("senza_file", &lang));
    }
    let version = Version::parse(&release.version)
        .map_err(|_| Problem::unprocessable("versione_illeggibile"))?;
    let keys = VendorKeys { minisign: &product.minisign_key, sparkle: &product.sparkle_key };
    let known: Vec<checks::release::Artifact<'_>> = files.iter().map(as_checked).collect();
    let mut findings = checks::release::check(&version, keys, &known);
    let examined = examinations::of_release(&cx.db(), cx.scope(), &release.release_id).await?;
    let is_scanned = cx.has_scanner().await?;
    for file in files {
        let signatures = examine::signatures(product, &version, file);
        findings.extend(examine::found(signatures, file, &examined, is_scanned));
        findings.extend(feed(cx, &version, file, &known).await?);
    }
    told.extend(findings.iter().map(|finding| Told::of(finding, &lang)));
    told.sort_by_key(|one| !one.impedisce);
    Ok(told)
}

/// What a feed that a builder wrote says of the other files.
async fn feed(
    cx: &Cx,
    version: &Version,
    file: &Artifact,
    files: &[checks::release::Artifact<'_>],
) -> Result<Vec<Finding>, Problem> {
    let Some(check) = feed_check(file) else { return Ok(Vec::new()) };
    let size = u64::try_from(file.size).unwrap_or(u64::MAX);
    let text = read::text(cx, &file.blob_id, size).await?;
    let others: Vec<_> =
        files.iter().filter(|other| other.file_name != file.file_name).copied().collect();
    Ok(check(&file.file_name, &text, version, &others))
}

type FeedCheck = fn(&str, &str, &Version, &[checks::release::Artifact<'_>]) -> Vec<Finding>;

/// How the feed of this name is read; none for what is no feed.
fn feed_check(file: &Artifact) -> Option<FeedCheck> {
    if file.format != Format::File {
        return None;
    }
    let name = file.file_name.as_str();
    let (_, ending) = name.rsplit_once('.').unwrap_or_default();
    if matches!(ending, "yml" | "yaml") {
        return Some(electron::check);
    }
    if name == "RELEASES" || name.starts_with("RELEASES-") {
        return Some(squirrel::check);
    }
    (name.starts_with("releases.") && ending == "json").then_some(velopack::check)
}

/// A file as the rules of checks want it.
pub(crate) fn as_checked(file: &Artifact) -> checks::release::Artifact<'_> {
    checks::release::Artifact {
        file_name: &file.file_name,
        platform: file.platform,
        architecture: file.architecture,
        format: file.format,
        size: u64::try_from(file.size).unwrap_or_default(),
        sha1: &file.sha1,
        sha256: &file.sha256,
        sha512: &file.sha512,
        minisign: &file.minisign,
        sparkle: &file.ed_signature,
    }
}

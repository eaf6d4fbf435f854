//! A file that came in becomes part of a release: hashed, given its block map, put in its place.

use plugin_api::db::Batch;
use plugin_api::lent::BlobInfo;
use plugin_api::{Cx, Fault, FaultKind, Problem};
use serde_json::json;

use super::place::{Place, SaidPlace};
use super::read;
use crate::domain::blockmap::Blocks;
use crate::domain::checks::digests::Digesting;
use crate::domain::checks::{minisign, names};
use crate::domain::platform::Format;
use crate::domain::release::{Artifact, Details, State};
use crate::releases::examine;
use crate::releases::save::audit;
use crate::store::releases::{self, LABEL, Release};
use crate::store::{artifacts, examinations};

/// Endings of what only says something about the file it is called after.
const BESIDE: [(&str, Beside); 3] =
    [(".minisig", Beside::Minisign), (".sig", Beside::Minisign), (".blockmap", Beside::Blockmap)];

#[derive(Clone, Copy)]
enum Beside {
    Minisign,
    Blockmap,
}

/// Whether a file of this name only says something about another one, and so must come after it.
pub(crate) fn is_beside(name: &str) -> bool {
    beside(name).is_some()
}

fn beside(name: &str) -> Option<(&str, Beside)> {
    BESIDE.iter().find_map(|(ending, what)| Some((name.strip_suffix(ending)?, *what)))
}

/// Refuses what a release cannot take, before a byte of it is kept.
pub(crate) fn acceptable(release: &Release, name: &str) -> Result<(), Problem> {
    if release.state != State::Draft {
        return Err(Problem::conflict("rilascio_uscito"));
    }
    if !names::is_plain(name) {
        return Err(Problem::unprocessable("nome_file").argument("name", name));
    }
    Ok(())
}

/// Makes the kept file part of the draft, in place of the one of the same name; answers the file it is
/// or says something about. What cannot be taken is forgotten again.
pub(crate) async fn attach(
    cx: &Cx,
    release: &Release,
    blob: &BlobInfo,
    name: &str,
    said: &SaidPlace,
) -> Result<Artifact, Problem> {
    let taken = take(cx, release, blob, name, said).await;
    if taken.is_err() {
        forget(cx, &blob.blob_id).await?;
    }
    taken
}

async fn take(
    cx: &Cx,
    release: &Release,
    blob: &BlobInfo,
    name: &str,
    said: &SaidPlace,
) -> Result<Artifact, Problem> {
    acceptable(release, name)?;
    let there = artifacts::of_release(&cx.db(), cx.scope(), &release.release_id).await?;
    let named = |name: &str| there.iter().find(|file| file.file_name == name).cloned();
    if let Some((of, what)) = beside(name) {
        let file = named(of)
            .ok_or_else(|| Problem::unprocessable("file_mancante").argument("name", of))?;
        return match what {
            Beside::Minisign => signed(cx, release, file, blob).await,
            Beside::Blockmap => mapped(cx, release, file, blob).await,
        };
    }
    let place = said.of(name)?;
    let (file, made) = examined(cx, release, blob, name, place).await?;
    let old = named(name);
    let mut batch = Batch::new().and(releases::touched(&release.release_id, &[State::Draft]));
    if let Some(old) = &old {
        batch = gone(batch, old);
    }
    let batch = batch.and(artifacts::insertion(&file));
    let batch = examine::begun(batch, &file, cx.has_scanner().await?, cx.now())
        .audit(audit("release.file_added", release).after(told(&file)));
    if let Err(problem) = written(cx, batch).await {
        forget_all(cx, made.into_iter().collect()).await?;
        return Err(problem);
    }
    forget_all(cx, old.iter().flat_map(kept_of).collect()).await?;
    Ok(file)
}

/// Reads the file once, for its hashes and its block map; answers with what was kept meanwhile.
async fn examined(
    cx: &Cx,
    release: &Release,
    blob: &BlobInfo,
    name: &str,
    place: Place,
) -> Result<(Artifact, Option<String>), Problem> {
    let mut digesting = Digesting::default();
    let mut blocks = wants_blocks(place.format).then(Blocks::default);
    read::pieces(cx, &blob.blob_id, |piece| {
        digesting.update(piece);
        if let Some(blocks) = &mut blocks {
            blocks.update(piece);
        }
    })
    .await?;
    let digests = digesting.finish();
    let blockmap_id = match blocks {
        Some(blocks) => {
            let packed = blocks.finish().to_gzip();
            let name = format!("{name}.blockmap");
            Some(cx.put_blob(&name, "application/gzip", packed.into()).await?.blob_id)
        }
        None => None,
    };
    let file = Artifact {
        artifact_id: cx.fresh_id(),
        release_id: release.release_id.clone(),
        product_code: release.product_code.clone(),
        platform: place.platform,
        architecture: place.architecture,
        format: place.format,
        file_name: name.to_owned(),
        blob_id: blob.blob_id.clone(),
        size: i64::try_from(digests.size).unwrap_or(i64::MAX),
        sha256: digests.sha256_hex(),
        sha512: digests.sha512_base64(),
        sha1: digests.sha1_hex(),
        blake2b: digests.blake2b_base64(),
        minisign: String::new(),
        ed_signature: String::new(),
        blockmap_id: blockmap_id.clone(),
        details: Details::default(),
        created_at: cx.now(),
    };
    Ok((file, blockmap_id))
}

/// What electron-updater downloads in parts when it has the block map of both versions.
fn wants_blocks(format: Format) -> bool {
    matches!(format, Format::Exe | Format::Nsis | Format::AppImage | Format::Zip)
}

async fn signed(
    cx: &Cx,
    release: &Release,
    file: Artifact,
    blob: &BlobInfo,
) -> Result<Artifact, Problem> {
    let text = read::text(cx, &blob.blob_id, blob.size).await?;
    let signature = minisign::Signature::read(&text)
        .ok_or_else(|| Problem::unprocessable("firma_illeggibile"))?;
    let file = Artifact { minisign: signature.text().to_owned(), ..file };
    changed(cx, release, &file).await?;
    // Its text is kept; the file it came in is of no use any more.
    forget(cx, &blob.blob_id).await?;
    Ok(file)
}

async fn mapped(
    cx: &Cx,
    release: &Release,
    file: Artifact,
    blob: &BlobInfo,
) -> Result<Artifact, Problem> {
    let old = file.blockmap_id.clone();
    let file = Artifact { blockmap_id: Some(blob.blob_id.clone()), ..file };
    changed(cx, release, &file).await?;
    forget_all(cx, old.into_iter().collect()).await?;
    Ok(file)
}

/// Writes what is known of a file of a draft.
pub(crate) async fn changed(cx: &Cx, release: &Release, file: &Artifact) -> Result<(), Problem> {
    let batch = Batch::new()
        .and(releases::touched(&release.release_id, &[State::Draft]))
        .and(artifacts::update(file));
    let batch = examine::begun(batch, file, cx.has_scanner().await?, cx.now())
        .audit(audit("release.file_changed", release).after(told(file)));
    written(cx, batch).await
}

/// Takes a file out of a draft.
pub(crate) async fn removed(cx: &Cx, release: &Release, file: &Artifact) -> Result<(), Problem> {
    let batch = Batch::new().and(releases::touched(&release.release_id, &[State::Draft]));
    let batch = gone(batch, file).audit(audit("release.file_removed", release).before(told(file)));
    written(cx, batch).await?;
    Ok(forget_all(cx, kept_of(file).collect()).await?)
}

fn gone(batch: Batch, file: &Artifact) -> Batch {
    batch
        .and(artifacts::deletion(&file.artifact_id))
        .and(examinations::forgetting(&file.artifact_id))
}

async fn written(cx: &Cx, batch: Batch) -> Result<(), Problem> {
    match cx.db().batch(batch).await {
        Err(fault) if fault.is_mismatch(LABEL) => Err(Problem::conflict("rilascio_uscito")),
        Err(fault) if fault.is_mismatch("artifact") => Err(Problem::conflict("rilascio_cambiato")),
        Err(fault) if fault.is_unique("update_server_artifact") => {
            Err(Problem::conflict("rilascio_cambiato"))
        }
        other => other.map(drop).map_err(Problem::from),
    }
}

fn told(file: &Artifact) -> serde_json::Value {
    json!({
        "file_name": file.file_name, "size": file.size, "sha256": file.sha256,
        "platform": file.platform, "architecture": file.architecture, "format": file.format,
        "signed": !file.minisign.is_empty() || !file.ed_signature.is_empty(),
    })
}

/// Forgets kept files; what is gone already does not matter.
pub(crate) async fn forget_all(cx: &Cx, blobs: Vec<String>) -> Result<(), Fault> {
    for blob in &blobs {
        forget(cx, blob).await?;
    }
    Ok(())
}

/// What the host keeps of a file.
pub(crate) fn kept_of(file: &Artifact) -> impl Iterator<Item = String> {
    file.blockmap_id.iter().chain([&file.blob_id]).cloned()
}

async fn forget(cx: &Cx, blob_id: &str) -> Result<(), Fault> {
    match cx.delete_blob(blob_id).await {
        Err(fault) if fault.kind != FaultKind::NotFound => Err(fault),
        _ => Ok(()),
    }
}

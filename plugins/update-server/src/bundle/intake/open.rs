//! Opens a bundle where it lies: finds what is in it, and holds it against what was signed.

use std::collections::BTreeMap;

use axum::body::Body;
use futures_util::StreamExt as _;
use plugin_api::{Cx, Fault, Problem, hex};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use crate::bundle::archive::{BLOCK, block, blocks};
use crate::bundle::issuer::{self, Signed};
use crate::bundle::manifest::{FORM, KEYS, MANIFEST, Manifest, SIGNATURE};

/// Most files a bundle may have.
const MOST: usize = 20_000;
/// Longest document that is held, bytes.
const LONGEST: u64 = 16 * 1024 * 1024;

/// A bundle whose manifest is the one that was signed; whether who signed is trusted is another question.
#[derive(Debug)]
pub(in crate::bundle) struct Opened {
    /// The file it is.
    blob_id: String,
    /// Where each file begins, and its length.
    places: BTreeMap<String, (u64, u64)>,
    /// What is in it.
    pub(in crate::bundle) manifest: Manifest,
    /// Who signed it.
    pub(in crate::bundle) signed: Signed,
}

/// Opens a kept file of `size` bytes. 422 `pacchetto_illeggibile` for what is no bundle,
/// `pacchetto_alterato` for one that is not as it was signed.
pub(in crate::bundle) async fn open(cx: &Cx, blob_id: &str, size: u64) -> Result<Opened, Problem> {
    let places = places(cx, blob_id, size).await?;
    let document = async |path: &str| {
        let place = places.get(path).copied().ok_or_else(unreadable)?;
        document(cx, blob_id, place).await
    };
    let token = document(SIGNATURE).await?;
    let token = std::str::from_utf8(&token).map_err(|_| unreadable())?.to_owned();
    let keys: Json = serde_json::from_slice(&document(KEYS).await?).map_err(|_| unreadable())?;
    let manifest = document(MANIFEST).await?;
    let signed = issuer::read(&token, &keys).ok_or_else(altered)?;
    let claim = |name: &str| signed.claims.get(name).and_then(Json::as_str);
    if claim("sha256") != Some(&*hex(&Sha256::digest(&manifest))) {
        return Err(altered());
    }
    let manifest: Manifest = serde_json::from_slice(&manifest).map_err(|_| unreadable())?;
    if manifest.formato != FORM || claim("sub") != Some(&*manifest.prodotto) {
        return Err(unreadable());
    }
    for other in &manifest.allegati {
        let bytes = document(&other.percorso).await.map_err(|_| altered())?;
        if hex(&Sha256::digest(&bytes)) != other.sha256 {
            return Err(altered());
        }
    }
    let has = |path: &str, size: u64| places.get(path).is_some_and(|(_, there)| *there == size);
    let mut files = manifest.rilasci.iter().flat_map(|release| &release.file);
    if !files.all(|file| has(&file.percorso, file.dimensione)) {
        return Err(altered());
    }
    Ok(Opened { blob_id: blob_id.to_owned(), places, manifest, signed })
}

impl Opened {
    /// The content of a file, as it streams.
    pub(super) async fn content(&self, cx: &Cx, path: &str) -> Result<Body, Problem> {
        let (start, length) = self.places.get(path).copied().ok_or_else(altered)?;
        Ok(cx.blob_range(&self.blob_id, start, length).await?)
    }
}

fn unreadable() -> Problem {
    Problem::unprocessable("pacchetto_illeggibile")
}

fn altered() -> Problem {
    Problem::unprocessable("pacchetto_alterato")
}

/// Where each file is. Only heads are read; nothing is taken for a path but a name to look up.
async fn places(
    cx: &Cx,
    blob_id: &str,
    size: u64,
) -> Result<BTreeMap<String, (u64, u64)>, Problem> {
    let (mut found, mut at, mut records) = (BTreeMap::new(), 0u64, Vec::new());
    while at.saturating_add(BLOCK) <= size {
        let head = bytes(cx.blob_range(blob_id, at, BLOCK).await?).await?;
        let Some(entry) = block(&head, &records).map_err(|_| unreadable())? else { break };
        records.clear();
        let content = at + BLOCK;
        at = content.saturating_add(blocks(entry.size));
        if at > size || found.len() >= MOST {
            return Err(unreadable());
        }
        if entry.is_pax() {
            records = document(cx, blob_id, (content, entry.size)).await?;
        } else if entry.is_file()
            && found.insert(entry.path.clone(), (content, entry.size)).is_some()
        {
            // Of two of one name, whoever unpacks would take the other one.
            return Err(unreadable());
        }
    }
    Ok(found)
}

async fn document(cx: &Cx, blob_id: &str, (start, length): (u64, u64)) -> Result<Vec<u8>, Problem> {
    if length > LONGEST {
        return Err(unreadable());
    }
    Ok(bytes(cx.blob_range(blob_id, start, length).await?).await?)
}

async fn bytes(body: Body) -> Result<Vec<u8>, Fault> {
    let (mut all, mut stream) = (Vec::new(), body.into_data_stream());
    while let Some(piece) = stream.next().await {
        all.extend_from_slice(&piece.map_err(Fault::internal)?);
    }
    Ok(all)
}

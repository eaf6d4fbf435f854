//! Puts a bundle together: heads and documents as bytes, files as the host keeps them.

use plugin_api::contracts::licences::Offline;
use plugin_api::lent::Part;
use plugin_api::time::rfc3339;
use plugin_api::{Fault, hex};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::archive::{END, head, link, padding};
use super::manifest::{
    Attached, BundledFile, BundledRelease, FORM, LICENCE, Manifest, REVOCATIONS,
};
use crate::domain::release::{Artifact, Release};
use crate::tuf::carried::Carried;

/// Bytes at a path of the bundle.
pub(super) struct Document {
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

impl Document {
    fn attached(&self) -> Attached {
        Attached {
            percorso: self.path.clone(),
            dimensione: self.bytes.len() as u64,
            sha256: hex(&Sha256::digest(&self.bytes)),
        }
    }
}

/// Everything besides the releases' files: what is carried for the licence, and the metadata.
pub(super) fn documents(
    carried: &Carried,
    offline: &Offline,
    licence_id: Option<&str>,
) -> Result<Vec<Document>, Fault> {
    let mut all = vec![Document {
        path: REVOCATIONS.to_owned(),
        bytes: offline.revocations.clone().into_bytes(),
    }];
    if let Some(id) = licence_id {
        let keys = offline.keys.iter().map(|key| {
            json!({
                "attivazione": key.activation_id,
                "dispositivo": key.device,
                "chiave_computer": key.computer_key,
            })
        });
        let licence = json!({ "licenza": id, "dispositivi": keys.collect::<Vec<_>>() });
        let bytes = serde_json::to_vec_pretty(&licence)?;
        all.push(Document { path: LICENCE.to_owned(), bytes });
    }
    all.extend(
        carried.files.iter().map(|(name, bytes)| Document {
            path: format!("metadata/{name}"),
            bytes: bytes.clone(),
        }),
    );
    Ok(all)
}

/// The manifest of a bundle.
pub(super) fn manifest(
    (product, licence_id): (&str, Option<&str>),
    releases: &[Release],
    documents: &[Document],
    (now, end): (i64, i64),
) -> Manifest {
    Manifest {
        formato: FORM,
        prodotto: product.to_owned(),
        creato_il: rfc3339(now),
        valido_fino_a: rfc3339(end),
        licenza: licence_id.map(str::to_owned),
        rilasci: releases.iter().map(release).collect(),
        allegati: documents.iter().map(Document::attached).collect(),
    }
}

fn release(release: &Release) -> BundledRelease {
    let file = |file: &Artifact| BundledFile {
        nome: file.file_name.clone(),
        piattaforma: file.platform.code().to_owned(),
        architettura: file.architecture.code().to_owned(),
        formato: file.format.code().to_owned(),
        dimensione: u64::try_from(file.size).unwrap_or_default(),
        sha256: file.sha256.clone(),
        percorso: paths(release, file).next().unwrap_or_default(),
        minisign: file.minisign.clone(),
        firma_sparkle: file.ed_signature.clone(),
        dettagli: file.details.clone(),
    };
    let minimum = release.minimum_system.iter();
    BundledRelease {
        versione: release.version.to_string(),
        canali: release.channels.iter().cloned().collect(),
        note: release.notes.clone(),
        tappa: release.is_step,
        critico: release.is_critical,
        sistema_minimo: minimum.map(|(on, least)| (on.code().to_owned(), least.clone())).collect(),
        moduli: release.modules.iter().cloned().collect(),
        pubblicato_il: rfc3339(release.published_at),
        file: release.artifacts.iter().map(file).collect(),
    }
}

/// Where a file is, in each of its channels: where TUF clients ask for it (TUF 1.0, 6.2).
fn paths(release: &Release, file: &Artifact) -> impl Iterator<Item = String> {
    let (version, name) = (release.version.to_string(), &file.file_name);
    let path =
        move |channel: &String| format!("targets/{channel}/{version}/{}.{name}", file.sha256);
    release.channels.iter().map(path)
}

/// The whole bundle; `first` comes before everything else.
pub(super) fn parts(
    first: &[Document],
    documents: &[Document],
    releases: &[Release],
    now: i64,
) -> Vec<Part> {
    let (mut all, mut open) = (Vec::new(), Vec::new());
    for document in first.iter().chain(documents) {
        open.extend(head(&document.path, document.bytes.len() as u64, now));
        open.extend(&document.bytes);
        open.extend(padding(document.bytes.len() as u64));
    }
    for release in releases {
        for file in &release.artifacts {
            let size = u64::try_from(file.size).unwrap_or_default();
            let mut paths = paths(release, file);
            let Some(path) = paths.next() else { continue };
            open.extend(head(&path, size, now));
            all.push(Part::Bytes(std::mem::take(&mut open)));
            all.push(Part::Blob(file.blob_id.clone()));
            open.extend(padding(size));
            for other in paths {
                open.extend(link(&other, &path, now));
            }
        }
    }
    open.extend(END);
    all.push(Part::Bytes(open));
    all
}

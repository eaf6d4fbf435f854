//! Takes one release of a bundle in: all of it is published, or nothing is.

use plugin_api::time::parse_instant;
use plugin_api::{Cx, Fault, Problem};

use super::open::Opened;
use crate::bundle::manifest::{BundledFile, BundledRelease};
use crate::domain::release::{Artifact, State};
use crate::products::channels as own;
use crate::releases::body::{Draft, ReleaseBody};
use crate::releases::delete::delete;
use crate::releases::files::attach::{attach, changed, forget_all};
use crate::releases::files::place::SaidPlace;
use crate::releases::promote::promote;
use crate::releases::publish::{Outcome, publish};
use crate::releases::save::{self, Saved};
use crate::rollouts::plan::Plan;
use crate::store::bundles::Told;
use crate::store::{artifacts, channels, releases};

/// It is out now.
const TAKEN: &str = "preso";
/// It was out already, with the same files.
const THERE: &str = "presente";
/// There is another release of this version.
const OTHER: &str = "diverso";
/// It was taken back here.
const YANKED: &str = "ritirato";
/// A file is not what was signed.
const ALTERED: &str = "alterato";
/// What is looked at before a release goes out holds it; it stays a draft.
const HELD: &str = "trattenuto";
/// Something else refuses it.
const REFUSED: &str = "rifiutato";

/// Whether nothing more is to be done about a release.
pub(super) fn is_settled(told: &Told) -> bool {
    [TAKEN, THERE].contains(&told.esito.as_str())
}

/// Takes a release in. What refuses it is told; only what has nothing to do with it is a problem.
pub(super) async fn take(
    cx: &Cx,
    opened: &Opened,
    bundled: &BundledRelease,
) -> Result<Told, Problem> {
    let told = |(esito, dettaglio): (&str, String)| Told {
        versione: bundled.versione.clone(),
        esito: esito.to_owned(),
        dettaglio,
    };
    match taken(cx, opened, bundled).await {
        Ok(done) => Ok(told(done)),
        Err(problem) if problem.fault().is_none() => {
            Ok(told((REFUSED, problem.sentence(&cx.lang()))))
        }
        Err(problem) => Err(problem),
    }
}

type Done = (&'static str, String);

async fn taken(cx: &Cx, opened: &Opened, bundled: &BundledRelease) -> Result<Done, Problem> {
    let product = opened.manifest.prodotto.as_str();
    add_channels(cx, product, bundled).await?;
    let known = releases::by_version(&cx.db(), cx.scope(), product, &bundled.versione).await?;
    let id = match known {
        Some(known) if known.state == State::Yanked => return Ok((YANKED, String::new())),
        Some(known) if known.state == State::Published => {
            let files = artifacts::of_release(&cx.db(), cx.scope(), &known.release_id).await?;
            if !is_same(bundled, &files, true) {
                return Ok((OTHER, String::new()));
            }
            place(cx, &known.release_id, bundled).await?;
            return Ok((THERE, String::new()));
        }
        // One that was interrupted goes on; somebody's own draft is his.
        Some(known) => {
            let files = artifacts::of_release(&cx.db(), cx.scope(), &known.release_id).await?;
            if !is_same(bundled, &files, false) {
                return Ok((OTHER, String::new()));
            }
            known.release_id
        }
        None => match save::create(cx, &body(product, bundled)).await? {
            Saved::Written(id) => id,
            Saved::Refused(errors) => {
                let lang = cx.lang();
                let said = errors.first().map(|error| lang.t(&error.detail));
                return Ok((REFUSED, said.unwrap_or_default()));
            }
            Saved::Stale => return Err(Problem::conflict("rilascio_cambiato")),
        },
    };
    for file in &bundled.file {
        if !bring(cx, opened, &id, file).await? {
            delete(cx, &save::found(cx, &id).await?).await?;
            return Ok((ALTERED, file.nome.clone()));
        }
    }
    out(cx, &id, bundled).await
}

/// Publishes the draft whose files are there, as of when it was published first: what a licence includes
/// depends on that.
async fn out(cx: &Cx, id: &str, bundled: &BundledRelease) -> Result<Done, Problem> {
    let mut draft: Draft = save::found(cx, id).await?;
    let first = parse_instant(&bundled.pubblicato_il);
    draft.release.published_at = first.map(|at| at.min(cx.now()));
    match publish(cx, &draft, true, &Plan::default()).await? {
        Outcome::Published => Ok((TAKEN, String::new())),
        Outcome::Held(told) => {
            let held = told.iter().filter(|one| one.impedisce);
            let said: Vec<String> = held.map(|one| format!("{} {}", one.file, one.testo)).collect();
            Ok((HELD, said.join(" ")))
        }
    }
}

fn body(product: &str, bundled: &BundledRelease) -> ReleaseBody {
    ReleaseBody {
        prodotto: Some(product.to_owned()),
        versione: Some(bundled.versione.clone()),
        canali: Some(bundled.canali.clone()),
        note: Some(bundled.note.clone()),
        tappa: Some(bundled.tappa),
        critico: Some(bundled.critico),
        sistema_minimo: Some(bundled.sistema_minimo.clone()),
        moduli: Some(bundled.moduli.clone()),
    }
}

/// Whether the files are those of the bundle; a part of them, unless all must be there.
fn is_same(bundled: &BundledRelease, files: &[Artifact], all: bool) -> bool {
    let is_in = |file: &Artifact| {
        bundled.file.iter().any(|one| one.nome == file.file_name && one.sha256 == file.sha256)
    };
    files.iter().all(is_in) && (!all || files.len() == bundled.file.len())
}

/// Channels the product does not have yet.
async fn add_channels(cx: &Cx, product: &str, bundled: &BundledRelease) -> Result<(), Problem> {
    let known = channels::of_product(&cx.db(), cx.scope(), product).await?;
    let is_new = |name: &&String| known.iter().all(|known| known.channel != **name);
    for name in bundled.canali.iter().filter(is_new) {
        own::write(cx, product, name, "").await?;
    }
    Ok(())
}

/// Places a release that is out in those channels of the bundle where it is not yet.
async fn place(cx: &Cx, id: &str, bundled: &BundledRelease) -> Result<(), Problem> {
    for channel in &bundled.canali {
        let draft = save::found(cx, id).await?;
        if !draft.channels.contains(channel) {
            promote(cx, &draft, channel, &Plan::default()).await?;
        }
    }
    Ok(())
}

/// Brings a file into the draft unless it is there; whether it is what was signed.
async fn bring(cx: &Cx, opened: &Opened, id: &str, wanted: &BundledFile) -> Result<bool, Problem> {
    let release = save::found(cx, id).await?.release;
    let there = artifacts::of_release(&cx.db(), cx.scope(), id).await?;
    let known = there.into_iter().find(|file| file.file_name == wanted.nome);
    let file = if let Some(known) = known {
        known
    } else {
        let content = opened.content(cx, &wanted.percorso).await?;
        let kind = "application/octet-stream";
        let blob = cx.put_blob(&wanted.nome, kind, content).await?;
        if blob.sha256 != wanted.sha256 || blob.size != wanted.dimensione {
            forget_all(cx, vec![blob.blob_id]).await?;
            return Ok(false);
        }
        let said = SaidPlace {
            piattaforma: Some(wanted.piattaforma.clone()),
            architettura: Some(wanted.architettura.clone()),
            formato: Some(wanted.formato.clone()),
        };
        attach(cx, &release, &blob, &wanted.nome, &said).await?
    };
    let whole = Artifact {
        minisign: wanted.minisign.clone(),
        ed_signature: wanted.firma_sparkle.clone(),
        details: wanted.dettagli.clone(),
        ..file.clone()
    };
    if whole != file {
        let release = save::found(cx, id).await?.release;
        changed(cx, &release, &whole).await?;
    }
    Ok(true)
}

/// Whether something failed that has nothing to do with releases.
pub(super) fn fault(problem: &Problem) -> Fault {
    match problem.fault() {
        Some(fault) => fault.clone(),
        None => Fault::internal(problem.to_string()),
    }
}

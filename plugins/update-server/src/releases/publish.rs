//! A draft goes out, after everything was looked at.

use std::time::Duration;

use plugin_api::cx::Tx;
use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, Problem};
use serde_json::json;

use super::body::Draft;
use super::checks::{self, Told};
use super::save::audit;
use super::{changed, examine};
use crate::actor;
use crate::domain::release::{Artifact, State};
use crate::rollouts::plan::Plan;
use crate::rollouts::start;
use crate::store::releases::{self, LABEL};
use crate::store::{artifacts, placements, products};

/// The finding that says that files are being read.
pub(crate) const BEING_CHECKED: &str = "controllo_in_corso";
/// How often, and how long each time, publishing waits for that.
const WAITS: usize = 40;
const WAIT: Duration = Duration::from_millis(400);

/// What came of it.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It is out.
    Published,
    /// Something refuses it, or something else was found and nobody said that it may go out so.
    Held(Vec<Told>),
}

/// What is found of a draft.
pub(crate) async fn examined(cx: &Cx, draft: &Draft) -> Result<Vec<Told>, Problem> {
    let (db, scope, release) = (cx.db(), cx.scope(), &draft.release);
    let product =
        products::get(&db, scope, &release.product_code).await?.ok_or_else(Problem::not_found)?;
    let files = artifacts::of_release(&db, scope, &release.release_id).await?;
    checks::examine(cx, &product, release, (&draft.channels, &files)).await
}

/// The same once what is under way is over, as far as a request can wait: files that are to be read
/// whole are, and scanners that did not answer are asked again.
pub(crate) async fn settled(cx: &Cx, draft: &Draft) -> Result<Vec<Told>, Problem> {
    let mut told = examined(cx, draft).await?;
    if !told.iter().any(|one| one.riprovare) {
        return Ok(told);
    }
    let id = &draft.release.release_id;
    let files = artifacts::of_release(&cx.db(), cx.scope(), id).await?;
    let is_open =
        |file: &&Artifact| told.iter().any(|one| one.riprovare && one.file == file.file_name);
    examine::go_on(cx, id, &files.iter().filter(is_open).collect::<Vec<_>>()).await?;
    for _ in 0..WAITS {
        cx.sleep(WAIT).await?;
        told = examined(cx, draft).await?;
        if !told.iter().any(|one| one.codice == BEING_CHECKED) {
            break;
        }
    }
    Ok(told)
}

/// Publishes a draft as it was read: with `confirmed` also if there are warnings. `plan` says how it
/// reaches the installations of each of its channels.
pub(crate) async fn publish(
    cx: &Cx,
    draft: &Draft,
    confirmed: bool,
    plan: &Plan,
) -> Result<Outcome, Problem> {
    let told = settled(cx, draft).await?;
    if holds(&told, confirmed) {
        return Ok(Outcome::Held(told));
    }
    let told = &told;
    cx.transaction(|tx| async move { write(&tx, draft, told, plan).await }).await?;
    changed::show(cx).await;
    Ok(Outcome::Published)
}

/// Whether what was found keeps a release from going out.
pub(crate) fn holds(told: &[Told], confirmed: bool) -> bool {
    told.iter().any(|one| one.impedisce) || (!told.is_empty() && !confirmed)
}

/// Writes that a draft goes out in which nothing was found that holds it. Files are not read here: a
/// transaction is short.
pub(crate) async fn write(
    tx: &Tx,
    draft: &Draft,
    told: &[Told],
    plan: &Plan,
) -> Result<(), Problem> {
    let (release, now) = (&draft.release, tx.now());
    if release.state != State::Draft {
        return Err(Problem::conflict("rilascio_uscito"));
    }
    let warnings: Vec<&str> = told.iter().map(|one| one.codice.as_str()).collect();
    let audit = audit("release.published", release)
        .after(json!({ "channels": draft.channels, "rollout": plan, "warnings": warnings }));
    // One that came in a bundle was published before.
    let at = release.published_at.unwrap_or(now);
    let mut batch = Batch::new().and(releases::publication(release, at));
    for channel in &draft.channels {
        let place = (release.product_code.as_str(), &*release.release_id, &**channel);
        // Placed when it goes out, whenever the channel was chosen.
        batch = batch.and(placements::placing(place, (now, &actor::name(tx))));
        batch = start::begun(tx, batch, (release, channel), plan);
    }
    unless_changed(tx.db().batch(batch.audit(audit)).await)?;
    changed::published(tx, release, draft.channels.clone()).await
}

/// Somebody else changed the release first.
pub(crate) fn unless_changed(written: Result<Vec<u64>, Fault>) -> Result<(), Problem> {
    match written {
        Err(fault) if fault.is_mismatch(LABEL) => Err(Problem::conflict("rilascio_cambiato")),
        other => other.map(drop).map_err(Problem::from),
    }
}

//! The job that takes a bundle in, release by release, the oldest version first. It may break off
//! anywhere and begin again: what is there is not brought twice.

use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, Problem};
use serde_json::Value as Json;

use super::{open, release};
use crate::bundle::TRUSTED;
use crate::releases::files::attach::forget_all;
use crate::store::bundles::{self, Bundle, Told};

/// Its name.
pub(in crate::bundle) const NAME: &str = "take-in-bundle";

/// Takes the bundle in.
pub(in crate::bundle) async fn run(cx: Cx, asked: Json) -> Result<(), Fault> {
    let id = asked.get("bundle_id").and_then(Json::as_str).unwrap_or_default();
    let Some(bundle) = bundles::get(&cx.db(), cx.scope(), id).await? else { return Ok(()) };
    if bundle.state != "running" {
        return Ok(());
    }
    let told = match taken(&cx, &bundle).await {
        Err(problem) if problem.fault().is_none() => vec![Told {
            versione: String::new(),
            esito: problem.codice().to_owned(),
            dettaglio: problem.sentence(&cx.lang()),
        }],
        told => told.map_err(|problem| release::fault(&problem))?,
    };
    let is_done = !told.is_empty() && told.iter().all(release::is_settled);
    let state = if is_done { "done" } else { "failed" };
    let ended = bundles::ended(id, state, &told, cx.now())?;
    cx.db().batch(Batch::new().and(ended)).await?;
    if is_done {
        // What is taken in is kept as releases; the file itself is of no use any more.
        forget_all(&cx, vec![bundle.blob_id]).await?;
    }
    Ok(())
}

async fn taken(cx: &Cx, bundle: &Bundle) -> Result<Vec<Told>, Problem> {
    let size = u64::try_from(bundle.size).unwrap_or_default();
    let opened = open::open(cx, &bundle.blob_id, size).await?;
    let trusted: String = cx.setting(TRUSTED).await?;
    if !opened.signed.is_trusted(&trusted) {
        return Err(Problem::unprocessable("pacchetto_non_fidato"));
    }
    let all = &opened.manifest.rilasci;
    let (mut told, total) = (Vec::new(), all.len() as u64);
    for (done, bundled) in (0u64..).zip(all.iter().rev()) {
        if cx.progress(done, total, &bundled.versione).await? {
            break;
        }
        told.push(release::take(cx, &opened, bundled).await?);
    }
    Ok(told)
}

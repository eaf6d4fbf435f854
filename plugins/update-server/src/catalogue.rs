//! Everything of a product that is or was out, as the rules of updates want it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use plugin_api::{Cx, Fault};

use crate::client::Memory;
use crate::domain::release::{Artifact, Catalogue, Release};
use crate::store::{artifacts, notes, placements, products, releases, rollouts};

/// The catalogues of products as last read, each with what it was read as.
#[derive(Debug, Default)]
pub(crate) struct Known(Mutex<HashMap<String, (releases::Stamp, Arc<Catalogue>)>>);

/// Products whose catalogues are kept; with more, all are read anew.
const MOST: usize = 256;

/// The catalogue of a product, read anew only after something of it changed, wherever that was. Not
/// for transactions, whose changes nobody else may see yet. Unscoped: see [`load`].
pub(crate) async fn current(cx: &Cx, product: &str) -> Result<Option<Arc<Catalogue>>, Fault> {
    let memory = cx.memory::<Memory>()?;
    let known = || memory.catalogues.0.lock().unwrap_or_else(PoisonError::into_inner);
    // Before the catalogue: what changes while that is read is read again by the next one.
    let stamp = releases::stamp(&cx.db(), product).await?;
    if let Some((as_of, catalogue)) = known().get(product)
        && *as_of == stamp
    {
        return Ok(Some(Arc::clone(catalogue)));
    }
    let Some(read) = load(cx, product).await?.map(Arc::new) else { return Ok(None) };
    let mut known = known();
    if known.len() >= MOST && !known.contains_key(product) {
        known.clear();
    }
    known.insert(product.to_owned(), (stamp, Arc::clone(&read)));
    Ok(Some(read))
}

/// Reads the catalogue of a product; none if the product is not set up. Unscoped: what of it a client
/// may have is decided by its entitlement.
pub async fn load(cx: &Cx, product: &str) -> Result<Option<Catalogue>, Fault> {
    let db = cx.db();
    let Some(known) = products::known(&db, product).await? else { return Ok(None) };
    let mut files: BTreeMap<String, Vec<Artifact>> = BTreeMap::new();
    for file in artifacts::of_product(&db, product).await? {
        files.entry(file.release_id.clone()).or_default().push(file);
    }
    let mut texts: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for note in notes::of_product(&db, product).await? {
        texts.entry(note.release_id).or_default().insert(note.language, note.text);
    }
    let placed = placements::of_product(&db, product).await?;
    let all = releases::out(&db, product).await?.into_iter().map(|row| {
        Ok(Release {
            version: row.version.parse().map_err(Fault::internal)?,
            state: row.state,
            is_step: row.is_step,
            is_critical: row.is_critical,
            minimum_system: serde_json::from_str(&row.minimum_system).unwrap_or_default(),
            modules: row.modules.split_whitespace().map(str::to_owned).collect(),
            published_at: row.published_at.unwrap_or(i64::MAX),
            channels: placed
                .iter()
                .filter(|placement| placement.release_id == row.release_id)
                .map(|placement| placement.channel.clone())
                .collect(),
            notes: texts.remove(&row.release_id).unwrap_or_default(),
            artifacts: files.remove(&row.release_id).unwrap_or_default(),
            release_id: row.release_id,
        })
    });
    Ok(Some(Catalogue {
        product_code: known.product_code,
        seed: known.seed,
        releases: all.collect::<Result<_, Fault>>()?,
        rollouts: rollouts::of_product(&db, product)
            .await?
            .into_iter()
            .map(rollouts::Rollout::deciding)
            .collect(),
    }))
}

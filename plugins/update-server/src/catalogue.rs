//! Everything of a product that is or was out, as the rules of updates want it.

use std::collections::BTreeMap;

use plugin_api::{Cx, Fault};

use crate::domain::release::{Artifact, Catalogue, Release};
use crate::store::{artifacts, notes, placements, products, releases, rollouts};

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

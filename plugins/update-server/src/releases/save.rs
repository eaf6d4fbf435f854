//! The one way a release is written: from its pages, from the API, from the sample.

use std::collections::BTreeMap;

use plugin_api::contracts::licences;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, FaultKind, FieldProblem, Problem};

use super::body::{Draft, Offered, ReleaseBody, applied};
use crate::actor;
use crate::domain::release::State;
use crate::store::releases::{self, LABEL, Release};
use crate::store::{channels, notes, placements, products};

/// What came of it.
#[derive(Debug)]
pub(crate) enum Saved {
    /// It is written; this is its id.
    Written(String),
    /// It makes no sense.
    Refused(Vec<FieldProblem>),
    /// Somebody changed it meanwhile.
    Stale,
}

/// A release with its notes and channels; none if there is none in the caller's branch.
pub(crate) async fn found(cx: &Cx, release_id: &str) -> Result<Draft, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let release = releases::get(&db, scope, release_id).await?.ok_or_else(Problem::not_found)?;
    let notes = notes::of_release(&db, scope, release_id).await?;
    let placed = placements::of_release(&db, scope, release_id).await?;
    Ok(Draft {
        release,
        notes: notes.into_iter().map(|note| (note.language, note.text)).collect(),
        channels: placed.into_iter().map(|placement| placement.channel).collect(),
    })
}

/// What a release of this product may choose from; none if the product is not set up.
pub(crate) async fn offered(cx: &Cx, product: &str) -> Result<Option<Offered>, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    if products::get(&db, scope, product).await?.is_none() {
        return Ok(None);
    }
    let channels = channels::of_product(&db, scope, product).await?;
    Ok(Some(Offered {
        channels: channels.into_iter().map(|channel| channel.channel).collect(),
        modules: modules(cx, product).await?,
    }))
}

async fn modules(cx: &Cx, product: &str) -> Result<Option<Vec<String>>, Problem> {
    match cx.service(&licences::PRODUCTS, &()).await {
        Ok(known) => Ok(known
            .into_iter()
            .find(|known| known.code == product)
            .map(|known| known.modules.into_iter().map(|module| module.code).collect())),
        Err(fault) if fault.kind == FaultKind::Unavailable => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

/// Makes a draft of what `body` says. Inside a transaction it joins that one.
pub(crate) async fn create(cx: &Cx, body: &ReleaseBody) -> Result<Saved, Problem> {
    let product = body.prodotto.as_deref().unwrap_or_default();
    if product.is_empty() {
        return Ok(Saved::Refused(vec![FieldProblem::new("/prodotto", "field-required")]));
    }
    let Some(offered) = offered(cx, product).await? else {
        return Ok(Saved::Refused(vec![FieldProblem::new("/prodotto", "field-product-unset")]));
    };
    let empty = Draft {
        release: Release {
            release_id: cx.fresh_id(),
            product_code: product.to_owned(),
            version: String::new(),
            version_order: String::new(),
            state: State::Draft,
            is_step: false,
            is_critical: false,
            minimum_system: String::new(),
            modules: String::new(),
            published_at: None,
            yanked_at: None,
            yank_reason: String::new(),
            created_at: cx.now(),
            created_by: actor::name(cx),
            row_version: 1,
        },
        notes: BTreeMap::new(),
        channels: Vec::new(),
    };
    let after = match applied(body, empty, &offered) {
        Ok(after) => after,
        Err(errors) => return Ok(Saved::Refused(errors)),
    };
    let batch = Batch::new().and(releases::insertion(&after.release));
    let audit = audit("release.created", &after.release).after(ReleaseBody::from(&after));
    written(cx, batch, None, &after, audit).await
}

/// Writes what `body` makes of the release as it was read `before`.
pub(crate) async fn update(cx: &Cx, before: &Draft, body: &ReleaseBody) -> Result<Saved, Problem> {
    let offered = offered(cx, &before.release.product_code).await?.unwrap_or_default();
    let after = match applied(body, before.clone(), &offered) {
        Ok(after) if after == *before => {
            return Ok(Saved::Written(after.release.release_id));
        }
        Ok(after) => after,
        Err(errors) => return Ok(Saved::Refused(errors)),
    };
    let batch = Batch::new().and(releases::update(&after.release));
    let audit = audit("release.updated", &after.release)
        .before(ReleaseBody::from(before))
        .after(ReleaseBody::from(&after));
    written(cx, batch, Some(before), &after, audit).await
}

async fn written(
    cx: &Cx,
    mut batch: Batch,
    before: Option<&Draft>,
    after: &Draft,
    audit: Audit,
) -> Result<Saved, Problem> {
    let id = after.release.release_id.as_str();
    let gone = before.iter().flat_map(|before| before.notes.keys());
    for language in gone.filter(|language| !after.notes.contains_key(*language)) {
        batch = notes::writing(id, language, "").into_iter().fold(batch, Batch::and);
    }
    for (language, text) in &after.notes {
        batch = notes::writing(id, language, text).into_iter().fold(batch, Batch::and);
    }
    if before.is_none_or(|before| before.channels != after.channels) {
        batch = batch.and(placements::removal(id));
        let by = actor::name(cx);
        for channel in &after.channels {
            let place = (after.release.product_code.as_str(), id, channel.as_str());
            batch = batch.and(placements::placing(place, (cx.now(), &by)));
        }
    }
    match cx.db().batch(batch.audit(audit)).await {
        Ok(_) => Ok(Saved::Written(id.to_owned())),
        Err(fault) if fault.is_mismatch(LABEL) => Ok(Saved::Stale),
        Err(fault) if fault.is_unique("update_server_release") => {
            Ok(Saved::Refused(vec![FieldProblem::new("/versione", "field-release-taken")]))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What the audit calls a release.
pub(crate) fn audit(action: &str, release: &Release) -> Audit {
    Audit::of(action, &release.release_id)
        .named(format!("{} {}", release.product_code, release.version))
}

//! Hands out metadata files.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use plugin_api::time::parse_instant;
use plugin_api::{Cx, Fault, Problem};
use sha2::{Digest as _, Sha256};

use super::Entitled;
use super::advance::{advance, catalogue};
use super::state::State;
use crate::domain::tuf::address::MetadataFile;
use crate::domain::tuf::catalogue::NO_END;
use crate::domain::tuf::document::read;
use crate::domain::tuf::role::{Role, Targets};
use crate::domain::tuf::view::{View, find};
use crate::store::tuf::{documents, views};
use crate::store::{products, rollouts};

/// What has a version never changes. Private: the address may carry somebody's token.
const FOREVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The metadata file of this name (the last segment of the address, decoded). 404 for what is not
/// there or not for him: clients take the next root that answers 404 for the end of the roots.
pub async fn metadata(cx: &Cx, entitled: &Entitled, file: &str) -> Result<Response, Problem> {
    let bytes = bytes(cx, entitled, file).await?;
    let tag = format!("\"{}\"", plugin_api::hex(&Sha256::digest(&bytes)));
    let keep = if file == "timestamp.json" { ASK_AGAIN } else { FOREVER };
    let json = HeaderValue::from_static("application/json");
    let mut response =
        ([(header::CONTENT_TYPE, json), (header::CACHE_CONTROL, keep)], bytes).into_response();
    let tag = HeaderValue::try_from(tag).map_err(Fault::internal)?;
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

/// The bytes of the metadata file of this name, as [`metadata`] sends them.
pub async fn bytes(cx: &Cx, entitled: &Entitled, file: &str) -> Result<Vec<u8>, Problem> {
    let product = entitled.product_code.as_str();
    let (role, version) = match MetadataFile::read(file).ok_or_else(Problem::not_found)? {
        MetadataFile::Timestamp => {
            (Role::Timestamp.name().to_owned(), view(cx, entitled).await?.timestamp)
        }
        MetadataFile::Versioned { role, version } => (role, version),
    };
    let found = documents::get(&cx.db(), product, &role, version).await?;
    let bytes = found.ok_or_else(Problem::not_found)?;
    let is_channel = Role::ALL.into_iter().all(|top| top.name() != role);
    if is_channel && entitled.until < cx.now() && !is_within(&bytes, entitled.until)? {
        return Err(Problem::not_found());
    }
    Ok(bytes)
}

/// Whether a channel's document names no release published after `until`. What was signed for others
/// tells what their releases are called.
fn is_within(bytes: &[u8], until: i64) -> Result<bool, Fault> {
    let targets = read::<Targets>(bytes)?.body.targets;
    Ok(targets.values().all(|file| {
        let published = file.custom.get("published").and_then(|at| at.as_str());
        published.and_then(parse_instant).is_some_and(|at| at <= until)
    }))
}

/// What he sees. The view of those whose releases end where his do is made when the first of them
/// asks; where that would take a key that is kept elsewhere, he sees the next smaller one.
pub(super) async fn view(cx: &Cx, entitled: &Entitled) -> Result<View, Problem> {
    let product = entitled.product_code.as_str();
    let mut seen = views::of_product(&cx.db(), product).await?;
    if seen.views.is_empty() {
        return Err(Problem::not_found());
    }
    let mut until = NO_END;
    if entitled.until < cx.now() {
        let catalogue = catalogue(cx, product).await?;
        until = catalogue.canonical(entitled.until);
        if !seen.views.iter().any(|view| view.until == until) {
            make_view(cx, product, until).await?;
            seen = views::of_product(&cx.db(), product).await?;
        }
    }
    let reached = reached(cx, entitled, &seen.rollout_ids).await?;
    find(&seen.views, until, reached).cloned().ok_or_else(Problem::not_found)
}

async fn make_view(cx: &Cx, product: &str, until: i64) -> Result<(), Problem> {
    let state = State::load(cx, product).await?;
    if state.root.is_none_or(|(_, root)| !root.is_online(Role::Targets, &state.keyring)) {
        return Ok(());
    }
    cx.transaction(|tx| async move {
        let state = State::load(&tx, product).await?;
        if state.in_use.views.iter().any(|view| view.until == until) {
            return Ok(());
        }
        let catalogue = catalogue(&tx, product).await?;
        advance(&tx, state, &catalogue, Some(until)).await
    })
    .await
}

/// The rollouts that reached him, as bits.
async fn reached(cx: &Cx, entitled: &Entitled, ids: &[String]) -> Result<i64, Fault> {
    if ids.is_empty() {
        return Ok(0);
    }
    let (db, product) = (cx.db(), entitled.product_code.as_str());
    let seed = products::known(&db, product).await?.map(|known| known.seed).unwrap_or_default();
    let all = rollouts::of_product(&db, product).await?;
    let reaches = |id: &String| {
        let rollout = all.iter().find(|rollout| rollout.rollout_id == *id).cloned();
        rollout.is_some_and(|rollout| {
            rollout.deciding().reaches(&seed, entitled.installation.as_deref(), cx.now())
        })
    };
    let bits = ids.iter().enumerate().filter(|(_, id)| reaches(id));
    Ok(bits.map(|(bit, _)| 1 << bit).sum())
}

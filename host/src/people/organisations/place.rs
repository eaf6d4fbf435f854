//! Where a node may stand: which kinds go below which, and how deep.

use std::collections::BTreeMap;

use plugin_api::table::fold;
use plugin_api::{Cx, Fault};

use super::Kind;
use crate::store::organisations::{self as store, Organisation};

/// How many nodes lie on the way from the root to the deepest one that is no customer, both
/// included. A customer below it still fits into the column of the paths.
pub const DEEPEST: usize = 30;

/// What is wrong with putting a node of `kind`, which makes a branch of `height` levels, below the
/// node `parent_id`: a field and a text key.
pub(super) async fn objection(
    cx: &Cx,
    kind: Kind,
    height: usize,
    parent_id: &str,
) -> Result<Option<(&'static str, &'static str)>, Fault> {
    let found = store::find(&cx.db(), cx.scope(), parent_id).await?;
    let Some(parent) = found else { return Ok(Some(("parent", "field-option"))) };
    Ok(refused(kind, height, &parent).map(|key| ("parent", key)))
}

/// Why a branch of `height` levels with a top of `kind` may not stand below `parent`: a text key.
fn refused(kind: Kind, height: usize, parent: &Organisation) -> Option<&'static str> {
    match Kind::of(parent) {
        None => Some("field-option"),
        Some(above) if !kind.may_stand_below(above) => Some("organisation-kind-not-below"),
        Some(_) if parent.depth() + height > DEEPEST => Some("organisation-too-deep"),
        Some(_) => None,
    }
}

/// How many levels the branch of `node` has that are no customers.
pub(super) async fn height(cx: &Cx, node: &Organisation) -> Result<usize, Fault> {
    let longest = store::counts(&cx.db(), cx.scope(), node).await?.longest;
    let step = "00000000000070008000000000000001/".len();
    let longest = usize::try_from(longest).unwrap_or_default();
    Ok(longest.saturating_sub(node.path.len()) / step + 1)
}

/// A node something may be put below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub organisation_id: String,
    /// Its name after those of the nodes above it that the caller sees.
    pub way: String,
}

/// Where a new node may be put; which kinds, is told by the refusal.
pub async fn places(cx: &Cx) -> Result<Vec<Place>, Fault> {
    chosen(cx, |place| refused(Kind::Agent, 1, place).is_none()).await
}

/// The nodes `node` may be moved below.
pub async fn places_for(cx: &Cx, node: &Organisation) -> Result<Vec<Place>, Fault> {
    let Some(kind) = Kind::of(node) else { return Ok(Vec::new()) };
    let height = height(cx, node).await?;
    let may_hold = |place: &Organisation| {
        !place.path.starts_with(&node.path)
            && node.parent_id.as_deref() != Some(place.organisation_id.as_str())
            && refused(kind, height, place).is_none()
    };
    chosen(cx, may_hold).await
}

/// The nodes of the caller's branch that `may_hold` accepts, each behind the one above it.
async fn chosen(cx: &Cx, may_hold: impl Fn(&Organisation) -> bool) -> Result<Vec<Place>, Fault> {
    let nodes = store::choices(&cx.db(), cx.scope(), "").await?;
    // Those above come first, so the way to a node is known before its own.
    let mut ways: BTreeMap<&str, String> = BTreeMap::new();
    for node in &nodes {
        let above = node.parent_id.as_deref().and_then(|id| ways.get(id));
        let way = above.map_or(node.name.clone(), |above| format!("{above} › {}", node.name));
        ways.insert(&node.organisation_id, way);
    }
    let accepted = nodes.iter().filter(|node| may_hold(node));
    let place = |node: &Organisation| Place {
        organisation_id: node.organisation_id.clone(),
        way: ways.get(node.organisation_id.as_str()).cloned().unwrap_or_default(),
    };
    let mut places: Vec<Place> = accepted.map(place).collect();
    places.sort_by_cached_key(|place| fold(&place.way));
    Ok(places)
}

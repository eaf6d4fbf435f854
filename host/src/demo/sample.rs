//! Has every enabled plugin fill itself with sample data, those it requires first.

use std::collections::BTreeSet;
use std::sync::Arc;

use plugin_api::Fault;
use plugin_api::manifest::Manifest;
use serde_json::{Map, Value, json};

use super::people::Nodes;
use crate::state::{State, system_caller};

/// What the plugins tell of their samples, merged; each is told the nodes of the tree by their
/// level, and where the demo answers.
pub(super) async fn fill(
    state: &Arc<State>,
    nodes: &Nodes,
    scale: Option<u32>,
    url: &str,
) -> Result<Map<String, Value>, Fault> {
    let asked = serde_json::to_vec(&json!({ "organisations": nodes, "scale": scale, "url": url }))?;
    let mut told = Map::new();
    for id in in_order(&state.registry.enabled()) {
        let caller = system_caller("demo");
        let answer = state.registry.call(state, &id, caller, 0, "sample", asked.clone()).await;
        let answer = answer.map_err(|mut fault| {
            fault.message = format!("the samples of {id} could not be made: {}", fault.message);
            fault
        })?;
        if let Value::Object(members) = serde_json::from_slice(&answer)? {
            told.extend(members);
        }
    }
    Ok(told)
}

/// The ids of the plugins that have samples, each after those it requires.
fn in_order(manifests: &[Arc<Manifest>]) -> Vec<String> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for manifest in manifests {
        visit(manifest, manifests, &mut seen, &mut order);
    }
    order
}

fn visit<'a>(
    manifest: &'a Manifest,
    all: &'a [Arc<Manifest>],
    seen: &mut BTreeSet<&'a str>,
    order: &mut Vec<String>,
) {
    if !seen.insert(&manifest.id) {
        return;
    }
    for required in &manifest.requires {
        if let Some(required) = all.iter().find(|other| other.id == *required) {
            visit(required, all, seen, order);
        }
    }
    if manifest.has_sample {
        order.push(manifest.id.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(id: &str, requires: &[&str]) -> Arc<Manifest> {
        Arc::new(Manifest {
            id: id.to_owned(),
            requires: requires.iter().map(|id| (*id).to_owned()).collect(),
            has_sample: id != "plain",
            ..Manifest::default()
        })
    }

    #[test]
    fn what_a_plugin_requires_comes_first() {
        let all = [
            manifest("a", &["c", "missing"]),
            manifest("b", &["a"]),
            manifest("c", &["plain"]),
            manifest("plain", &[]),
        ];
        assert_eq!(in_order(&all), ["c", "a", "b"]);
    }

    #[test]
    fn plugins_that_require_each_other_come_to_an_end() {
        assert_eq!(in_order(&[manifest("a", &["b"]), manifest("b", &["a"])]), ["b", "a"]);
    }
}

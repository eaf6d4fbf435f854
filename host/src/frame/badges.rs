//! How many things wait behind an entry of the menu, as its plugin counts them for who is asking.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use plugin_api::Cx;

use super::menu::{MenuItem, MenuSection};
use crate::state::State;

/// How long a page waits for a count: without it the menu serves as well.
const DEADLINE: Duration = Duration::from_millis(400);

/// The menu with its counts, asked for all at once. An entry whose plugin fails or is slow shows
/// none.
pub(super) async fn counted(
    state: &Arc<State>,
    cx: &Cx,
    mut menu: Vec<MenuSection>,
) -> Vec<MenuSection> {
    let items = menu.iter_mut().flat_map(|section| &mut section.items);
    join_all(items.map(async |item: &mut MenuItem| match item.tabs.as_mut_slice() {
        [] => item.badge = waiting(state, cx, item).await,
        tabs => {
            let counts = join_all(tabs.iter().map(|tab| waiting(state, cx, tab))).await;
            for (tab, count) in tabs.iter_mut().zip(&counts) {
                tab.badge = *count;
            }
            item.badge = counts.iter().sum();
        }
    }))
    .await;
    menu
}

/// What waits behind one entry alone.
async fn waiting(state: &Arc<State>, cx: &Cx, item: &MenuItem) -> i64 {
    match &item.counted {
        Some((plugin, path)) => count(state, cx, plugin, path).await,
        None => 0,
    }
}

async fn count(state: &Arc<State>, cx: &Cx, plugin: &str, path: &str) -> i64 {
    let (caller, name) = (cx.caller().clone(), format!("badge:{path}"));
    let counting = state.registry.call(state, plugin, caller, 0, &name, b"null".to_vec());
    let told = match tokio::time::timeout(DEADLINE, counting).await {
        Ok(Ok(bytes)) => serde_json::from_slice(&bytes).ok(),
        Ok(Err(fault)) => {
            tracing::warn!(plugin, path, error = %fault, "A menu entry could not be counted.");
            None
        }
        Err(_) => {
            tracing::warn!(plugin, path, "A menu entry was counted too slowly.");
            None
        }
    };
    told.unwrap_or_default()
}

//! What plugins tell of a customer, taken in once.

use plugin_api::contracts::timeline::Entry;
use plugin_api::lent::Event;
use plugin_api::{Cx, Fault};

use crate::store;

/// Keeps the line an event tells; the event's id is the line's, so that it is kept once.
pub(crate) async fn hear(cx: Cx, event: Event) -> Result<(), Fault> {
    let mut entry: Entry = serde_json::from_value(event.payload)?;
    if !is_path(&entry.path) {
        entry.path.clear();
    }
    cx.db().execute(store::timeline::entry(&event.event_id, &entry)).await.map(drop)
}

/// Whether it is a path of the cockpit: a plugin cannot send readers elsewhere.
fn is_path(path: &str) -> bool {
    path.starts_with("/crm/") && !path.contains(['\\', '\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::is_path;

    #[test]
    fn a_line_leads_nowhere_but_into_the_cockpit() {
        assert!(is_path("/crm/licences/1"));
        for wrong in ["", "//evil.example", "https://evil.example", "javascript:x", "/crm/\\x"] {
            assert!(!is_path(wrong), "{wrong}");
        }
    }
}

//! What the search across the cockpit finds here.

use plugin_api::table::Hits;
use serde_json::json;

use crate::on_each;

#[test]
fn licences_are_found_within_the_branch() {
    on_each(|shop| {
        for _ in 0..6 {
            shop.issue(&json!({}));
        }
        let search = |client: &plugin_testing::Client, words: &str| -> Hits {
            let told = shop.harness.call("search:0", client.caller(), json!(words));
            serde_json::from_value(told.expect("hits")).expect("hits")
        };
        let hits = search(&shop.seller(), "bianchi");
        assert_eq!((hits.rows.len(), hits.more, hits.title.as_str()), (5, true, "Licences"));
        assert_eq!(hits.href, "/crm/licences?q=bianchi");
        assert!(hits.rows.iter().all(|hit| hit.href.starts_with("/crm/licences/")), "{hits:?}");
        assert!(hits.rows.iter().all(|hit| hit.detail.contains("Bianchi & Figli")), "{hits:?}");
        assert!(search(&shop.seller(), "nobody").rows.is_empty());
        assert!(search(&shop.sibling(), "bianchi").rows.is_empty());
    });
}

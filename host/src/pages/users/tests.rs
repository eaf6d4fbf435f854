//! What administrators do about the tokens of others, on every database.

use serde_json::Value as Json;

use crate::store::organisations::ROOT;
use crate::testing::cockpits;

#[tokio::test]
async fn tokens_of_people_in_the_branch_are_seen_and_revoked() {
    for cockpit in cockpits().await {
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let sud = cockpit.node(ROOT, "reseller", "Sud").await;
        let (_, rita) = cockpit.user(&nord, "reseller", "rita@example.org").await;
        let (_, saul) = cockpit.user(&sud, "reseller", "saul@example.org").await;
        let (ann_id, ann) = cockpit.user(&nord, "agent", "ann@example.org").await;
        let page = format!("/system/users/{ann_id}");
        let shown = cockpit.call(&rita, "GET", &page, Json::Null).await.expect(200).text;
        let prefix = ann.split('_').nth(1).unwrap_or_default();
        assert!(shown.contains(prefix) && !shown.contains(&ann), "{shown}");
        let revoke = shown.split('"').find(|part| part.ends_with("/revoke")).expect("a form");
        let form = || Json::from("");
        cockpit.call(&saul, "POST", revoke, form()).await.expect(404);
        cockpit.call(&rita, "POST", revoke, form()).await.expect(303);
        cockpit.call(&ann, "GET", "/api/admin/token", Json::Null).await.expect(401);
        let end = format!("{page}/sessions/end");
        cockpit.call(&saul, "POST", &end, form()).await.expect(404);
        cockpit.call(&rita, "POST", &end, form()).await.expect(303);
    }
}

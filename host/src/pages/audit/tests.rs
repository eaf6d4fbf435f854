//! The log as people read it, on every database.

use plugin_api::db::{Audit, Batch};
use serde_json::{Value as Json, json};

use crate::store::organisations::ROOT;
use crate::testing::{Cockpit, cockpits};

async fn rows(cockpit: &Cockpit, token: &str, query: &str) -> Vec<Json> {
    let path = format!("/system/audit/export?format=json&columns=action,object_id&{query}");
    let reply = cockpit.call(token, "GET", &path, Json::Null).await.expect(200);
    reply.json.as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_row_shows_what_changed_without_secrets_and_leads_to_its_object() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let cx = cockpit.of(ROOT).await;
        let audit = Audit::of("role.changed", "agent")
            .named("Agent")
            .before(json!({ "colour": "red", "size": 1, "password": "hunter2" }))
            .after(json!({ "colour": "blue", "size": 1, "password": "hunter3" }));
        cx.db().batch(Batch::new().audit(audit)).await.expect("written");
        let list = cockpit.call(&ada, "GET", "/system/audit?action=role", Json::Null).await;
        let list = list.expect(200).text;
        let row = list.split("href=\"/system/audit/").find(|rest| rest.starts_with('0'));
        let id = row.and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
        let page = cockpit.call(&ada, "GET", &format!("/system/audit/{id}"), Json::Null).await;
        let page = page.expect(200).text;
        assert!(page.contains("red") && page.contains("blue"), "{page}");
        assert!(!page.contains("hunter") && page.contains("***"), "{page}");
        assert!(!page.contains("size"), "what did not change is not shown: {page}");
        assert!(page.contains("href=\"/system/roles/agent\""), "{page}");
        assert!(page.contains("Not sealed yet"), "{page}");
    }
}

#[tokio::test]
async fn a_branch_reads_only_its_own_rows() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let sud = cockpit.node(ROOT, "reseller", "Sud").await;
        let (_, rita) = cockpit.user(&nord, "reseller", "rita@example.org").await;
        let cx = cockpit.of(ROOT).await;
        for node in [&nord, &sud, ROOT] {
            let audit = Audit::of("canary.sung", node).in_organisation(node);
            cx.db().batch(Batch::new().audit(audit)).await.expect("written");
        }
        assert_eq!(rows(&cockpit, &ada, "action=canary").await.len(), 3);
        let own = rows(&cockpit, &rita, "action=canary").await;
        assert_eq!(own.len(), 1, "{own:?}");
        assert!(own[0].to_string().contains(&nord));
    }
}

#[tokio::test]
async fn names_are_found_without_their_accents_and_only_the_vendor_replays_the_chain() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let (_, rita) = cockpit.user(&nord, "reseller", "rita@example.org").await;
        let cx = cockpit.of(ROOT).await;
        let audit = Audit::of("canary.sung", &nord).named("Niccolò È").in_organisation(&nord);
        cx.db().batch(Batch::new().audit(audit)).await.expect("written");
        for query in ["q=niccolo", "object=NICCOL%C3%92", "q=niccol%C3%B2+e"] {
            assert_eq!(rows(&cockpit, &ada, query).await.len(), 1, "{query}");
        }
        let erasing = crate::audit::erase(Batch::new(), cx.scope(), &nord);
        cx.db().batch(erasing).await.expect("erased");
        assert!(rows(&cockpit, &ada, "q=niccolo").await.is_empty(), "nothing is left of it");
        let verify = |token: String| {
            let cockpit = &cockpit;
            async move { cockpit.call(&token, "POST", "/system/audit/verify", Json::Null).await }
        };
        verify(ada.clone()).await.expect(303);
        verify(rita.clone()).await.expect(403);
        let page = cockpit.call(&rita, "GET", "/system/audit", Json::Null).await.expect(200);
        assert!(!page.text.contains("audit/verify"), "{}", page.text);
    }
}

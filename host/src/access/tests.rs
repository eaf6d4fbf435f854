//! What is noted, who sees it, and how long it stays.

use serde_json::Value as Json;

use super::{Entry, Kind, note};
use crate::store::access as store;
use crate::store::organisations::ROOT;
use crate::testing::{Cockpit, cockpits};

async fn rows(cockpit: &Cockpit, token: &str, query: &str) -> Vec<Json> {
    cockpit.state.behind.flush().await;
    let path = format!("/system/access/export?format=json&{query}");
    let reply = cockpit.call(token, "GET", &path, Json::Null).await.expect(200);
    reply.json.as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_branch_sees_its_own_and_unknown_accounts_belong_to_the_root() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let (_, rita) = cockpit.user(&nord, "reseller", "rita@example.org").await;
        let typed = format!("x\r\n<b>{}", "y".repeat(400));
        note(
            &cockpit.state,
            Entry {
                kind: Kind::SignInFailed,
                name_or_email: typed,
                agent: "curl/8".to_owned(),
                ..Entry::default()
            },
        );
        note(
            &cockpit.state,
            Entry {
                kind: Kind::SignedIn,
                organisation_id: nord.clone(),
                name_or_email: "rita@example.org".to_owned(),
                ..Entry::default()
            },
        );
        let failed = rows(&cockpit, &ada, "kind=sign_in_failed").await;
        assert_eq!(failed.len(), 1, "{failed:?}");
        let who = failed[0].to_string();
        assert!(who.contains("x<b>y") && !who.contains("\\n"), "{who}");
        assert_eq!(rows(&cockpit, &rita, "kind=sign_in_failed").await.len(), 0);
        assert_eq!(rows(&cockpit, &rita, "kind=signed_in").await.len(), 1);
        let page = cockpit.call(&rita, "GET", "/system/access", Json::Null).await.expect(200);
        assert!(page.text.contains("rita@example.org"), "{}", page.text);
        let db = cockpit.state.system("test").db();
        let now = cockpit.state.now();
        assert_eq!(db.execute(store::purge(now - 60_000)).await.unwrap(), 0);
        assert!(db.execute(store::purge(now + 60_000)).await.unwrap() >= 2);
    }
}

#[tokio::test]
async fn a_token_is_noted_once_an_hour_and_a_guess_as_well() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        for _ in 0..3 {
            cockpit.call(&ada, "GET", "/system/audit", Json::Null).await.expect(200);
            let wrong = format!("{ada}x");
            cockpit.call(&wrong, "GET", "/system/audit", Json::Null).await.expect(401);
            let guess = format!("cpk_0123abcd_{}", "a".repeat(43));
            cockpit.call(&guess, "GET", "/system/audit", Json::Null).await.expect(401);
        }
        let used = rows(&cockpit, &ada, "kind=token_used").await;
        assert_eq!(used.len(), 1, "{used:?}");
        assert!(!used[0].to_string().contains(&ada), "never the token");
        assert_eq!(rows(&cockpit, &ada, "kind=token_refused").await.len(), 1);
    }
}

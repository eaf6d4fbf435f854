//! Tokens as software meets them, and how far they reach.

use serde_json::{Value as Json, json};

use crate::people::{NewToken, tokens};
use crate::store::organisations::ROOT;
use crate::testing::cockpits;

const PATH: &str = "/api/admin/token";

#[tokio::test]
async fn a_token_lists_and_revokes_but_makes_no_other() {
    for cockpit in cockpits().await {
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let (_, bob) = cockpit.user(ROOT, "agent", "bob@example.org").await;
        let list = cockpit.call(&ada, "GET", PATH, Json::Null).await.expect(200);
        let own = &list.json["dati"][0];
        assert_eq!(list.json["dati"].as_array().map(Vec::len), Some(1), "{}", list.text);
        assert_eq!((&own["permessi"], &own["scade"]), (&Json::Null, &Json::Null));
        assert!(!list.text.contains(&ada) && !list.text.contains("secret"));
        let body = json!({ "nome": "x", "permessi": ["host:audit"] });
        cockpit.call(&ada, "POST", PATH, body).await.expect(403);
        let at = format!("{PATH}/{}", own["id"].as_str().unwrap_or_default());
        cockpit.call(&bob, "DELETE", &at, Json::Null).await.expect(404);
        cockpit.call(&ada, "DELETE", &at, Json::Null).await.expect(204);
        cockpit.call(&ada, "GET", PATH, Json::Null).await.expect(401);
        cockpit.call("", "GET", PATH, Json::Null).await.expect(401);
    }
}

#[tokio::test]
async fn a_token_of_a_branch_sees_that_branch_while_it_is_its_owners() {
    for cockpit in cockpits().await {
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let below = cockpit.node(&nord, "sub_company", "Filiale").await;
        let sud = cockpit.node(ROOT, "reseller", "Sud").await;
        let (rita, _) = cockpit.user(&nord, "reseller", "rita@example.org").await;
        let cx = cockpit.of(ROOT).await;
        let new = |branch: &str| NewToken {
            user_id: rita.clone(),
            name: "shop".to_owned(),
            branch_id: branch.to_owned(),
            ..NewToken::default()
        };
        let wrong = tokens::create(&cockpit.state, &cx, &new(&sud)).await.unwrap_err();
        assert_eq!(wrong.status().as_u16(), 422, "not below its owner");
        let made = tokens::create(&cockpit.state, &cx, &new(&below)).await;
        let (_, token) = made.expect("a token");
        let path = "/api/admin/agent";
        let list = cockpit.call(&token, "GET", path, Json::Null).await.expect(200);
        assert!(list.text.contains("Filiale") && !list.text.contains("Nord\""), "{}", list.text);
        let moving = plugin_api::db::Batch::new().move_organisation(&below, &sud);
        cx.db().batch(moving).await.expect("moved");
        cockpit.call(&token, "GET", path, Json::Null).await.expect(401);
    }
}

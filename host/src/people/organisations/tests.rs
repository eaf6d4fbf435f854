//! Moves, suspensions and deletions as every database keeps them.

use plugin_api::db::{Batch, NewOrganisation, Statement};
use plugin_api::{Cx, Problem, Scope};

use super::{Change, NewNode, Refusal, change, create, delete, find, places_for};
use crate::store::organisations::{self as store, Organisation, ROOT};
use crate::testing::{Cockpit, cockpits};

async fn node(cx: &Cx, id: &str) -> Organisation {
    find(cx, id).await.expect("a node")
}

async fn moved(cx: &Cx, id: &str, parent: &str) -> Result<(), Refusal> {
    let node = node(cx, id).await;
    let to = Change { parent_id: Some(parent.to_owned()), ..Change::default() };
    change(cx, &node, &to).await
}

async fn suspended(cx: &Cx, id: &str, suspended: bool) -> Result<(), Refusal> {
    let node = node(cx, id).await;
    let to = Change { suspended: Some(suspended), ..Change::default() };
    change(cx, &node, &to).await
}

/// The text key, or the stable code, of a refusal.
fn why(outcome: Result<(), Refusal>) -> String {
    match outcome.expect_err("a refusal") {
        Refusal::Fields(fields) => fields.first().map_or("", |(_, key)| key).to_owned(),
        other => Problem::from(other).codice().to_owned(),
    }
}

/// A chain of `length` sub-companies below `top`; answers the last one's id.
async fn chain(cockpit: &Cockpit, top: &str, length: usize) -> String {
    let mut last = top.to_owned();
    for level in 0..length {
        last = cockpit.node(&last, "sub_company", &format!("Level {level}")).await;
    }
    last
}

#[tokio::test]
async fn a_branch_moves_with_everything_below_it() {
    for cockpit in cockpits().await {
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let sud = cockpit.node(ROOT, "reseller", "Sud").await;
        let sub = cockpit.node(&nord, "sub_company", "Sub").await;
        let deep = chain(&cockpit, &sub, 5).await;
        let agent = cockpit.node(&deep, "agent", "Agent").await;
        let before = cockpit.of(&nord).await;
        let cx = cockpit.of(ROOT).await;
        assert_eq!(why(moved(&cx, &sub, &deep).await), "organisation-into-itself");
        assert_eq!(why(moved(&cx, &sub, &sub).await), "organisation-into-itself");
        assert_eq!(why(moved(&cx, &sub, &agent).await), "organisation-into-itself");
        assert_eq!(why(moved(&cx, &nord, &sub).await), "organisation-into-itself");
        assert_eq!(why(moved(&cx, &sud, &sub).await), "organisation-kind-not-below");
        assert_eq!(why(moved(&cx, ROOT, &nord).await), "organisation_root");
        let untouched = node(&cx, &sub).await;
        moved(&cx, &sub, &nord).await.expect("where it stands already");
        assert_eq!(node(&cx, &sub).await, untouched);
        let target = node(&cx, &sud).await.path;
        moved(&cx, &sub, &sud).await.expect("a move");
        let below = node(&cx, &agent).await;
        assert!(below.path.starts_with(&target), "{}", below.path);
        assert_eq!(below.depth(), 9);
        assert_eq!(node(&cx, &sub).await.version, untouched.version + 1);
        assert!(find(&before, &agent).await.is_err(), "gone from the old branch");
        let after = cockpit.of(&sud).await;
        assert!(find(&after, &agent).await.is_ok(), "there in the new one");
        assert_eq!(why(moved(&after, &sub, &nord).await), "field-option", "outside the branch");
        assert_eq!(why(moved(&after, &sud, &sub).await), "organisation_own");
        // The statements refuse what the rules would have refused: plugins move nodes by them.
        for (id, parent) in [(&sub, &sub), (&sub, &agent), (&sub, &deep)] {
            let forced = Batch::new().move_organisation(id, parent);
            assert!(cx.db().batch(forced).await.unwrap_err().is_mismatch("organisation"));
        }
        let uprooted = Batch::new().move_organisation(ROOT, &nord);
        assert!(cx.db().batch(uprooted).await.unwrap_err().is_mismatch("organisation"));
        let same = Batch::new().move_organisation(&sub, &sud);
        cx.db().batch(same).await.expect("where it stands already");
        assert_eq!(node(&cx, &agent).await, below);
    }
}

#[tokio::test]
async fn two_moves_at_once_make_no_circle() {
    for cockpit in cockpits().await {
        let cx = cockpit.of(ROOT).await;
        for round in 0..5 {
            let one = cockpit.node(ROOT, "sub_company", &format!("One {round}")).await;
            let other = cockpit.node(ROOT, "sub_company", &format!("Other {round}")).await;
            let (first, second) = tokio::join!(moved(&cx, &one, &other), moved(&cx, &other, &one));
            assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
            let (one, other) = (node(&cx, &one).await, node(&cx, &other).await);
            assert_ne!(one.path.starts_with(&other.path), other.path.starts_with(&one.path));
        }
    }
}

#[tokio::test]
async fn the_tree_has_thirty_levels_and_customers_below() {
    for cockpit in cockpits().await {
        let deepest = chain(&cockpit, ROOT, super::DEEPEST - 1).await;
        let cx = cockpit.of(ROOT).await;
        let new = NewNode {
            name: "Too deep".to_owned(),
            kind: "agent".to_owned(),
            parent_id: deepest.clone(),
        };
        assert_eq!(why(create(&cx, &new).await.map(drop)), "organisation-too-deep");
        let customer = |parent: &str| NewOrganisation {
            organisation_id: cx.fresh_id(),
            parent_id: parent.to_owned(),
            kind: "customer".to_owned(),
            name: "Customer".to_owned(),
        };
        let leaf = customer(&deepest);
        let leaf_id = leaf.organisation_id.clone();
        cx.db().batch(Batch::new().organisation(leaf)).await.expect("it fits");
        let below = Batch::new().organisation(customer(&leaf_id));
        assert!(cx.db().batch(below).await.unwrap_err().is_mismatch("organisation"));
        let branch = cockpit.node(ROOT, "sub_company", "Branch").await;
        cockpit.node(&branch, "agent", "Below").await;
        assert_eq!(why(moved(&cx, &branch, &deepest).await), "organisation-too-deep");
        let forced = Batch::new().move_organisation(&branch, &leaf_id);
        assert!(cx.db().batch(forced).await.unwrap_err().is_mismatch("organisation"));
        let places = places_for(&cx, &node(&cx, &branch).await).await.expect("places");
        assert_eq!(places.len(), super::DEEPEST - 3, "not where it stands, not too deep");
    }
}

#[tokio::test]
async fn a_suspended_node_bars_everybody_below_it() {
    for cockpit in cockpits().await {
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let sub = cockpit.node(&nord, "sub_company", "Sub").await;
        let (_, above) = cockpit.user(&nord, "reseller", "above@example.org").await;
        let (_, below) = cockpit.user(&sub, "sub-company", "below@example.org").await;
        let asks = async |token: &str| {
            let path = "/api/admin/agent";
            cockpit.call(token, "GET", path, serde_json::Value::Null).await.status.as_u16()
        };
        assert_eq!((asks(&above).await, asks(&below).await), (200, 200));
        let cx = cockpit.of(ROOT).await;
        suspended(&cx, &sub, true).await.expect("suspended");
        assert_eq!((asks(&above).await, asks(&below).await), (200, 401));
        suspended(&cx, &nord, true).await.expect("suspended");
        suspended(&cx, &sub, false).await.expect("resumed");
        assert_eq!((asks(&above).await, asks(&below).await), (401, 401), "by the node above");
        let db = cx.db();
        assert!(store::is_suspended(&db, cx.scope(), &sub).await.expect("readable"));
        assert!(!store::is_suspended(&db, &Scope::nothing(), &sub).await.expect("readable"));
        suspended(&cx, &nord, false).await.expect("resumed");
        assert_eq!((asks(&above).await, asks(&below).await), (200, 200));
        let own = cockpit.of(&nord).await;
        assert_eq!(why(suspended(&own, &nord, true).await), "organisation_own");
        assert_eq!(why(suspended(&cx, ROOT, true).await), "organisation_root");
    }
}

#[tokio::test]
async fn only_an_empty_node_is_deleted_and_only_as_it_was_seen() {
    for cockpit in cockpits().await {
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let sub = cockpit.node(&nord, "sub_company", "Sub").await;
        let cx = cockpit.of(ROOT).await;
        let outcome = delete(&cx, &node(&cx, &nord).await).await;
        assert_eq!(why(outcome), "organisation_not_empty");
        let (user, _) = cockpit.user(&sub, "agent", "a@example.org").await;
        let outcome = delete(&cx, &node(&cx, &sub).await).await;
        assert_eq!(why(outcome), "organisation_not_empty");
        let gone = Statement::new("delete from host_user where user_id = ?");
        cx.db().execute(gone.bind(user)).await.expect("deleted");
        let seen = node(&cx, &sub).await;
        let name = Change { name: Some(" Renamed ".to_owned()), ..Change::default() };
        change(&cx, &seen, &name).await.expect("renamed");
        assert_eq!(node(&cx, &sub).await.name, "Renamed");
        assert!(matches!(
            change(&cx, &seen, &Change { name: Some("Late".to_owned()), ..name.clone() }).await,
            Err(Refusal::Stale)
        ));
        assert!(matches!(delete(&cx, &seen).await, Err(Refusal::Stale)));
        delete(&cx, &node(&cx, &sub).await).await.expect("deleted");
        assert!(find(&cx, &sub).await.is_err());
        let told = Statement::new(
            "select count(*) from host_audit where action like 'organisation.%' and object_id = ?",
        );
        assert_eq!(cx.db().scalar(told.bind(sub)).await.expect("an audit"), 3);
    }
}

#[tokio::test]
async fn a_branch_does_not_reach_beyond_itself() {
    for cockpit in cockpits().await {
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let sud = cockpit.node(ROOT, "reseller", "Sud").await;
        let agent = cockpit.node(&sud, "agent", "Agent").await;
        let cx = cockpit.of(&nord).await;
        let (db, scope) = (cx.db(), cx.scope());
        let foreign = node(&cockpit.of(ROOT).await, &sud).await;
        assert!(store::find(&db, scope, &sud).await.expect("readable").is_none());
        assert_eq!(store::tree(&db, scope, 100).await.expect("readable").len(), 1);
        assert_eq!(store::choices(&db, scope, &sud).await.expect("readable").len(), 1);
        assert!(store::below(&db, scope, &sud).await.expect("readable").is_empty());
        assert_eq!(store::counts(&db, scope, &foreign).await.expect("readable").organisations, 0);
        for statement in [
            store::touching(scope, &sud, foreign.version, 1),
            store::naming(scope, &sud, "x"),
            store::standing(scope, &sud, Some(1)),
            store::deletion(scope, &agent, 1),
        ] {
            let batch = Batch::new().and(statement);
            assert!(db.batch(batch).await.is_err());
        }
        let pulled = Batch::new().move_organisation(&agent, &nord);
        assert!(db.batch(pulled).await.unwrap_err().is_mismatch("organisation"));
        let pushed = Batch::new().move_organisation(&nord, &sud);
        assert!(db.batch(pushed).await.unwrap_err().is_mismatch("organisation"));
    }
}

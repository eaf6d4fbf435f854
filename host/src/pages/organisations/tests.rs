//! The pages of the tree as a browser meets them.

use plugin_api::Catalogue;
use serde_json::{Value as Json, json};

use super::list::spec;
use crate::store::organisations::ROOT;
use crate::testing::{Cockpit, Reply, cockpits};

const TREE: &str = "/system/organisations";

async fn page(cockpit: &Cockpit, token: &str, path: &str) -> Reply {
    // A form without fields, because only that says it wants a page.
    let reply = cockpit.call(token, "GET", path, json!("")).await;
    assert!(!reply.text.contains('⟦'), "a text is missing: {}", reply.text);
    reply
}

async fn send(cockpit: &Cockpit, token: &str, path: &str, form: &str) -> Reply {
    cockpit.call(token, "POST", path, Json::String(form.to_owned())).await
}

#[test]
fn the_list_is_described_without_mistakes() {
    let texts: plugin_api::lang::Sources = &[
        ("en", include_str!("../../../locales/en.ftl")),
        ("en", include_str!("../../../locales/organisations.en.ftl")),
    ];
    assert_eq!(spec().mistakes(&Catalogue::new(texts).lang("en")), Vec::<String>::new());
}

#[tokio::test]
async fn the_tree_shows_the_branch_its_counts_and_what_is_suspended() {
    for cockpit in cockpits().await {
        let nord = cockpit.node(ROOT, "reseller", "Nord <b>").await;
        let sub = cockpit.node(&nord, "sub_company", "Filiale").await;
        cockpit.node(&sub, "agent", "Agente").await;
        cockpit.node(ROOT, "reseller", "Sud").await;
        let (_, token) = cockpit.user(&nord, "reseller", "nord@example.org").await;
        cockpit.user(&sub, "agent", "bob@example.org").await;
        let tree = page(&cockpit, &token, TREE).await.expect(200).text;
        assert!(tree.contains("Nord &#60;b&#62;") && !tree.contains("Sud"), "{tree}");
        assert!(tree.contains("2 people") && tree.contains("2 organisations below"));
        let found = page(&cockpit, &token, &format!("{TREE}?q=agen")).await.expect(200).text;
        assert!(found.contains("Agente") && found.contains("Filiale"));
        let none = page(&cockpit, &token, &format!("{TREE}?q=zzz")).await.expect(200).text;
        assert!(none.contains("No organisation is called like that"));
        send(&cockpit, &token, &format!("{TREE}/{sub}/suspend"), "version=1").await.expect(303);
        let tree = page(&cockpit, &token, TREE).await.expect(200).text;
        assert!(tree.contains("Suspended from above"), "{tree}");
        let list = page(&cockpit, &token, &format!("{TREE}/list?stato=sospesa")).await.expect(200);
        assert!(list.text.contains("Filiale") && !list.text.contains("Nord &#60;b&#62;</a></th>"));
    }
}

#[tokio::test]
async fn a_node_is_made_renamed_moved_and_deleted() {
    for cockpit in cockpits().await {
        let (_, token) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let new = format!("{TREE}/new");
        page(&cockpit, &token, &new).await.expect(200);
        let form = format!("name=&kind=&parent={ROOT}");
        let refused = send(&cockpit, &token, &new, &form).await.expect(422).text;
        assert!(refused.contains("Fill this in.") && refused.contains("Choose one"), "{refused}");
        let form = format!("name=Nord&kind=reseller&parent={ROOT}");
        let nord =
            send(&cockpit, &token, &new, &form).await.expect(303).header("location").to_owned();
        let form = "name=Sud&kind=sub_company&parent=".to_owned() + ROOT;
        let sud =
            send(&cockpit, &token, &new, &form).await.expect(303).header("location").to_owned();
        page(&cockpit, &token, &nord).await.expect(200);
        send(&cockpit, &token, &sud, "name=Est&version=1").await.expect(303);
        let stale = send(&cockpit, &token, &sud, "name=Ovest&version=1").await.expect(422).text;
        assert!(stale.contains("Somebody changed the tree") && stale.contains("Ovest"), "{stale}");
        let preview = page(&cockpit, &token, &format!("{sud}/move")).await.expect(200).text;
        assert!(
            preview.contains("1 organisation, nobody and no customers move along"),
            "{preview}"
        );
        let id = nord.rsplit('/').next().expect("an id");
        let form = format!("parent={id}&version=2");
        send(&cockpit, &token, &format!("{sud}/move"), &form).await.expect(303);
        let full = send(&cockpit, &token, &format!("{nord}/delete"), "version=1").await.expect(422);
        assert!(full.text.contains("Only an empty organisation can be deleted"), "{}", full.text);
        send(&cockpit, &token, &format!("{sud}/delete"), "version=3").await.expect(303);
        page(&cockpit, &token, &sud).await.expect(404);
    }
}

#[tokio::test]
async fn a_move_takes_effect_at_the_next_request_of_who_is_signed_in() {
    for cockpit in cockpits().await {
        let nord = cockpit.node(ROOT, "reseller", "Nord").await;
        let sud = cockpit.node(ROOT, "reseller", "Sud").await;
        let sub = cockpit.node(&nord, "sub_company", "Filiale").await;
        let (_, ada) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
        let (_, nords) = cockpit.user(&nord, "reseller", "nord@example.org").await;
        let (_, suds) = cockpit.user(&sud, "reseller", "sud@example.org").await;
        let (_, subs) = cockpit.user(&sub, "sub-company", "sub@example.org").await;
        let at = format!("{TREE}/{sub}");
        page(&cockpit, &nords, &at).await.expect(200);
        page(&cockpit, &suds, &at).await.expect(404);
        let form = format!("parent={sud}&version=1");
        send(&cockpit, &ada, &format!("{at}/move"), &form).await.expect(303);
        page(&cockpit, &nords, &at).await.expect(404);
        page(&cockpit, &suds, &at).await.expect(200);
        let own = page(&cockpit, &subs, &at).await.expect(200).text;
        assert!(!own.contains("Sud"), "what stands above is not his to see: {own}");
    }
}

#[tokio::test]
async fn a_thousand_nodes_are_drawn() {
    let cockpit = cockpits().await.remove(0);
    let cx = cockpit.of(ROOT).await;
    let mut batch = plugin_api::db::Batch::new();
    let mut above = ROOT.to_owned();
    for n in 0..1000 {
        let organisation_id = cx.fresh_id();
        let parent_id = if n % 20 == 0 { ROOT.to_owned() } else { above.clone() };
        let (kind, name) = ("sub_company".to_owned(), format!("Node {n}"));
        above.clone_from(&organisation_id);
        batch = batch.organisation(plugin_api::db::NewOrganisation {
            organisation_id,
            parent_id,
            kind,
            name,
        });
    }
    cx.db().batch(batch).await.expect("written");
    let (_, token) = cockpit.user(ROOT, "superadmin", "ada@example.org").await;
    let tree = page(&cockpit, &token, TREE).await.expect(200).text;
    assert_eq!(tree.matches("<details").count(), 951);
}

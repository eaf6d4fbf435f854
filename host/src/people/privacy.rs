//! What is kept of the people of one node, handed out and erased (GDPR art. 15 and 17).

use plugin_api::contracts::people::{DATA, ERASE, OfOrganisation};
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, FaultKind, Plugin};
use serde_json::{Value as Json, json};

use super::users;
use crate::audit;
use crate::state::{App, State};
use crate::store::organisations::{self, Organisation, ROOT};
use crate::store::privacy as store;

/// Adds the services to the host's own plugin.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin.service(&DATA, data).service(&ERASE, |cx, asked| async move {
        let App(state) = App::answering()?;
        erase(&state, &cx, asked).await
    })
}

async fn found(cx: &Cx, node: &str) -> Result<Organisation, Fault> {
    let found = organisations::find(&cx.db(), cx.scope(), node).await?;
    found.ok_or_else(|| Fault::new(FaultKind::NotFound, "no such organisation"))
}

async fn data(cx: Cx, asked: OfOrganisation) -> Result<Json, Fault> {
    let node = found(&cx, &asked.organisation_id).await?;
    let mut kept = store::of_organisation(&cx.db(), cx.scope(), &node.organisation_id).await?;
    if let Some(kept) = kept.as_object_mut() {
        let organisation = json!({
            "organisation_id": node.organisation_id, "name": node.name, "kind": node.kind,
        });
        kept.insert("organisation".to_owned(), organisation);
    }
    Ok(kept)
}

/// Erases the people of a node below the caller's own, none of whom may do more than he.
async fn erase(state: &State, cx: &Cx, asked: OfOrganisation) -> Result<(), Fault> {
    let node = found(cx, &asked.organisation_id).await?;
    let id = node.organisation_id.as_str();
    let refused = |why: &str| Fault::new(FaultKind::Refused, why);
    if id == ROOT || id == cx.caller().organisation_id {
        return Err(refused("nobody erases his own organisation"));
    }
    let people = users::all_of(state, cx, id).await?;
    let mut batch = Batch::new();
    for statement in store::erasures(cx.scope(), id) {
        batch = batch.and(statement);
    }
    let erased =
        Audit::of("people.erased", id).in_organisation(id).after(json!({ "users": people.len() }));
    let batch = audit::erase(batch, cx.scope(), id).audit(erased);
    cx.db().batch(batch).await.map(drop)
}

#[cfg(test)]
mod tests {
    use plugin_api::db::{Mail, Statement};

    use super::*;
    use crate::access::{self, Entry};
    use crate::testing::cockpits;

    #[tokio::test]
    async fn what_is_kept_is_handed_out_and_then_gone_and_the_chain_holds() {
        for cockpit in cockpits().await {
            let state = &cockpit.state;
            let nord = cockpit.node(ROOT, "reseller", "Nord").await;
            let sud = cockpit.node(ROOT, "reseller", "Sud").await;
            let (id, _) = cockpit.user(&nord, "agent", "canary@example.org").await;
            cockpit.user(&sud, "agent", "other@example.org").await;
            access::note(
                state,
                Entry {
                    organisation_id: nord.clone(),
                    user_id: id,
                    name_or_email: "canary@example.org".to_owned(),
                    ..Entry::default()
                },
            );
            state.behind.flush().await;
            let root = cockpit.of(ROOT).await;
            let mail = Mail {
                kind: "user.invited".to_owned(),
                to: "Canary@example.org".to_owned(),
                subject: "canary".to_owned(),
                paragraphs: vec!["the secret link".to_owned()],
                secret: true,
                ..Mail::default()
            };
            root.db().batch(Batch::new().mail(mail)).await.expect("a mail");
            let asked = || OfOrganisation { organisation_id: nord.clone() };
            let kept = data(root.clone(), asked()).await.expect("data");
            for part in ["users", "tokens", "accesses", "mails", "audit"] {
                assert!(!kept[part].as_array().expect("rows").is_empty(), "{part}: {kept}");
            }
            let text = kept.to_string();
            assert!(!text.contains("other@") && !text.contains("password_hash"), "{text}");
            assert!(!text.contains("secret"), "{text}");
            let stranger = cockpit.of(&sud).await;
            let refused = data(stranger.clone(), asked()).await.unwrap_err();
            assert_eq!(refused.kind, FaultKind::NotFound);
            let refused = erase(state, &stranger, asked()).await.unwrap_err();
            assert_eq!(refused.kind, FaultKind::NotFound);
            let own = cockpit.of(&nord).await;
            let refused = erase(state, &own, asked()).await.unwrap_err();
            assert_eq!(refused.kind, FaultKind::Refused);
            erase(state, &root, asked()).await.expect("erased");
            let left = data(root.clone(), asked()).await.expect("data");
            for part in ["users", "sessions", "tokens", "links", "mails"] {
                assert_eq!(left[part], json!([]), "{part}");
            }
            assert!(!left.to_string().to_lowercase().contains("canary"), "{left}");
            let others = "select count(*) from host_user";
            assert_eq!(root.db().scalar(Statement::new(others)).await.expect("users"), 1);
            let report = audit::verify(&root.db()).await.expect("a report");
            assert_eq!(report.first_broken, None);
        }
    }
}

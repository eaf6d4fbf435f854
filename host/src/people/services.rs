//! What plugins may ask about people: who belongs to a node, inviting, barring.

use plugin_api::contracts::people::{
    INVITE, Invite, Invited, MOVE, Move, OF_ORGANISATION, OfOrganisation, Person, PersonState,
    SET_BARRED, SetBarred,
};
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, FaultKind, Plugin, Problem};
use serde_json::json;

use super::invitations::{self, NewInvitation};
use super::users;
use crate::state::App;
use crate::store::{links, organisations, users as store};

/// People told of a node at most.
const SHOWN: i64 = 500;

/// Adds the services to the host's own plugin.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .service(&OF_ORGANISATION, of_organisation)
        .service(&INVITE, invite)
        .service(&SET_BARRED, set_barred)
        .service(&MOVE, move_people)
}

/// The people of one node: its users by name, then whom an invitation waits for.
pub(crate) async fn of_organisation(cx: Cx, asked: OfOrganisation) -> Result<Vec<Person>, Fault> {
    let (db, node) = (cx.db(), asked.organisation_id.as_str());
    if organisations::find(&db, cx.scope(), node).await?.is_none() {
        return Err(Fault::new(FaultKind::NotFound, "no such organisation"));
    }
    let users = store::of_organisation(&db, cx.scope(), node, SHOWN).await?;
    let invited = links::of_organisation(&db, cx.scope(), node).await?;
    let users = users.into_iter().map(|user| Person {
        roles: user.roles(),
        state: if user.disabled_at.is_some() { PersonState::Barred } else { PersonState::Active },
        id: user.user_id,
        name: user.name,
        email: user.email,
        signed_in_at: user.signed_in_at,
    });
    let invited = invited.into_iter().map(|link| Person {
        roles: link.roles(),
        id: link.link_id,
        name: link.name,
        email: link.email,
        state: PersonState::Invited,
        signed_in_at: None,
    });
    Ok(users.chain(invited).collect())
}

async fn invite(cx: Cx, asked: Invite) -> Result<Invited, Fault> {
    let App(state) = App::answering()?;
    let new = NewInvitation {
        email: asked.email,
        name: asked.name,
        roles: vec![asked.role],
        organisation_id: asked.organisation_id,
        language: asked.language,
    };
    let invited = invitations::invite(&state, &cx, &new).await;
    let invitation_id = invited.map_err(|problem| fault(&cx, &problem))?;
    Ok(Invited { invitation_id })
}

async fn set_barred(cx: Cx, asked: SetBarred) -> Result<(), Fault> {
    let App(state) = App::answering()?;
    let done = match users::find(&state, &cx, &asked.id).await {
        Ok(user) if asked.barred => users::disable(&cx, &user).await,
        Ok(user) => users::enable(&cx, &user).await,
        Err(_) if asked.barred => match invitations::find(&state, &cx, &asked.id).await {
            Ok(link) => invitations::withdraw(&cx, &link).await,
            Err(problem) => Err(problem),
        },
        Err(problem) => Err(problem),
    };
    done.map_err(|problem| fault(&cx, &problem))
}

async fn move_people(cx: Cx, asked: Move) -> Result<(), Fault> {
    let App(state) = App::answering()?;
    let (db, Move { from, into }) = (cx.db(), asked);
    // Who may do everything belongs to the vendor and to nobody else.
    if from == organisations::ROOT {
        return Err(Fault::new(FaultKind::Refused, "the vendor's people stay"));
    }
    for node in [&from, &into] {
        if organisations::find(&db, cx.scope(), node).await?.is_none() {
            return Err(Fault::new(FaultKind::NotFound, "no such organisation"));
        }
    }
    let people = users::all_of(&state, &cx, &from).await?;
    let moving = store::moving(cx.scope(), &from, &into, cx.now()).into_iter();
    let batch = people.iter().fold(moving.fold(Batch::new(), Batch::and), |batch, user| {
        let audit = Audit::of("user.moved", &user.user_id).named(&user.name).in_organisation(&into);
        batch.audit(
            audit
                .before(json!({ "organisation_id": from }))
                .after(json!({ "organisation_id": into })),
        )
    });
    db.batch(batch).await.map(drop)
}

/// A refusal as the asking plugin can show it: a sentence in the caller's language, about a field.
fn fault(cx: &Cx, problem: &Problem) -> Fault {
    if let Some(fault) = problem.fault() {
        return fault.clone();
    }
    if problem.status() == http::StatusCode::NOT_FOUND {
        return Fault::new(FaultKind::NotFound, problem.to_string());
    }
    let body = problem.body(&cx.lang(), "");
    let Some(error) = body.errors.into_iter().next() else {
        return Fault::new(FaultKind::Refused, body.detail);
    };
    // The contract knows one role, the host many.
    let field = if error.pointer == "/roles" { "/role".to_owned() } else { error.pointer };
    Fault::new(FaultKind::Refused, error.detail).about(field)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plugin_api::contracts::Contract;
    use plugin_api::{Caller, Permissions};
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use super::*;
    use crate::config::Config;
    use crate::state::{State, system_caller};
    use crate::store::organisations::ROOT;

    async fn ask<Q: Serialize, A: DeserializeOwned>(
        state: &Arc<State>,
        caller: Caller,
        contract: &Contract<Q, A>,
        asked: &Q,
    ) -> Result<A, Fault> {
        let name = format!("service:{}", contract.name);
        let asked = serde_json::to_vec(asked)?;
        let answer = state.registry.call(state, "host", caller, 0, &name, asked).await?;
        Ok(serde_json::from_slice(&answer)?)
    }

    #[tokio::test]
    async fn somebody_is_invited_seen_and_withdrawn_and_refusals_name_their_field() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = State::start(Config::in_directory(folder.path())).await.expect("a cockpit");
        let caller = || system_caller("test");
        let invite = |email: &str, role: &str| Invite {
            organisation_id: ROOT.to_owned(),
            email: email.to_owned(),
            name: "Bob".to_owned(),
            role: role.to_owned(),
            language: "it".to_owned(),
        };
        let bob = invite("bob@example.org", "agent");
        let invited = ask(&state, caller(), &INVITE, &bob).await.expect("invited");
        let of_root = OfOrganisation { organisation_id: ROOT.to_owned() };
        let people = ask(&state, caller(), &OF_ORGANISATION, &of_root).await.expect("people");
        let told: Vec<_> = people.iter().map(|one| (&one.email[..], one.state)).collect();
        assert_eq!(told, [("bob@example.org", PersonState::Invited)]);

        let lacking = Caller { permissions: Permissions::default(), ..caller() };
        for (caller, asked, field) in [
            (caller(), invite("no address", "agent"), "/email"),
            (caller(), bob.clone(), "/email"),
            (caller(), invite("eve@example.org", "nothing"), "/role"),
            (lacking, invite("eve@example.org", "superadmin"), "/role"),
        ] {
            let fault = ask(&state, caller, &INVITE, &asked).await.expect_err("a refusal");
            assert_eq!((fault.kind, fault.subject.as_str()), (FaultKind::Refused, field));
            assert!(fault.message.ends_with('.'), "a sentence: {}", fault.message);
        }

        let barred = SetBarred { id: invited.invitation_id, barred: true };
        ask(&state, caller(), &SET_BARRED, &barred).await.expect("withdrawn");
        let again = ask(&state, caller(), &SET_BARRED, &barred).await.expect_err("gone");
        assert_eq!(again.kind, FaultKind::NotFound);
        let people = ask(&state, caller(), &OF_ORGANISATION, &of_root).await.expect("people");
        assert!(people.is_empty());
        let elsewhere = Caller { scope: plugin_api::Scope::branch("/elsewhere/"), ..caller() };
        let fault = ask(&state, elsewhere, &OF_ORGANISATION, &of_root).await.expect_err("foreign");
        assert_eq!(fault.kind, FaultKind::NotFound);
    }

    #[tokio::test]
    async fn people_move_with_what_is_theirs_within_the_branch() {
        for cockpit in crate::testing::cockpits().await {
            let nord = cockpit.node(ROOT, "reseller", "Nord").await;
            let sud = cockpit.node(ROOT, "reseller", "Sud").await;
            cockpit.user(&nord, "reseller", "a@example.org").await;
            let state = &cockpit.state;
            let there =
                |from: &str, into: &str| Move { from: from.to_owned(), into: into.to_owned() };
            let people = |node: &str| OfOrganisation { organisation_id: node.to_owned() };
            let of_nord = cockpit.of(&nord).await.caller().clone();
            let out = ask(state, of_nord.clone(), &MOVE, &there(&nord, &sud)).await;
            assert_eq!(out.expect_err("foreign").kind, FaultKind::NotFound);
            let lacking = Caller { permissions: Permissions::default(), ..system_caller("test") };
            let refused = ask(state, lacking, &MOVE, &there(&nord, &sud)).await;
            assert_eq!(refused.expect_err("more than the caller").kind, FaultKind::Refused);
            let all = || system_caller("test");
            let stay = ask(state, all(), &MOVE, &there(ROOT, &sud)).await;
            assert_eq!(stay.expect_err("the vendor's").kind, FaultKind::Refused);
            ask(state, all(), &MOVE, &there(&nord, &sud)).await.expect("moved");
            let left = ask(state, all(), &OF_ORGANISATION, &people(&nord)).await.expect("people");
            assert!(left.is_empty());
            let moved = ask(state, all(), &OF_ORGANISATION, &people(&sud)).await.expect("people");
            assert_eq!((moved.len(), &moved[0].roles[..]), (1, &["reseller".to_owned()][..]));
            let tokens = "select count(*) from host_api_token where organisation_id = ?";
            let tokens = plugin_api::db::Statement::new(tokens).bind(&sud);
            let db = cockpit.of(ROOT).await.db();
            assert_eq!(db.scalar(tokens).await.expect("tokens"), 1);
        }
    }
}

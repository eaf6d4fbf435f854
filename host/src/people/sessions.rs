//! Being signed in with a browser: a session begins, is used, and ends.

use std::sync::Arc;

use http::HeaderMap;
use plugin_api::db::{Audit, Batch};
use plugin_api::time::DAY;
use plugin_api::{Actor, Caller, Cx, Fault, Scope};

use super::identify::{nobody, scope};
use super::{CookieRules, roles, secrets};
use crate::access;
use crate::state::State;
use crate::store::sessions::{self as store, Insertion, SessionRow};
use crate::store::users::{self, UserRow};

/// How old the note of the last use may be, milliseconds.
pub(super) const TOUCH: i64 = 60_000;

/// How long a session lasts without being used, milliseconds.
pub(crate) fn idle(state: &State) -> i64 {
    i64::from(state.config.session.idle_hours) * (DAY / 24)
}

/// Who holds the session with this token, nobody when it has ended; and whether he must set up a
/// second factor before anything else.
pub(super) async fn identify(state: &Arc<State>, token: &str) -> Result<(Caller, bool), Fault> {
    let now = state.now();
    let db = state.system("identify").db();
    // The token itself names its row.
    let everywhere = Scope::everything();
    let hash = secrets::hash(token);
    let Some(bearer) = store::bearer(&db, &everywhere, &hash, now, idle(state)).await? else {
        return Ok((nobody(), false));
    };
    if now - bearer.seen_at >= TOUCH {
        let seen = store::seen(&everywhere, &bearer.session_id, now);
        state.behind.send(seen.render(state.database.dialect()));
    }
    state.people.roles.keep_up(&db, bearer.role_revision).await?;
    let given = crate::store::roles::list(bearer.roles.as_deref());
    let caller = Caller {
        permissions: roles::permissions(state, &given),
        roles: given,
        scope: scope(&bearer.organisation_id, &bearer.path),
        actor: Actor::User { id: bearer.user_id, name: bearer.name },
        organisation_id: bearer.organisation_id,
        language: bearer.language,
        ..Caller::default()
    };
    Ok((caller, bearer.owes_second_factor))
}

/// Begins a session of `user` and hands its token to the browser in `answer`; the session the
/// browser had, in `asked`, ends. Audited as `user.signed_in`.
pub(crate) async fn begin(
    state: &Arc<State>,
    cx: &Cx,
    user: &UserRow,
    asked: &HeaderMap,
    answer: &mut HeaderMap,
) -> Result<(), Fault> {
    let everywhere = Scope::everything();
    let now = cx.now();
    let lifetime = i64::from(state.config.session.absolute_days) * DAY;
    let token = secrets::secret(cx);
    let address = cx.caller().address.map(|address| address.to_string()).unwrap_or_default();
    let agent = asked.get(http::header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let session = Insertion {
        session_id: &cx.fresh_id(),
        user_id: &user.user_id,
        token_hash: &secrets::hash(&token),
        now,
        expires_at: now + lifetime,
        address: &address,
        agent: &agent.unwrap_or_default().chars().take(255).collect::<String>(),
    };
    let rules = CookieRules::of(&state.config.http);
    let mut batch = Batch::new()
        .and(store::forgetting(&everywhere, &user.user_id, now))
        .and(store::insertion(&everywhere, &session))
        .and(users::signed_in(&everywhere, &user.user_id, now));
    if let Some(old) = rules.read(asked) {
        batch = batch.and(store::ending(&everywhere, &secrets::hash(old)));
    }
    let audit = Audit::of("user.signed_in", &user.user_id)
        .named(&user.name)
        .in_organisation(&user.organisation_id);
    as_user(state, cx, user).db().batch(batch.audit(audit)).await?;
    rules.set(answer, &token, lifetime / 1000);
    Ok(())
}

/// Ends the session of the browser. Audited as `user.signed_out`.
pub(crate) async fn end(
    state: &Arc<State>,
    cx: &Cx,
    asked: &HeaderMap,
    answer: &mut HeaderMap,
) -> Result<(), Fault> {
    let rules = CookieRules::of(&state.config.http);
    if let (Some(token), Actor::User { id, name }) = (rules.read(asked), &cx.caller().actor) {
        let audit = Audit::of("user.signed_out", id)
            .named(name)
            .in_organisation(&cx.caller().organisation_id);
        let ending = store::ending(&Scope::everything(), &secrets::hash(token));
        cx.db().batch(Batch::new().and(ending).audit(audit)).await?;
        let entry = super::sign_in::entry(cx, access::Kind::SignedOut, name, asked);
        let organisation_id = cx.caller().organisation_id.clone();
        access::note(state, access::Entry { organisation_id, user_id: id.clone(), ..entry });
    }
    rules.clear(answer);
    Ok(())
}

/// The hash of the session's token in a request; empty when there is none.
pub(crate) fn current(state: &State, asked: &HeaderMap) -> String {
    let token = CookieRules::of(&state.config.http).read(asked);
    token.map(secrets::hash).unwrap_or_default()
}

/// The sessions of the user `id`.
pub(crate) async fn of_user(state: &State, cx: &Cx, id: &str) -> Result<Vec<SessionRow>, Fault> {
    store::of_user(&cx.db(), cx.scope(), id, cx.now(), idle(state)).await
}

/// The same request, acted by `user`: for what somebody does while he signs in.
pub(super) fn as_user(state: &Arc<State>, cx: &Cx, user: &UserRow) -> Cx {
    let actor = Actor::User { id: user.user_id.clone(), name: user.name.clone() };
    state.cx(Caller { actor, ..cx.caller().clone() })
}

//! Somebody an existing cockpit signed in: found by his link, linked, or made; then he has a session.

mod change;
mod whom;

use std::sync::Arc;

use http::{HeaderMap, StatusCode};
use plugin_api::db::Batch;
use plugin_api::{Actor, Caller, Cx, Fault, Permissions, Problem, Scope};

use super::sign_in::go_on;
use super::{CookieRules, Step, secrets, sessions, users};
use crate::access::{self, Entry, Kind};
use crate::config::sso::SecondFactor;
use crate::sso::{self, Claims, Keys, Refusal};
use crate::state::State;
use crate::store::users::UserRow;
use crate::store::{organisations, sso as store, users as user_store};

use change::{change, creation, linking};
use whom::{Known, known, place};

/// Begins a session for whom `token` is about, or asks for his second factor where the settings want
/// ours; the cookie of either goes into `answer`. Noted in the access
/// log, whatever comes of it.
pub(crate) async fn sign_in(
    state: &Arc<State>,
    cx: &Cx,
    token: &str,
    asked: &HeaderMap,
    answer: &mut HeaderMap,
) -> Result<Result<Step, Refusal>, Problem> {
    let mut entry = entry(cx, asked);
    let outcome = attempt(state, cx, token, &mut entry).await?;
    let outcome = match outcome {
        Ok(user) if state.config.sso.second_factor == SecondFactor::Ours => {
            Ok(go_on(state, cx, &user, asked, answer).await?)
        }
        Ok(user) => {
            sessions::begin(state, cx, &user, asked, answer).await?;
            Ok(Step::Done)
        }
        Err(refusal) => {
            tracing::info!(%refusal, "A token of another cockpit was refused.");
            entry.kind = Kind::SignInFailed;
            entry.detail = format!("sso: {refusal}");
            Err(refusal)
        }
    };
    // Whoever owes his second factor is noted when he has shown it.
    if outcome != Ok(Step::SecondFactor) {
        access::note(state, entry);
    }
    Ok(outcome)
}

fn entry(cx: &Cx, asked: &HeaderMap) -> Entry {
    let agent = asked.get(http::header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    Entry {
        kind: Kind::SsoSignedIn,
        address: cx.caller().address,
        agent: agent.unwrap_or_default().to_owned(),
        ..Entry::default()
    }
}

/// Everything up to the session: the token is spent, and the user is as it says.
async fn attempt(
    state: &Arc<State>,
    cx: &Cx,
    token: &str,
    entry: &mut Entry,
) -> Result<Result<UserRow, Refusal>, Problem> {
    if !CookieRules::of(&state.config.http).usable {
        return Ok(Err(Refusal::Insecure));
    }
    let rules = &state.config.sso;
    let keys = Keys::read(&rules.keys).await.map_err(|fault| {
        tracing::error!(error = %fault, "Tokens of another cockpit cannot be verified.");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "sso_unavailable")
    })?;
    let claims = match sso::verify(token, &keys, rules, cx.now()) {
        Ok(claims) => claims,
        Err(refusal) => return Ok(Err(refusal)),
    };
    entry.name_or_email.clone_from(&claims.email);
    // The issuer was allowed to when it was configured; nobody is signed in yet.
    let cx = state.cx(Caller {
        actor: Actor::Job { name: "sso".to_owned() },
        permissions: Permissions::Everything,
        scope: Scope::everything(),
        organisation_id: organisations::ROOT.to_owned(),
        ..cx.caller().clone()
    });
    // Two first tokens of one person may meet: who comes second finds what the first has made.
    let user = match admit(state, &cx, &claims).await {
        Err(problem) if is_clash(&problem) => admit(state, &cx, &claims).await,
        // His address may be taken because he himself was made between two looks.
        Ok(Err(Refusal::EmailTaken)) => admit(state, &cx, &claims).await,
        other => other,
    };
    let user = match user {
        Err(problem) if is_clash(&problem) => Err(clash(&problem)),
        other => other?,
    };
    if let Ok(user) = &user {
        entry.user_id.clone_from(&user.user_id);
        entry.organisation_id.clone_from(&user.organisation_id);
    }
    Ok(user)
}

async fn admit(
    state: &Arc<State>,
    cx: &Cx,
    claims: &Claims,
) -> Result<Result<UserRow, Refusal>, Problem> {
    let place = match place(state, cx, claims).await? {
        Ok(place) => place,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if !users::mistakes(&claims.email, &claims.name).is_empty() {
        return Ok(Err(Refusal::Malformed("email or name")));
    }
    let known = match known(state, cx, claims).await? {
        Ok(known) => known,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let used = store::spending(&spent(claims), (claims.exp + sso::LEEWAY) * 1000);
    let batch = Batch::new().and(used);
    let (id, batch) = match &known {
        Known::Nobody => creation(state, cx, claims, &place, batch).await?,
        Known::Linked(user) => {
            (user.user_id.clone(), change(cx, user, claims, &place, batch).await?)
        }
        Known::ByEmail(user) => {
            let batch = change(cx, user, claims, &place, batch).await?;
            (user.user_id.clone(), linking(cx, &user.user_id, claims, &place, batch))
        }
    };
    cx.db().batch(batch).await?;
    if let Known::Nobody = known {
        super::setup::done(state);
    }
    let user = user_store::find(&cx.db(), cx.scope(), &id).await?;
    Ok(Ok(user.ok_or_else(|| Fault::internal("the user is gone"))?))
}

fn is_clash(problem: &Problem) -> bool {
    problem.fault().is_some_and(|fault| fault.is_unique(""))
}

/// What stood in the way of writing: somebody has the address, or the token was used.
fn clash(problem: &Problem) -> Refusal {
    match problem.fault() {
        Some(fault) if fault.is_unique("email_folded") => Refusal::EmailTaken,
        _ => Refusal::Used,
    }
}

/// Names the token in the list of those that were used, whatever its `jti` is like.
fn spent(claims: &Claims) -> String {
    secrets::hash(&format!("{}\n{}", claims.iss, claims.jti))
}

//! Signing in: the address and password of a user, then his second factor, begin a session.

use std::sync::Arc;

use http::HeaderMap;
use http::header::USER_AGENT;
use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, Scope};

use super::second_factor::{self, Proof};
use super::{CookieRules, same_address, secrets, sessions};
use crate::access::{self, Entry, Kind};
use crate::state::State;
use crate::store::users::{self, UserRow};
use crate::store::{challenges, sessions as session_store, totp};

/// How long the second factor may take, milliseconds.
const CHALLENGE: i64 = 5 * 60 * 1000;
/// How many codes may be tried before the password is asked for again.
const TRIES: i64 = 5;

/// Why somebody was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The address or the password is wrong, or he may not sign in; which of them is not told.
    Unknown,
    /// The code is wrong or was used before.
    WrongCode,
    /// The password has to be given again: too many codes, or too late.
    Over,
    /// Too many tries; so many seconds to wait.
    Wait(u32),
    /// The browser would not send the cookie back.
    Insecure,
}

/// How far somebody came with the right password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// He is signed in.
    Done,
    /// His second factor is asked for next.
    SecondFactor,
    /// He is signed in with a recovery code, and so many are left.
    Recovered(i64),
}

/// What the outcome of a try is noted with.
pub(super) fn entry(cx: &Cx, kind: Kind, name_or_email: &str, asked: &HeaderMap) -> Entry {
    let agent = asked.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    Entry {
        kind,
        name_or_email: name_or_email.to_owned(),
        address: cx.caller().address,
        agent: agent.unwrap_or_default().to_owned(),
        ..Entry::default()
    }
}

/// The same about a user who is known.
pub(crate) fn entry_of(cx: &Cx, kind: Kind, user: &UserRow, asked: &HeaderMap) -> Entry {
    Entry {
        organisation_id: user.organisation_id.clone(),
        user_id: user.user_id.clone(),
        ..entry(cx, kind, &user.email, asked)
    }
}

/// Begins a session, or asks for the second factor of who has this address and password; the cookie
/// of either goes into `answer`.
pub async fn sign_in(
    state: &Arc<State>,
    cx: &Cx,
    (email, password): (&str, &str),
    asked: &HeaderMap,
    answer: &mut HeaderMap,
) -> Result<Result<Step, Refusal>, Fault> {
    if !CookieRules::of(&state.config.http).usable {
        return Ok(Err(Refusal::Insecure));
    }
    let (account, address) = (same_address(email), cx.caller().address);
    let mut failed = entry(cx, Kind::SignInFailed, email, asked);
    if let Err(wait) = state.people.throttle.attempt(&account, address, cx.now()) {
        "throttled".clone_into(&mut failed.detail);
        access::note(state, failed);
        return Ok(Err(Refusal::Wait(wait)));
    }
    let everywhere = Scope::everything();
    let user = users::by_email(&cx.db(), &everywhere, email).await?;
    let stored = user.as_ref().map(|user| user.password_hash.as_str());
    let is_right = state.people.passwords.check(password, stored).await?;
    if let Some(user) = &user {
        failed = entry_of(cx, Kind::SignInFailed, user, asked);
    }
    let (true, Some(user)) = (is_right, user) else {
        access::note(state, failed);
        return Ok(Err(Refusal::Unknown));
    };
    if !session_store::is_admitted(&cx.db(), &everywhere, &user.user_id).await? {
        "barred".clone_into(&mut failed.detail);
        access::note(state, failed);
        return Ok(Err(Refusal::Unknown));
    }
    state.people.throttle.forgive(&account, address);
    let step = go_on(state, cx, &user, asked, answer).await?;
    if step == Step::Done {
        access::note(state, entry_of(cx, Kind::SignedIn, &user, asked));
    }
    Ok(Ok(step))
}

/// Begins a session of `user`, or asks for his second factor first when he has one.
pub(super) async fn go_on(
    state: &Arc<State>,
    cx: &Cx,
    user: &UserRow,
    asked: &HeaderMap,
    answer: &mut HeaderMap,
) -> Result<Step, Fault> {
    let factor = totp::find(&cx.db(), &Scope::everything(), &user.user_id).await?;
    if factor.is_some_and(|row| row.confirmed_at.is_some()) {
        challenge(state, cx, user, answer).await?;
        return Ok(Step::SecondFactor);
    }
    sessions::begin(state, cx, user, asked, answer).await?;
    Ok(Step::Done)
}

/// Remembers for some minutes that the browser gave the right password of `user`.
async fn challenge(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    answer: &mut HeaderMap,
) -> Result<(), Fault> {
    let token = secrets::secret(cx);
    let (hash, now) = (secrets::hash(&token), cx.now());
    let begun =
        challenges::insertion(&Scope::everything(), &user.user_id, &hash, now, now + CHALLENGE);
    cx.db().batch(Batch::new().and(challenges::forgetting(now)).and(begun)).await?;
    CookieRules::of(&state.config.http).challenge(answer, &token, CHALLENGE / 1000);
    Ok(())
}

/// Who gave the right password with this browser and owes the second factor.
pub(crate) async fn challenged(
    state: &State,
    cx: &Cx,
    asked: &HeaderMap,
) -> Result<Option<UserRow>, Fault> {
    let rules = CookieRules::of(&state.config.http);
    let Some(token) = rules.read_challenge(asked) else { return Ok(None) };
    let (db, everywhere) = (cx.db(), Scope::everything());
    let Some(id) = challenges::user(&db, &secrets::hash(token), cx.now()).await? else {
        return Ok(None);
    };
    users::find(&db, &everywhere, &id).await
}

/// Begins the session of who gave the right password before, when `typed` is a code of his app or a
/// recovery code; its cookie goes into `answer`.
pub(crate) async fn second_factor(
    state: &Arc<State>,
    cx: &Cx,
    typed: &str,
    asked: &HeaderMap,
    answer: &mut HeaderMap,
) -> Result<Result<Step, Refusal>, Fault> {
    let rules = CookieRules::of(&state.config.http);
    let Some(user) = challenged(state, cx, asked).await? else { return Ok(Err(Refusal::Over)) };
    let (everywhere, address) = (Scope::everything(), cx.caller().address);
    let hash = rules.read_challenge(asked).map(secrets::hash).unwrap_or_default();
    let account = format!("code\0{}", user.user_id);
    if let Err(wait) = state.people.throttle.attempt(&account, address, cx.now()) {
        return Ok(Err(Refusal::Wait(wait)));
    }
    let counted = cx.db().execute(challenges::trying(&hash, TRIES, cx.now())).await?;
    if counted == 0 {
        rules.clear_challenge(answer);
        return Ok(Err(Refusal::Over));
    }
    let Some(proof) = second_factor::check(state, cx, &user, typed).await? else {
        access::note(state, entry_of(cx, Kind::SecondFactorFailed, &user, asked));
        return Ok(Err(Refusal::WrongCode));
    };
    // Between the password and the code somebody may have barred him.
    if !session_store::is_admitted(&cx.db(), &everywhere, &user.user_id).await? {
        return Ok(Err(Refusal::Over));
    }
    state.people.throttle.forgive(&account, address);
    cx.db().batch(Batch::new().and(challenges::ending(&everywhere, &user.user_id))).await?;
    rules.clear_challenge(answer);
    sessions::begin(state, cx, &user, asked, answer).await?;
    let mut noted = entry_of(cx, Kind::SignedIn, &user, asked);
    if proof == Proof::App {
        "second factor".clone_into(&mut noted.detail);
        access::note(state, noted);
        return Ok(Ok(Step::Done));
    }
    "recovery code".clone_into(&mut noted.detail);
    access::note(state, noted);
    let left = totp::codes_left(&cx.db(), &everywhere, &user.user_id).await?;
    Ok(Ok(Step::Recovered(left)))
}

//! Signing in: the address and password of a user begin a session.

use std::sync::Arc;

use http::HeaderMap;
use plugin_api::{Cx, Fault, Scope};

use super::{CookieRules, same_address, sessions};
use crate::state::State;
use crate::store::users;

/// Why somebody was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The address or the password is wrong, or he may not sign in; which of them is not told.
    Unknown,
    /// Too many tries; so many seconds to wait.
    Wait(i64),
    /// The browser would not send the cookie back.
    Insecure,
}

/// Begins a session for who has this address and password; its cookie goes into `answer`.
pub async fn sign_in(
    state: &Arc<State>,
    cx: &Cx,
    (email, password): (&str, &str),
    asked: &HeaderMap,
    answer: &mut HeaderMap,
) -> Result<Result<(), Refusal>, Fault> {
    if !CookieRules::of(&state.config.http).usable {
        return Ok(Err(Refusal::Insecure));
    }
    let (account, address) = (same_address(email), cx.caller().address);
    if let Err(wait) = state.people.throttle.attempt(&account, address, cx.now()) {
        let address = address.map(|address| address.to_string());
        tracing::warn!(address, "Too many sign-ins failed for one account.");
        return Ok(Err(Refusal::Wait(wait / 1000 + 1)));
    }
    let user = users::by_email(&cx.db(), &Scope::everything(), email).await?;
    let user = user.filter(|user| user.disabled_at.is_none());
    let stored = user.as_ref().map(|user| user.password_hash.as_str());
    let is_right = state.people.passwords.check(password, stored).await?;
    let (true, Some(user)) = (is_right, user) else {
        let address = address.map(|address| address.to_string());
        tracing::info!(address, "A sign-in failed.");
        return Ok(Err(Refusal::Unknown));
    };
    state.people.throttle.forgive(&account, address);
    sessions::begin(state, cx, &user, asked, answer).await?;
    Ok(Ok(()))
}

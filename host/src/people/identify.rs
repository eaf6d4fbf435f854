//! Who is asking: a session's cookie, an API token, or nobody.

use std::net::IpAddr;
use std::sync::Arc;

use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use http::request::Parts;
use plugin_api::lang::{LANGUAGES, negotiate};
use plugin_api::{Actor, Caller, Problem, Scope};

use super::{CookieRules, preference, second_factor, sessions, tokens};
use crate::state::State;
use crate::store::organisations::ROOT;

/// Who is asking, in which language, and why he is refused, if he is: an API token that does not
/// hold is 401, and who has to set up a second factor gets nothing else. Without a credential nothing
/// is looked up; a session that has ended is nobody.
pub async fn identify(
    state: &Arc<State>,
    parts: &Parts,
    address: Option<IpAddr>,
) -> (Caller, Option<Problem>) {
    let (mut caller, refused) = match found(state, parts, address).await {
        Ok(caller) => (caller, None),
        Err(problem) => (nobody(), Some(problem)),
    };
    caller.language = language(&parts.headers, &caller.language);
    (caller, refused)
}

async fn found(
    state: &Arc<State>,
    parts: &Parts,
    address: Option<IpAddr>,
) -> Result<Caller, Problem> {
    let from = tokens::From { address, headers: &parts.headers };
    // Somebody else's credential is for the handler to look at.
    let foreign = |token: &&str| {
        !tokens::is_ours(token) && state.registry.routing().takes_credential(parts.uri.path())
    };
    let token = token(&parts.headers).filter(|token| !foreign(token));
    match (token, cookie(state, &parts.headers)) {
        (Some(token), _) => tokens::identify(state, token, &from).await,
        (None, Some(cookie)) => {
            let (caller, owes_second_factor) = sessions::identify(state, cookie).await?;
            if owes_second_factor && !second_factor::is_way_to(parts.uri.path()) {
                return Err(second_factor::owed());
            }
            Ok(caller)
        }
        (None, None) => Ok(nobody()),
    }
}

/// The token of `Authorization: Bearer …`; other schemes belong to whatever stands before us.
fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn cookie<'a>(state: &State, headers: &'a HeaderMap) -> Option<&'a str> {
    CookieRules::of(&state.config.http).read(headers)
}

/// What the user chose, else what this browser chose, else what it accepts.
fn language(headers: &HeaderMap, preferred: &str) -> String {
    let known = |code: &str| LANGUAGES.into_iter().find(|known| *known == code);
    let accepted = || {
        let accept = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        accept.map_or(LANGUAGES[0], negotiate)
    };
    known(preferred)
        .or_else(|| preference(headers, "lang").and_then(known))
        .unwrap_or_else(accepted)
        .to_owned()
}

/// Nobody known, whose language only his browser tells.
pub(super) fn nobody() -> Caller {
    Caller { language: String::new(), ..Caller::default() }
}

/// The same request without the authority of a session; that of a token, which no browser sends by
/// itself, stays.
pub(crate) fn without_session(caller: &Caller) -> Caller {
    if !matches!(caller.actor, Actor::User { .. }) {
        return caller.clone();
    }
    Caller {
        request_id: caller.request_id.clone(),
        language: caller.language.clone(),
        base_path: caller.base_path.clone(),
        root: caller.root.clone(),
        address: caller.address,
        ..nobody()
    }
}

/// The rows of the node with this id and path, and of all below it.
pub(super) fn scope(organisation_id: &str, path: &str) -> Scope {
    if organisation_id == ROOT { Scope::everything() } else { Scope::branch(path) }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::COOKIE;

    use super::*;

    fn headers(pairs: &[(http::HeaderName, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(http::HeaderName, &'static str)| {
            (name.clone(), HeaderValue::from_static(value))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn the_language_is_the_users_then_the_browsers() {
        let asked = headers(&[(COOKIE, "cockpit-lang=it"), (ACCEPT_LANGUAGE, "en")]);
        assert_eq!(language(&asked, ""), "it");
        assert_eq!(language(&asked, "en"), "en");
        assert_eq!(language(&asked, "xx"), "it");
        assert_eq!(language(&headers(&[(ACCEPT_LANGUAGE, "it")]), ""), "it");
        assert_eq!(language(&headers(&[(COOKIE, "cockpit-lang=x")]), ""), "en");
    }

    #[test]
    fn what_needs_no_session_gets_none() {
        let (id, name, user_id) = ("i".to_owned(), "n".to_owned(), "u".to_owned());
        let by = |actor| Caller {
            actor,
            permissions: plugin_api::Permissions::Everything,
            scope: Scope::everything(),
            language: "it".to_owned(),
            ..Caller::default()
        };
        let bare = without_session(&by(Actor::User { id: id.clone(), name: name.clone() }));
        assert_eq!((bare.is_signed_in(), bare.language.as_str()), (false, "it"));
        assert_eq!(bare.scope, Scope::nothing());
        assert!(!bare.permissions.contain("a:b"));
        let token = without_session(&by(Actor::Token { id, name, user_id }));
        assert!(token.is_signed_in(), "no browser sends a token by itself");
    }

    #[test]
    fn only_a_bearer_is_a_token_of_ours() {
        assert_eq!(token(&headers(&[(AUTHORIZATION, "bearer abc")])), Some("abc"));
        assert_eq!(token(&headers(&[(AUTHORIZATION, "Basic abc")])), None);
        assert_eq!(token(&headers(&[])), None);
    }
}

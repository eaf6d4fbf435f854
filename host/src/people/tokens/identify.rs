//! Who holds a token, and the note that it was used.

use std::net::IpAddr;
use std::sync::Arc;

use http::HeaderMap;
use http::header::USER_AGENT;
use plugin_api::{Actor, Caller, Fault, Permissions, Problem, Scope};
use subtle::ConstantTimeEq as _;

use crate::access::{self, Entry, Kind};
use crate::people::identify::scope;
use crate::people::sessions::TOUCH;
use crate::people::{roles, second_factor, secrets};
use crate::state::State;
use crate::store::tokens::{self as store, Bearer};

/// Whether a bearer token means to be one of ours.
pub(in crate::people) fn is_ours(token: &str) -> bool {
    token.starts_with("cpk_")
}

/// The prefix and the secret of a token as it was handed out.
fn parts(token: &str) -> Option<(&str, &str)> {
    let (prefix, secret) = token.strip_prefix("cpk_")?.split_once('_')?;
    let is_plain = prefix.bytes().all(|byte| byte.is_ascii_hexdigit());
    (prefix.len() == 8 && is_plain && secret.len() == 43).then_some((prefix, secret))
}

/// Where a token is used from.
pub(in crate::people) struct From<'a> {
    /// The address.
    pub(in crate::people) address: Option<IpAddr>,
    /// What the request says of its sender.
    pub(in crate::people) headers: &'a HeaderMap,
}

/// Who holds this token; 401 when nobody does. Both are noted in the access log.
pub(in crate::people) async fn identify(
    state: &Arc<State>,
    token: &str,
    from: &From<'_>,
) -> Result<Caller, Problem> {
    let (prefix, secret) = parts(token).unwrap_or_default();
    let now = state.now();
    let db = state.system("identify").db();
    let hash = secrets::hash(secret);
    let found = match prefix {
        "" => None,
        // The token itself names its row.
        prefix => store::bearer(&db, &Scope::everything(), (prefix, &hash), now).await?,
    };
    let right = |bearer: &Bearer| hash.as_bytes().ct_eq(bearer.secret_hash.as_bytes()).into();
    let Some(bearer) = found.filter(right) else {
        note(state, from, "", || Entry {
            kind: Kind::TokenRefused,
            detail: if prefix.is_empty() { String::new() } else { format!("cpk_{prefix}") },
            ..Entry::default()
        });
        return Err(Problem::unauthorized());
    };
    if bearer.owes_second_factor {
        return Err(second_factor::owed());
    }
    let scope = reach(&bearer).ok_or_else(Problem::unauthorized)?;
    if bearer.used_at.is_none_or(|used_at| now - used_at >= TOUCH) {
        let address = from.address.map(|address| address.to_string()).unwrap_or_default();
        let used = store::used(&Scope::everything(), &bearer.token_id, now, &address);
        state.behind.send(used.render(state.database.dialect()));
    }
    note(state, from, &bearer.token_id, || Entry {
        kind: Kind::TokenUsed,
        organisation_id: bearer.organisation_id.clone(),
        user_id: bearer.user_id.clone(),
        name_or_email: bearer.name.clone(),
        detail: format!("cpk_{prefix}"),
        ..Entry::default()
    });
    state.people.roles.keep_up(&db, bearer.role_revision).await?;
    let given = crate::store::roles::list(bearer.roles.as_deref());
    let held = roles::permissions(state, &given);
    Ok(Caller {
        permissions: narrowed(held, bearer.permissions.as_deref())?,
        roles: given,
        scope,
        actor: Actor::Token { id: bearer.token_id, name: bearer.name, user_id: bearer.user_id },
        organisation_id: bearer.branch_id.unwrap_or(bearer.organisation_id),
        language: bearer.language,
        ..Caller::default()
    })
}

/// Whose rows a token reaches: its owner's, or those of the branch it is confined to while that
/// lies below its owner; none when it was moved away or is gone.
fn reach(bearer: &Bearer) -> Option<Scope> {
    let owner = scope(&bearer.organisation_id, &bearer.path);
    match (&bearer.branch_id, &bearer.branch_path) {
        (None, _) => Some(owner),
        (Some(_), Some(path)) if owner.covers(path) => Some(Scope::branch(path)),
        (Some(_), _) => None,
    }
}

/// Notes a use or a refusal, the same one at most once an hour.
fn note(state: &State, from: &From<'_>, token_id: &str, entry: impl FnOnce() -> Entry) {
    if state.people.token_uses.is_due(token_id, from.address, state.now()) {
        let agent = from.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        let agent = agent.unwrap_or_default().to_owned();
        access::note(state, Entry { address: from.address, agent, ..entry() });
    }
}

/// What a token may do: no more than its owner may now.
fn narrowed(held: Permissions, given: Option<&str>) -> Result<Permissions, Fault> {
    let Some(given) = given else { return Ok(held) };
    let given: Vec<String> = serde_json::from_str(given)?;
    Ok(Permissions::Some(given.into_iter().filter(|id| held.contain(id)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_made() {
        let secret = "a_b-".repeat(10) + "xyz";
        let token = format!("cpk_0123abcd_{secret}");
        assert_eq!(parts(&token), Some(("0123abcd", secret.as_str())));
        for wrong in ["", "cpk_", "cpk_0123abcd", "cpk_0123abcd_short", "xyz_0123abcd_x"] {
            assert_eq!(parts(wrong), None, "{wrong}");
        }
        assert_eq!(parts(&token.replace("0123", "01%_")), None);
    }

    #[test]
    fn a_token_never_does_more_than_its_owner_may_now() {
        let held = Permissions::Some(["a:x".to_owned()].into());
        let narrow = narrowed(held.clone(), Some(r#"["a:x","b:y"]"#)).expect("readable");
        assert_eq!(narrow, held);
        assert_eq!(narrowed(held.clone(), None).expect("readable"), held);
        let one = narrowed(Permissions::Everything, Some(r#"["b:y"]"#)).expect("readable");
        assert_eq!(one, Permissions::Some(["b:y".to_owned()].into()));
    }
}

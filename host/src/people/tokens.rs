//! API tokens, `cpk_<prefix>_<secret>`: made, recognised, revoked.

use std::sync::Arc;

use plugin_api::db::{Audit, Batch};
use plugin_api::{Actor, Caller, Cx, Fault, Permissions, Problem, Scope};
use subtle::ConstantTimeEq as _;

use super::identify::scope;
use super::sessions::TOUCH;
use super::{roles, secrets};
use crate::state::State;
use crate::store::tokens::{self as store, Insertion};
use crate::store::users;

/// A token to be made.
#[derive(Debug, Clone, Default)]
pub struct NewToken {
    /// Whose it is.
    pub user_id: String,
    /// What he calls it.
    pub name: String,
    /// What it may do, at most what its owner may; none for whatever he may at any time.
    pub permissions: Option<Vec<String>>,
    /// Until when, unix milliseconds; none for ever.
    pub expires_at: Option<i64>,
}

/// Makes a token; answers its id and the token itself, which is not kept. Audited.
pub async fn create(
    state: &Arc<State>,
    cx: &Cx,
    new: &NewToken,
) -> Result<(String, String), Problem> {
    let found = users::find(&cx.db(), cx.scope(), &new.user_id).await?;
    let owner = found.ok_or_else(Problem::not_found)?;
    let held = roles::permissions(state, &owner.roles());
    let granted = match &new.permissions {
        Some(ids) => Permissions::Some(ids.iter().cloned().collect()),
        None => held.clone(),
    };
    let as_owner = Caller { permissions: held, ..Caller::default() };
    if !roles::may_grant(&as_owner, &granted) || !roles::may_grant(cx.caller(), &granted) {
        return Err(Problem::forbidden());
    }
    let prefix = plugin_api::hex(&cx.random::<4>());
    let secret = secrets::secret(cx);
    let permissions = new.permissions.as_ref().map(serde_json::to_string).transpose();
    let token = Insertion {
        token_id: &cx.fresh_id(),
        user_id: &owner.user_id,
        name: &new.name,
        prefix: &prefix,
        secret_hash: &secrets::hash(&secret),
        permissions: permissions.map_err(Fault::from)?,
        now: cx.now(),
        expires_at: new.expires_at,
    };
    let audit = Audit::of("token.created", token.token_id)
        .named(&new.name)
        .in_organisation(&owner.organisation_id)
        .after(serde_json::json!({
            "owner": owner.email, "prefix": prefix, "permissions": new.permissions,
            "expires_at": new.expires_at,
        }));
    cx.db().batch(Batch::new().and(store::insertion(cx.scope(), &token)).audit(audit)).await?;
    Ok((token.token_id.to_owned(), format!("cpk_{prefix}_{secret}")))
}

/// Ends a token of the user `user_id`. Audited.
pub async fn revoke(cx: &Cx, user_id: &str, token_id: &str) -> Result<(), Problem> {
    let revoking = store::revoking(cx.scope(), user_id, token_id, cx.now());
    let audit = Audit::of("token.revoked", token_id).in_organisation(&cx.caller().organisation_id);
    let revoked = cx.db().batch(Batch::new().and(revoking).audit(audit)).await;
    match revoked {
        Err(fault) if fault.is_mismatch("token") => Err(Problem::not_found()),
        other => Ok(other.map(drop)?),
    }
}

/// The prefix and the secret of a token as it was handed out.
fn parts(token: &str) -> Option<(&str, &str)> {
    let (prefix, secret) = token.strip_prefix("cpk_")?.split_once('_')?;
    let is_plain = prefix.bytes().all(|byte| byte.is_ascii_hexdigit());
    (prefix.len() == 8 && is_plain && secret.len() == 43).then_some((prefix, secret))
}

/// Who holds this token; 401 when nobody does.
pub(super) async fn identify(state: &Arc<State>, token: &str) -> Result<Caller, Problem> {
    let (prefix, secret) = parts(token).ok_or_else(Problem::unauthorized)?;
    let now = state.now();
    let db = state.system("identify").db();
    // The token itself names its row.
    let everywhere = Scope::everything();
    let found = store::bearer(&db, &everywhere, prefix, now).await?;
    let bearer = found.ok_or_else(Problem::unauthorized)?;
    let hash = secrets::hash(secret);
    if !bool::from(hash.as_bytes().ct_eq(bearer.secret_hash.as_bytes())) {
        return Err(Problem::unauthorized());
    }
    if bearer.used_at.is_none_or(|used_at| now - used_at >= TOUCH) {
        let used = store::used(&everywhere, &bearer.token_id, now);
        state.behind.send(used.render(state.database.dialect()));
    }
    let given = crate::store::roles::list(bearer.roles.as_deref());
    let held = roles::permissions(state, &given);
    Ok(Caller {
        permissions: narrowed(held, bearer.permissions.as_deref())?,
        scope: scope(&bearer.organisation_id, &bearer.path),
        actor: Actor::Token { id: bearer.token_id, name: bearer.name, user_id: bearer.user_id },
        organisation_id: bearer.organisation_id,
        language: bearer.language,
        ..Caller::default()
    })
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

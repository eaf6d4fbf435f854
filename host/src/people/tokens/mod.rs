//! API tokens, `cpk_<prefix>_<secret>`: made, recognised, revoked.

mod identify;
mod uses;

use std::collections::BTreeSet;
use std::sync::Arc;

use plugin_api::db::{Audit, Batch};
use plugin_api::{Caller, Cx, Fault, FieldProblem, Permissions, Problem};

use super::{identify as caller, roles, secrets};
use crate::state::State;
use crate::store::tokens::{self as store, Insertion};
use crate::store::{organisations, users};

pub(super) use identify::{From, identify, is_ours};
pub use uses::Uses;

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
    /// The node whose branch it is confined to, below its owner's; empty for all its owner sees.
    pub branch_id: String,
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
    let known: BTreeSet<String> = roles::all(state).into_iter().map(|known| known.id).collect();
    if let Permissions::Some(ids) = &granted
        && !ids.is_subset(&known)
    {
        return Err(Problem::validation(vec![FieldProblem::new("/permissions", "field-option")]));
    }
    let branch = branch(cx, &owner, &new.branch_id).await?;
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
        branch_id: branch.as_deref(),
    };
    let audit = Audit::of("token.created", token.token_id)
        .named(&new.name)
        .in_organisation(&owner.organisation_id)
        .after(serde_json::json!({
            "owner": owner.email, "prefix": prefix, "permissions": new.permissions,
            "expires_at": new.expires_at, "branch_id": branch,
        }));
    cx.db().batch(Batch::new().and(store::insertion(cx.scope(), &token)).audit(audit)).await?;
    Ok((token.token_id.to_owned(), format!("cpk_{prefix}_{secret}")))
}

/// The node a token is confined to, which the owner and whoever makes it must see.
async fn branch(cx: &Cx, owner: &users::UserRow, id: &str) -> Result<Option<String>, Problem> {
    if id.is_empty() || id == owner.organisation_id {
        return Ok(None);
    }
    let missing = || Problem::validation(vec![FieldProblem::new("/branch", "field-option")]);
    let (db, scope) = (cx.db(), cx.scope());
    let above = organisations::find(&db, scope, &owner.organisation_id).await?;
    let node = organisations::find(&db, scope, id).await?.ok_or_else(missing)?;
    let sees =
        above.is_some_and(|own| caller::scope(&own.organisation_id, &own.path).covers(&node.path));
    if sees { Ok(Some(node.organisation_id)) } else { Err(missing()) }
}

/// Ends a token of `user`. Audited.
pub async fn revoke(cx: &Cx, user: &users::UserRow, token_id: &str) -> Result<(), Problem> {
    let revoking = store::revoking(cx.scope(), &user.user_id, token_id, cx.now());
    let audit = Audit::of("token.revoked", token_id)
        .named(&user.name)
        .in_organisation(&user.organisation_id);
    let revoked = cx.db().batch(Batch::new().and(revoking).audit(audit)).await;
    match revoked {
        Err(fault) if fault.is_mismatch("token") => Err(Problem::not_found()),
        other => Ok(other.map(drop)?),
    }
}

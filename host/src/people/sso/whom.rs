//! Whom a token is about, and where he belongs here.

use plugin_api::{Cx, Fault};

use crate::config::sso::mapped;
use crate::people::roles;
use crate::sso::{Claims, Refusal};
use crate::state::State;
use crate::store::users::UserRow;
use crate::store::{organisations, roles as role_store, sso as store, users as user_store};

/// Where somebody belongs here, by what the token says.
pub(super) struct Place {
    pub(super) organisation_id: String,
    pub(super) roles: Vec<String>,
}

/// Where he belongs: an organisation of ours, and those of our roles that can be given there.
pub(super) async fn place(
    state: &State,
    cx: &Cx,
    claims: &Claims,
) -> Result<Result<Place, Refusal>, Fault> {
    let (db, rules) = (cx.db(), &state.config.sso);
    let id = mapped(&rules.organisations, &claims.org).next().unwrap_or(&claims.org);
    let Some(node) = organisations::find(&db, cx.scope(), id).await? else {
        return Ok(Err(Refusal::NoOrganisation));
    };
    if organisations::is_suspended(&db, cx.scope(), &node.organisation_id).await? {
        return Ok(Err(Refusal::Barred));
    }
    let is_root = node.organisation_id == organisations::ROOT;
    let known = role_store::of_node(&db, cx.scope(), &node.organisation_id).await?;
    let ours = claims.roles.iter().flat_map(|theirs| mapped(&rules.roles, theirs));
    let mut roles: Vec<String> = ours
        .filter(|ours| known.iter().any(|role| role.role_id == *ours))
        // Who may do everything belongs to the vendor and to nobody else.
        .filter(|ours| is_root || *ours != roles::SUPERADMIN)
        .map(str::to_owned)
        .collect();
    roles.sort();
    roles.dedup();
    if roles.is_empty() {
        return Ok(Err(Refusal::NoRole));
    }
    Ok(Ok(Place { organisation_id: node.organisation_id, roles }))
}

/// Whom we know of him.
pub(super) enum Known {
    /// Nobody; he is to be made.
    Nobody,
    /// Who came with this subject before.
    Linked(UserRow),
    /// Who has his address, and is to be linked.
    ByEmail(UserRow),
}

/// Whom we know of him, as far as the settings let him in.
pub(super) async fn known(
    state: &State,
    cx: &Cx,
    claims: &Claims,
) -> Result<Result<Known, Refusal>, Fault> {
    let (db, rules) = (cx.db(), &state.config.sso);
    let known = match store::user_of(&db, cx.scope(), &claims.iss, &claims.sub).await? {
        Some(id) => user_store::find(&db, cx.scope(), &id).await?.map(Known::Linked),
        None => None,
    };
    let known = match known {
        Some(known) => known,
        None => match user_store::by_email(&db, cx.scope(), &claims.email).await? {
            Some(user) if rules.link_by_email => {
                // An address that was given to somebody else does not bring his account with it.
                if store::is_linked(&db, cx.scope(), &claims.iss, &user.user_id).await? {
                    return Ok(Err(Refusal::EmailTaken));
                }
                Known::ByEmail(user)
            }
            Some(_) if rules.create_users => return Ok(Err(Refusal::EmailTaken)),
            None if rules.create_users => Known::Nobody,
            _ => return Ok(Err(Refusal::UnknownUser)),
        },
    };
    Ok(match known {
        Known::Linked(user) | Known::ByEmail(user) if user.disabled_at.is_some() => {
            Err(Refusal::Barred)
        }
        known => Ok(known),
    })
}

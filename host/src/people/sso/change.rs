//! What a token changes: a user is made, linked, or brought up to date.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault};
use serde_json::json;

use super::whom::Place;
use crate::people::users::{changing, making};
use crate::people::{roles, secrets};
use crate::sso::Claims;
use crate::state::State;
use crate::store::users::{Insertion, OnlyFirst, UserRow};
use crate::store::{sso as store, users as user_store};

/// Lets the user come in by this subject from now on.
pub(super) fn linking(
    cx: &Cx,
    user_id: &str,
    claims: &Claims,
    place: &Place,
    batch: Batch,
) -> Batch {
    let audit = Audit::of("user.linked", user_id)
        .named(&claims.name)
        .in_organisation(&place.organisation_id)
        .after(json!({ "issuer": claims.iss, "subject": claims.sub }));
    batch.and(store::linking(cx.scope(), &claims.iss, &claims.sub, user_id, cx.now())).audit(audit)
}

/// Makes a user of whom the token is about, and links him.
pub(super) async fn creation(
    state: &State,
    cx: &Cx,
    claims: &Claims,
    place: &Place,
    batch: Batch,
) -> Result<(String, Batch), Fault> {
    // A password nobody knows: he comes in by his link alone until he sets one of his own.
    let hash = state.people.passwords.hash(&secrets::secret(cx)).await?;
    let id = cx.fresh_id();
    let user = row(cx, &id, claims, &place.organisation_id, &hash);
    let batch = making(cx.scope(), batch, &user, &place.roles, OnlyFirst::No);
    let batch = linking(cx, &id, claims, place, batch);
    Ok((id, batch))
}

/// Makes `user` what the token says of him. The last superadmin keeps roles and place: a token must
/// not leave the installation without one.
pub(super) async fn change(
    cx: &Cx,
    user: &UserRow,
    claims: &Claims,
    place: &Place,
    batch: Batch,
) -> Result<Batch, Fault> {
    let had = user.roles();
    let has = |roles: &[String]| roles.iter().any(|role| role == roles::SUPERADMIN);
    let is_last = has(&had)
        && !has(&place.roles)
        && user_store::other_superadmins(&cx.db(), cx.scope(), &user.user_id).await? == 0;
    let (node, given) = if is_last {
        tracing::warn!(user.id = user.user_id, "The last superadmin keeps his role.");
        (&user.organisation_id, &had)
    } else {
        (&place.organisation_id, &place.roles)
    };
    let before = (user.email.as_str(), user.name.as_str(), &user.organisation_id, &had);
    let after = (claims.email.trim(), claims.name.trim(), node, given);
    if before == after {
        return Ok(batch);
    }
    Ok(changing(cx, batch, user, &row(cx, &user.user_id, claims, node, ""), given))
}

fn row<'a>(
    cx: &Cx,
    id: &'a str,
    claims: &'a Claims,
    node: &'a str,
    hash: &'a str,
) -> Insertion<'a> {
    Insertion {
        user_id: id,
        organisation_id: node,
        email: claims.email.trim(),
        name: claims.name.trim(),
        password_hash: hash,
        now: cx.now(),
    }
}

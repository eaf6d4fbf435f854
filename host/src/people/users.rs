//! Users: made, changed, barred; the rules that hold whoever asks, page or command line.

mod rows;

use std::sync::Arc;

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, FaultKind, Problem, Scope};

use super::notices::{self, Happened};
use super::{objection, roles, setup};
use crate::state::State;
use crate::store::users::{self as store, Insertion, OnlyFirst, UserRow};
use crate::store::{challenges, organisations, roles as role_store, sessions};

pub(super) use rows::{changing, making};

/// A user to be made; not `Debug`, because of the password.
#[derive(Clone, Default)]
pub struct NewUser {
    /// His e-mail address.
    pub email: String,
    /// His name.
    pub name: String,
    /// His password, in clear.
    pub password: String,
    /// His roles.
    pub roles: Vec<String>,
    /// The node he belongs to; empty for the caller's own.
    pub organisation_id: String,
}

/// What is changed of a user.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// His e-mail address.
    pub email: String,
    /// His name.
    pub name: String,
    /// His roles.
    pub roles: Vec<String>,
    /// The node he belongs to.
    pub organisation_id: String,
}

/// What is wrong with the words of a form: field and text key.
pub(crate) type Mistakes = Vec<(&'static str, &'static str)>;

/// What is wrong with a user's address and name.
pub(crate) fn mistakes(email: &str, name: &str) -> Mistakes {
    let mut mistakes = Vec::new();
    if !is_address(email) {
        mistakes.push(("email", "field-email"));
    }
    match name.trim() {
        "" => mistakes.push(("name", "field-required")),
        name if name.chars().count() > 255 => mistakes.push(("name", "field-too-long")),
        _ => {}
    }
    mistakes
}

/// Whether mail could be sent there: by the rule of what sends it, so that nobody enters an address
/// whose mails are given up.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 254 && text.parse::<lettre::Address>().is_ok()
}

/// The problem that tells these mistakes to software.
pub(super) fn refused(mistakes: Mistakes) -> Problem {
    let field = |(name, key)| plugin_api::FieldProblem::new(format!("/{name}"), key);
    Problem::validation(mistakes.into_iter().map(field).collect())
}

/// Makes a user; answers his id. Ends the first run. Audited.
pub async fn create(state: &Arc<State>, cx: &Cx, new: &NewUser) -> Result<String, Problem> {
    insert(state, cx, cx.scope(), new, OnlyFirst::No, Batch::new()).await
}

/// Makes a user in `scope`, together with what is in `batch`; with [`OnlyFirst::Yes`] only while
/// there is none.
pub(super) async fn insert(
    state: &Arc<State>,
    cx: &Cx,
    scope: &Scope,
    new: &NewUser,
    only_first: OnlyFirst,
    batch: Batch,
) -> Result<String, Problem> {
    let mut wrong = mistakes(&new.email, &new.name);
    let about = [new.email.as_str(), new.name.as_str()];
    let objected = objection(&state.config, &new.password, &about).await;
    wrong.extend(objected.map(|key| ("password", key)));
    let own = &cx.caller().organisation_id;
    let node = if new.organisation_id.is_empty() { own } else { &new.organisation_id };
    wrong.extend(misplaced(cx, scope, node, &new.roles).await?);
    if !wrong.is_empty() {
        return Err(refused(wrong));
    }
    if only_first == OnlyFirst::No {
        grantable(state, cx, &new.roles)?;
    }
    let hash = state.people.passwords.hash(&new.password).await?;
    let user = Insertion {
        user_id: &cx.fresh_id(),
        organisation_id: node,
        email: new.email.trim(),
        name: new.name.trim(),
        password_hash: &hash,
        now: cx.now(),
    };
    let batch = making(scope, batch, &user, &new.roles, only_first);
    cx.db().batch(batch).await.map_err(taken)?;
    setup::done(state);
    Ok(user.user_id.to_owned())
}

/// The user `id`, if the caller may act on him: he lies in the caller's branch and may do nothing
/// the caller may not.
pub async fn find(state: &State, cx: &Cx, id: &str) -> Result<UserRow, Problem> {
    let found = store::find(&cx.db(), cx.scope(), id).await?;
    found.filter(|user| may_act_on(state, cx, user)).ok_or_else(Problem::not_found)
}

/// Whether the caller may do all that `user` may.
pub(super) fn may_act_on(state: &State, cx: &Cx, user: &UserRow) -> bool {
    roles::may_grant(cx.caller(), &roles::permissions(state, &user.roles()))
}

/// Everybody of a node, for an act that reaches them all; refused if one of them may do more than
/// the caller.
pub(super) async fn all_of(state: &State, cx: &Cx, node: &str) -> Result<Vec<UserRow>, Fault> {
    let users = store::of_organisation(&cx.db(), cx.scope(), node, i64::MAX).await?;
    if users.iter().all(|user| may_act_on(state, cx, user)) {
        return Ok(users);
    }
    Err(Fault::new(FaultKind::Refused, "somebody there may do more than the caller"))
}

/// Changes a user. Audited.
pub async fn change(
    state: &Arc<State>,
    cx: &Cx,
    user: &UserRow,
    change: &Change,
) -> Result<(), Problem> {
    let mut wrong = mistakes(&change.email, &change.name);
    let node = &change.organisation_id;
    wrong.extend(misplaced(cx, cx.scope(), node, &change.roles).await?);
    let was_superadmin = user.roles().iter().any(|role| role == roles::SUPERADMIN);
    let is_superadmin = change.roles.iter().any(|role| role == roles::SUPERADMIN);
    if was_superadmin && !is_superadmin && is_last_superadmin(cx, &user.user_id).await? {
        wrong.push(("roles", "user-last-superadmin"));
    }
    if !wrong.is_empty() {
        return Err(refused(wrong));
    }
    grantable(state, cx, &change.roles)?;
    let row = Insertion {
        user_id: &user.user_id,
        organisation_id: node,
        email: change.email.trim(),
        name: change.name.trim(),
        password_hash: "",
        now: cx.now(),
    };
    let batch = changing(cx, Batch::new(), user, &row, &change.roles);
    cx.db().batch(batch).await.map_err(taken)?;
    Ok(())
}

/// Bars a user and ends his sessions. Nobody bars himself, nor the last superadmin. Audited.
pub async fn disable(cx: &Cx, user: &UserRow) -> Result<(), Problem> {
    if is_self(cx, &user.user_id) {
        return Err(Problem::conflict("user_self"));
    }
    if is_last_superadmin(cx, &user.user_id).await? {
        return Err(Problem::conflict("user_last_superadmin"));
    }
    let now = cx.now();
    let batch = Batch::new()
        .and(store::disabling(cx.scope(), &user.user_id, Some(now), now))
        .and(sessions::ending_others(cx.scope(), &user.user_id, ""))
        .audit(act("user.disabled", user));
    Ok(cx.db().batch(batch).await.map(drop)?)
}

/// Lets a barred user in again. Audited.
pub async fn enable(cx: &Cx, user: &UserRow) -> Result<(), Problem> {
    let batch = Batch::new()
        .and(store::disabling(cx.scope(), &user.user_id, None, cx.now()))
        .audit(act("user.enabled", user));
    Ok(cx.db().batch(batch).await.map(drop)?)
}

/// Gives a user another password and ends his sessions, except the one whose token has the hash
/// `kept`. He is told by mail. Audited.
pub async fn set_password(
    state: &Arc<State>,
    cx: &Cx,
    user: &UserRow,
    password: &str,
    kept: &str,
) -> Result<(), Problem> {
    if let Some(key) = objection(&state.config, password, &[&user.email, &user.name]).await {
        return Err(refused(vec![("password", key)]));
    }
    let hash = state.people.passwords.hash(password).await?;
    let batch = Batch::new()
        .and(store::password(cx.scope(), &user.user_id, &hash, cx.now()))
        .and(sessions::ending_others(cx.scope(), &user.user_id, kept))
        .and(challenges::ending(cx.scope(), &user.user_id))
        .audit(act("user.password_changed", user))
        .mail(notices::mail(state, cx, user, Happened::PasswordChanged));
    Ok(cx.db().batch(batch).await.map(drop)?)
}

fn act(action: &str, user: &UserRow) -> Audit {
    Audit::of(action, &user.user_id).named(&user.name).in_organisation(&user.organisation_id)
}

/// Whether the caller is this user, or a token of his.
pub(crate) fn is_self(cx: &Cx, user_id: &str) -> bool {
    own_id(cx) == Some(user_id)
}

/// The user who is asking, himself or through a token.
pub(crate) fn own_id(cx: &Cx) -> Option<&str> {
    match &cx.caller().actor {
        plugin_api::Actor::User { id, .. } => Some(id),
        plugin_api::Actor::Token { user_id, .. } => Some(user_id),
        _ => None,
    }
}

async fn is_last_superadmin(cx: &Cx, user_id: &str) -> Result<bool, Fault> {
    let everywhere = Scope::everything();
    let user = store::find(&cx.db(), &everywhere, user_id).await?;
    let is_one = user.is_some_and(|user| {
        user.disabled_at.is_none() && user.roles().iter().any(|role| role == roles::SUPERADMIN)
    });
    Ok(is_one && store::other_superadmins(&cx.db(), &everywhere, user_id).await? == 0)
}

/// What is wrong with where a user is put and which roles he gets.
pub(super) async fn misplaced(
    cx: &Cx,
    scope: &Scope,
    node: &str,
    given: &[String],
) -> Result<Mistakes, Fault> {
    let mut wrong = Vec::new();
    if organisations::find(&cx.db(), scope, node).await?.is_none() {
        wrong.push(("organisation_id", "field-option"));
    }
    let known = role_store::of_node(&cx.db(), scope, node).await?;
    let is_known = |role: &String| known.iter().any(|known| known.role_id == *role);
    if given.is_empty() {
        wrong.push(("roles", "user-needs-role"));
    } else if !given.iter().all(is_known) {
        wrong.push(("roles", "field-option"));
    } else if given.iter().any(|role| role == roles::SUPERADMIN) && node != organisations::ROOT {
        wrong.push(("roles", "user-superadmin-at-root"));
    }
    Ok(wrong)
}

pub(super) fn grantable(state: &State, cx: &Cx, given: &[String]) -> Result<(), Problem> {
    let granted = roles::permissions(state, given);
    if roles::may_grant(cx.caller(), &granted) {
        return Ok(());
    }
    Err(refused(vec![("roles", "user-roles-lacking")]))
}

fn taken(fault: Fault) -> Problem {
    if fault.is_unique("email_folded") {
        return refused(vec![("email", "user-email-taken")]);
    }
    if fault.is_mismatch("role") {
        return refused(vec![("roles", "field-option")]);
    }
    fault.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_two_sides_and_no_blanks() {
        for fine in ["a@b", " ada@example.org ", "o'brien+x@example.org", "è@esempio.it"] {
            assert!(is_address(fine), "{fine}");
        }
        for wrong in
            ["", "a", "@b", "a@", "a b@c", "a@b\n.c", "a@.", "a@b@c", "<a@b>", &"x".repeat(300)]
        {
            assert!(!is_address(wrong), "{wrong:?}");
        }
    }
}

//! A forgotten password: a link by mail lets its owner choose another one.

use std::sync::Arc;

use http::HeaderMap;
use plugin_api::db::{Audit, Batch, Mail, MailLink};
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, FieldProblem, Problem, Scope};

use super::notices::{self, Happened};
use super::sign_in::{entry, entry_of};
use super::{invitations, links, objection, same_address, secrets, sessions};
use crate::access::{self, Kind};
use crate::state::State;
use crate::store::links::{self as store, Insertion, Kind as LinkKind};
use crate::store::users::{self, UserRow};
use crate::store::{challenges, sessions as session_store};

/// How long the link works, milliseconds.
const LIFETIME: i64 = DAY / 24;

/// Sends the link when `email` is the address of somebody who may sign in. The answer is the same
/// for every address and comes before it is looked at, so that it tells nothing by its time either.
/// Refused with the seconds to wait.
pub(crate) fn request(
    state: &Arc<State>,
    cx: &Cx,
    email: &str,
    asked: &HeaderMap,
) -> Result<(), u32> {
    let account = format!("reset\0{}", same_address(email));
    state.people.throttle.attempt(&account, cx.caller().address, cx.now())?;
    access::note(state, entry(cx, Kind::PasswordResetRequested, email, asked));
    let (state, cx, email) = (Arc::clone(state), cx.clone(), email.to_owned());
    tokio::spawn(async move {
        if let Err(fault) = send(&state, &cx, &email).await {
            tracing::error!(%fault, "The link for a new password could not be sent.");
        }
    });
    Ok(())
}

/// Sends the link, if there is somebody to send it to.
pub(super) async fn send(state: &Arc<State>, cx: &Cx, email: &str) -> Result<(), Fault> {
    let everywhere = Scope::everything();
    let Some(user) = users::by_email(&cx.db(), &everywhere, email).await? else { return Ok(()) };
    if !session_store::is_admitted(&cx.db(), &everywhere, &user.user_id).await? {
        return Ok(());
    }
    let lang = invitations::lang(state, cx, &user.language);
    let token = secrets::secret(cx);
    let link = Insertion {
        link_id: &cx.fresh_id(),
        kind: LinkKind::Reset,
        organisation_id: &user.organisation_id,
        user_id: Some(&user.user_id),
        email: &user.email,
        name: &user.name,
        roles: &[],
        language: lang.code,
        invited_by: "",
        token_hash: &secrets::hash(&token),
        now: cx.now(),
        expires_at: cx.now() + LIFETIME,
    };
    let mail = Mail {
        kind: "user.password_reset_requested".to_owned(),
        to: user.email.clone(),
        to_name: user.name.clone(),
        organisation_id: user.organisation_id.clone(),
        subject: lang.t("reset-mail-subject"),
        paragraphs: vec![
            lang.with("reset-mail-intro", &[("email", &user.email)]),
            lang.t("reset-mail-ignore"),
        ],
        link: Some(MailLink {
            label: lang.t("reset-mail-button"),
            path: format!("/reset?token={token}"),
        }),
        secret: true,
        unique_key: String::new(),
    };
    let batch = Batch::new()
        .and(store::clearing(&link))
        .and(store::insertion(&everywhere, &link))
        .audit(act("user.password_reset_requested", &user))
        .mail(mail);
    match cx.db().batch(batch).await {
        // Two at once: the other one's mail is on its way.
        Err(fault) if fault.is_unique("open_key") => Ok(()),
        other => other.map(drop),
    }
}

/// Whose password the link with this token changes.
pub(crate) async fn owner(cx: &Cx, token: &str) -> Result<UserRow, Problem> {
    let link = links::open(cx, LinkKind::Reset, token).await?;
    let id = link.user_id.unwrap_or_default();
    let user = users::find(&cx.db(), &Scope::everything(), &id).await?;
    user.ok_or_else(|| Problem::new(http::StatusCode::NOT_FOUND, "link_unknown"))
}

/// Changes the password: the link is used up, every session ends, and the owner is told by mail. He
/// is not signed in, so that his second factor is asked for. Audited.
pub(crate) async fn finish(
    state: &Arc<State>,
    cx: &Cx,
    (token, password): (&str, &str),
    asked: &HeaderMap,
) -> Result<(), Problem> {
    let user = owner(cx, token).await?;
    if let Some(key) = objection(&state.config, password, &[&user.email, &user.name]).await {
        return Err(Problem::validation(vec![FieldProblem::new("/password", key)]));
    }
    let hash = state.people.passwords.hash(password).await?;
    let (everywhere, now) = (Scope::everything(), cx.now());
    let batch = Batch::new()
        .and(store::using(&everywhere, &secrets::hash(token), now))
        .and(users::password(&everywhere, &user.user_id, &hash, now))
        .and(session_store::ending_others(&everywhere, &user.user_id, ""))
        .and(challenges::ending(&everywhere, &user.user_id))
        .audit(act("user.password_reset", &user))
        .mail(notices::mail(state, cx, &user, Happened::PasswordChanged));
    let changed = sessions::as_user(state, cx, &user).db().batch(batch).await;
    changed.map_err(|fault| match fault {
        fault if fault.is_mismatch("link") => Problem::conflict("link_used"),
        fault => fault.into(),
    })?;
    access::note(state, entry_of(cx, Kind::PasswordChanged, &user, asked));
    Ok(())
}

fn act(action: &str, user: &UserRow) -> Audit {
    Audit::of(action, &user.user_id).named(&user.name).in_organisation(&user.organisation_id)
}

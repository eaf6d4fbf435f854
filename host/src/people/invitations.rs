//! Invitations: somebody gets a link by mail, and becomes a user by choosing a password.

use std::sync::Arc;

use http::HeaderMap;
use plugin_api::db::{Audit, Batch, Mail, MailLink};
use plugin_api::time::DAY;
use plugin_api::{Actor, Caller, Cx, Fault, Lang, Permissions, Problem, Scope};
use serde_json::json;

use super::sign_in::entry_of;
use super::users::{self, NewUser};
use super::{roles, secrets, sessions};
use crate::access;
use crate::state::State;
use crate::store::links::{self as store, Insertion, Kind, LinkRow};
use crate::store::organisations::ROOT;
use crate::store::users::{self as user_store, OnlyFirst, Preference};

/// How long an invitation can be accepted, milliseconds.
pub(crate) const LIFETIME: i64 = 7 * DAY;

/// Somebody to be invited.
#[derive(Debug, Clone, Default)]
pub struct NewInvitation {
    /// Where the mail goes, and what he will sign in with.
    pub email: String,
    /// His name; he may write it differently when he accepts.
    pub name: String,
    /// The roles he gets.
    pub roles: Vec<String>,
    /// The node he will belong to; empty for the caller's own.
    pub organisation_id: String,
    /// `en`, `it`, or empty for the caller's.
    pub language: String,
}

/// Invites somebody by mail; answers the id of the invitation. Audited.
pub async fn invite(state: &Arc<State>, cx: &Cx, new: &NewInvitation) -> Result<String, Problem> {
    let node = match new.organisation_id.as_str() {
        "" => cx.caller().organisation_id.as_str(),
        node => node,
    };
    let mut wrong = users::mistakes(&new.email, &new.name);
    wrong.extend(users::misplaced(cx, cx.scope(), node, &new.roles).await?);
    let taken = user_store::by_email(&cx.db(), &Scope::everything(), &new.email).await?;
    if taken.is_some() {
        wrong.push(("email", "user-email-taken"));
    }
    if !wrong.is_empty() {
        return Err(users::refused(wrong));
    }
    users::grantable(state, cx, &new.roles)?;
    let lang = lang(state, cx, &new.language);
    let token = secrets::secret(cx);
    let link = Insertion {
        link_id: &cx.fresh_id(),
        kind: Kind::Invitation,
        organisation_id: node,
        user_id: None,
        email: new.email.trim(),
        name: new.name.trim(),
        roles: &new.roles,
        language: lang.code,
        invited_by: sender(cx),
        token_hash: &secrets::hash(&token),
        now: cx.now(),
        expires_at: cx.now() + LIFETIME,
    };
    let audit = Audit::of("user.invited", link.link_id)
        .named(link.name)
        .in_organisation(node)
        .after(json!({ "email": link.email, "roles": new.roles }));
    let mail = mail(&lang, &link, &token);
    let batch = Batch::new()
        .and(store::clearing(&link))
        .and(store::insertion(cx.scope(), &link))
        .audit(audit)
        .mail(mail);
    cx.db().batch(batch).await.map_err(|fault| {
        if fault.is_unique("open_key") {
            return users::refused(vec![("email", "invitation-open")]);
        }
        fault.into()
    })?;
    Ok(link.link_id.to_owned())
}

/// The open invitation `id`, if the caller may act on it: he could have sent it.
pub(crate) async fn find(state: &State, cx: &Cx, id: &str) -> Result<LinkRow, Problem> {
    let found = store::invitation(&cx.db(), cx.scope(), id).await?;
    let may_act =
        |link: &LinkRow| roles::may_grant(cx.caller(), &roles::permissions(state, &link.roles()));
    found.filter(may_act).ok_or_else(Problem::not_found)
}

/// Sends another link in place of the first, which works no more. Audited.
pub(crate) async fn resend(state: &Arc<State>, cx: &Cx, link: &LinkRow) -> Result<(), Problem> {
    let token = secrets::secret(cx);
    let expires_at = cx.now() + LIFETIME;
    let renewed = Insertion {
        link_id: &link.link_id,
        kind: Kind::Invitation,
        organisation_id: &link.organisation_id,
        user_id: None,
        email: &link.email,
        name: &link.name,
        roles: &link.roles(),
        language: &link.language,
        invited_by: sender(cx),
        token_hash: &secrets::hash(&token),
        now: cx.now(),
        expires_at,
    };
    let mail = mail(&lang(state, cx, &link.language), &renewed, &token);
    let renewing = store::renewing(cx.scope(), &link.link_id, renewed.token_hash, expires_at);
    let batch = Batch::new().and(renewing).audit(act("user.invited_again", link)).mail(mail);
    cx.db().batch(batch).await.map(drop).map_err(ended)
}

/// Withdraws an invitation: its link works no more. Audited.
pub(crate) async fn withdraw(cx: &Cx, link: &LinkRow) -> Result<(), Problem> {
    let withdrawing = store::withdrawing(cx.scope(), &link.link_id, cx.now());
    let batch = Batch::new().and(withdrawing).audit(act("invitation.withdrawn", link));
    cx.db().batch(batch).await.map(drop).map_err(ended)
}

/// What the invited person chose; not `Debug`, because of the password.
#[derive(Clone, Default)]
pub(crate) struct Acceptance {
    /// The token of the link.
    pub(crate) token: String,
    /// His name.
    pub(crate) name: String,
    /// His password.
    pub(crate) password: String,
}

/// Makes the invited person a user and begins his session. The link is used up. Audited.
pub(crate) async fn accept(
    state: &Arc<State>,
    cx: &Cx,
    chosen: &Acceptance,
    asked: &HeaderMap,
    answer: &mut HeaderMap,
) -> Result<(), Problem> {
    let link = super::links::open(cx, Kind::Invitation, &chosen.token).await?;
    // Whoever invited him was allowed to; nobody is signed in now.
    let cx = &state.cx(Caller {
        actor: Actor::Job { name: "invitation".to_owned() },
        permissions: Permissions::Everything,
        scope: Scope::everything(),
        organisation_id: ROOT.to_owned(),
        ..cx.caller().clone()
    });
    let new = NewUser {
        email: link.email.clone(),
        name: chosen.name.clone(),
        password: chosen.password.clone(),
        roles: link.roles(),
        organisation_id: link.organisation_id.clone(),
    };
    let using = store::using(cx.scope(), &secrets::hash(&chosen.token), cx.now());
    let batch = Batch::new().and(using).audit(act("invitation.accepted", &link));
    let made = users::insert(state, cx, cx.scope(), &new, OnlyFirst::No, batch).await;
    let id = made.map_err(|problem| match problem.fault() {
        Some(fault) if fault.is_mismatch("link") => Problem::conflict("link_used"),
        _ => problem,
    })?;
    let user = user_store::find(&cx.db(), cx.scope(), &id).await?;
    let user = user.ok_or_else(|| Fault::internal("the invited user is gone"))?;
    let language = user_store::preference(cx.scope(), &id, Preference::Language, &link.language);
    cx.db().batch(Batch::new().and(language)).await?;
    sessions::begin(state, cx, &user, asked, answer).await?;
    access::note(state, entry_of(cx, access::Kind::InvitationAccepted, &user, asked));
    Ok(())
}

fn act(action: &str, link: &LinkRow) -> Audit {
    Audit::of(action, &link.link_id)
        .named(&link.name)
        .in_organisation(&link.organisation_id)
        .after(json!({ "email": link.email, "roles": link.roles() }))
}

/// Somebody else used or withdrew it in the meantime.
fn ended(fault: Fault) -> Problem {
    if fault.is_mismatch("link") { Problem::not_found() } else { fault.into() }
}

/// Texts in `language`, or in the caller's.
pub(super) fn lang(state: &Arc<State>, cx: &Cx, language: &str) -> Lang {
    if language.is_empty() {
        return cx.lang();
    }
    state.cx(Caller { language: language.to_owned(), ..Caller::default() }).lang()
}

/// Who invites, as the mail names him.
fn sender(cx: &Cx) -> &str {
    match &cx.caller().actor {
        Actor::User { name, .. } | Actor::Token { name, .. } => name,
        _ => "",
    }
}

fn mail(lang: &Lang, link: &Insertion<'_>, token: &str) -> Mail {
    let intro = match link.invited_by {
        "" => lang.t("invitation-mail-intro"),
        sender => lang.with("invitation-mail-intro-by", &[("sender", sender)]),
    };
    let until = lang.instant(link.expires_at);
    Mail {
        kind: "user.invited".to_owned(),
        to: link.email.to_owned(),
        to_name: link.name.to_owned(),
        organisation_id: link.organisation_id.to_owned(),
        subject: lang.t("invitation-mail-subject"),
        paragraphs: vec![
            intro,
            lang.t("invitation-mail-choose"),
            lang.with("invitation-mail-until", &[("until", &until)]),
        ],
        link: Some(MailLink {
            label: lang.t("invitation-mail-button"),
            path: format!("/invitation?token={token}"),
        }),
        secret: true,
        unique_key: String::new(),
    }
}

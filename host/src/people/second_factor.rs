//! The second factor: an app is set up, asked for at each sign-in, and taken away.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, FieldProblem, Problem};
use zeroize::Zeroizing;

use super::notices::{self, Happened};
use super::{recovery, totp};
use crate::state::State;
use crate::store::totp as store;
use crate::store::users::UserRow;
use crate::store::{challenges, roles, sessions};

/// The purpose secrets are sealed for.
const PURPOSE: &str = "totp";

/// Where somebody stands with his second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// He has none.
    Off,
    /// He has seen a secret and has not typed a code yet.
    Begun(Enrolment),
    /// It is asked for at each sign-in.
    On {
        /// Since when, unix milliseconds.
        since: i64,
        /// How many recovery codes are left.
        codes_left: i64,
    },
}

/// Where a second factor is set up.
pub(crate) const PAGE: &str = "/profile/second-factor";

/// The refusal of everything else, until somebody whose role demands it has set one up.
pub(super) fn owed() -> Problem {
    Problem::new(http::StatusCode::FORBIDDEN, OWED)
}

/// The code of that refusal.
pub(crate) const OWED: &str = "totp_required";

/// Whether who must set one up may ask for `path`: the page itself, what its frame needs, and leaving.
pub(super) fn is_way_to(path: &str) -> bool {
    path.starts_with(PAGE)
        || path.starts_with("/assets/")
        || matches!(path, "/login" | "/logout" | "/preferences")
}

/// What an app needs to know.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Enrolment {
    /// The secret in base32.
    pub(crate) secret: String,
    /// The same as an address, for a QR code.
    pub(crate) address: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment(hidden)")
    }
}

/// Where `user` stands.
pub(crate) async fn standing(state: &State, cx: &Cx, user: &UserRow) -> Result<Standing, Fault> {
    let Some(row) = store::find(&cx.db(), cx.scope(), &user.user_id).await? else {
        return Ok(Standing::Off);
    };
    if let Some(since) = row.confirmed_at {
        let codes_left = store::codes_left(&cx.db(), cx.scope(), &user.user_id).await?;
        return Ok(Standing::On { since, codes_left });
    }
    let secret = open(state, &row.sealed)?;
    let issuer = match state.config.company.name.trim() {
        "" => "Cockpit",
        name => name,
    };
    Ok(Standing::Begun(Enrolment {
        secret: totp::base32(&secret),
        address: totp::address(issuer, &user.email, &secret),
    }))
}

/// Whether one of the roles of `user` demands a second factor.
pub(crate) async fn is_required(cx: &Cx, user: &UserRow) -> Result<bool, Fault> {
    roles::totp_required(&cx.db(), &plugin_api::Scope::everything(), &user.user_id).await
}

/// Makes a secret for the app of `user`; it counts once a code is confirmed.
pub(crate) async fn begin(state: &State, cx: &Cx, user: &UserRow) -> Result<(), Problem> {
    let secret = Zeroizing::new(cx.random::<{ totp::SECRET }>());
    let sealed = STANDARD.encode(state.keys.seal("host", PURPOSE, &*secret)?);
    let batch = Batch::new()
        .and(store::abandoning(cx.scope(), &user.user_id))
        .and(store::insertion(cx.scope(), &user.user_id, &sealed, cx.now()));
    cx.db().batch(batch).await.map(drop).map_err(|fault| match fault.kind {
        plugin_api::FaultKind::Unique => Problem::conflict("second_factor_on"),
        _ => fault.into(),
    })
}

/// Confirms that the app works with a code it shows; answers the recovery codes, which are never
/// shown again. Other sessions end: they began without the second factor. Audited.
pub(crate) async fn confirm(
    state: &Arc<State>,
    cx: &Cx,
    user: &UserRow,
    typed: &str,
    kept: &str,
) -> Result<Vec<String>, Problem> {
    let wrong = || {
        let field = FieldProblem::new("/code", "second-factor-wrong");
        Problem::validation(vec![field])
    };
    let id = &user.user_id;
    let row = store::find(&cx.db(), cx.scope(), id).await?;
    let row = row.ok_or_else(|| Problem::conflict("second_factor_not_begun"))?;
    let secret = open(state, &row.sealed)?;
    let step = totp::step_of(&secret, &plain(typed), cx.now()).ok_or_else(wrong)?;
    let batch = Batch::new().and(store::confirming(cx.scope(), id, step, cx.now()));
    let (batch, codes) = recovery::renew(state, cx, id, batch);
    let batch = batch
        .and(sessions::ending_others(cx.scope(), id, kept))
        .audit(act("user.second_factor_enabled", user))
        .mail(notices::mail(state, cx, user, Happened::SecondFactorOn));
    match cx.db().batch(batch).await {
        Err(fault) if fault.is_mismatch("totp") => Err(Problem::conflict("second_factor_on")),
        other => Ok(other.map(|_| codes)?),
    }
}

/// Other recovery codes in place of the old ones. Audited.
pub(crate) async fn renew_codes(
    state: &State,
    cx: &Cx,
    user: &UserRow,
) -> Result<Vec<String>, Problem> {
    let (batch, codes) = recovery::renew(state, cx, &user.user_id, Batch::new());
    let batch = batch.audit(act("user.recovery_codes_renewed", user));
    Ok(cx.db().batch(batch).await.map(|_| codes)?)
}

/// Takes the second factor from `user`, who is told by mail: himself from the profile as
/// `user.second_factor_disabled`, an administrator as `user.second_factor_reset`. 409 when there is
/// none. Audited.
pub(crate) async fn remove(
    state: &Arc<State>,
    cx: &Cx,
    user: &UserRow,
    action: &str,
) -> Result<(), Problem> {
    let (scope, id) = (cx.scope(), &user.user_id);
    let batch = Batch::new()
        .and(store::removing(scope, id).expect_rows(1).label("totp"))
        .and(store::removing_codes(scope, id))
        .and(challenges::ending(scope, id))
        .audit(act(action, user))
        .mail(notices::mail(state, cx, user, Happened::SecondFactorOff));
    match cx.db().batch(batch).await {
        Err(fault) if fault.is_mismatch("totp") => Err(Problem::conflict("second_factor_off")),
        other => Ok(other.map(drop)?),
    }
}

/// What somebody typed in as his second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// A code of his app.
    App,
    /// A recovery code.
    Recovery,
}

/// Whether `typed` is a code of the app of `user` or a recovery code of his; it is used up.
pub(crate) async fn check(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    typed: &str,
) -> Result<Option<Proof>, Fault> {
    let everywhere = plugin_api::Scope::everything();
    let (db, id, typed) = (cx.db(), &user.user_id, plain(typed));
    let row = store::find(&db, &everywhere, id).await?;
    let Some(row) = row.filter(|row| row.confirmed_at.is_some()) else { return Ok(None) };
    if typed.len() == totp::DIGITS {
        let secret = open(state, &row.sealed)?;
        let Some(step) = totp::step_of(&secret, &typed, cx.now()) else { return Ok(None) };
        let used = db.execute(store::using_step(&everywhere, id, step)).await?;
        return Ok((used == 1).then_some(Proof::App));
    }
    let hash = recovery::hash(state, id, &typed);
    let used = db.execute(store::using_code(&everywhere, id, &hash, cx.now())).await?;
    Ok((used == 1).then_some(Proof::Recovery))
}

/// Without the blanks and dashes people and apps put between the characters.
fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn open(state: &State, sealed: &str) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let sealed = STANDARD.decode(sealed).map_err(Fault::internal)?;
    state.keys.open_sealed("host", PURPOSE, &sealed)
}

fn act(action: &str, user: &UserRow) -> Audit {
    Audit::of(action, &user.user_id).named(&user.name).in_organisation(&user.organisation_id)
}

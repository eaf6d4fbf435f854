//! Mails that tell somebody what happened to his account, so that he notices if it was not him.

use std::sync::Arc;

use plugin_api::Cx;
use plugin_api::db::Mail;

use super::invitations;
use crate::state::State;
use crate::store::users::UserRow;

/// What happened to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happened {
    /// Its password was changed.
    PasswordChanged,
    /// A second factor is asked for from now on.
    SecondFactorOn,
    /// It is not asked for any more.
    SecondFactorOff,
}

/// The mail to `user`, in his language.
pub(crate) fn mail(state: &Arc<State>, cx: &Cx, user: &UserRow, happened: Happened) -> Mail {
    let lang = invitations::lang(state, cx, &user.language);
    let (kind, subject, text) = match happened {
        Happened::PasswordChanged => (
            "user.password_changed",
            lang.t("told-password-subject"),
            lang.with("told-password", &[("email", &user.email)]),
        ),
        Happened::SecondFactorOn => (
            "user.second_factor_enabled",
            lang.t("told-factor-on-subject"),
            lang.with("told-factor-on", &[("email", &user.email)]),
        ),
        Happened::SecondFactorOff => (
            "user.second_factor_disabled",
            lang.t("told-factor-off-subject"),
            lang.with("told-factor-off", &[("email", &user.email)]),
        ),
    };
    Mail {
        kind: kind.to_owned(),
        to: user.email.clone(),
        to_name: user.name.clone(),
        organisation_id: user.organisation_id.clone(),
        subject,
        paragraphs: vec![text, lang.t("told-not-you")],
        ..Mail::default()
    }
}

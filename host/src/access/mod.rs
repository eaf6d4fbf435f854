//! The access log: who came in, who failed to, and with what; rows are written behind.

mod browser;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use plugin_api::table::fold;

use crate::lend;
use crate::state::State;
use crate::store::access as store;
use crate::store::organisations::ROOT;

pub(crate) use browser::readable;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// A session began.
    #[default]
    SignedIn,
    /// A name and password that do not belong together, or belong to somebody barred.
    SignInFailed,
    /// The password was right, the code was not.
    SecondFactorFailed,
    /// A session was ended by its owner.
    SignedOut,
    /// Somebody asked for a link that sets a new password.
    PasswordResetRequested,
    /// A password was changed, also through such a link.
    PasswordChanged,
    /// Somebody who was invited chose a password.
    InvitationAccepted,
    /// A session began with a token of another cockpit.
    SsoSignedIn,
    /// An API token was used; noted once an hour for each address.
    TokenUsed,
    /// An API token that does not hold was shown.
    TokenRefused,
}

impl Kind {
    /// Its name in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInFailed => "sign_in_failed",
            Self::SecondFactorFailed => "second_factor_failed",
            Self::SignedOut => "signed_out",
            Self::PasswordResetRequested => "password_reset_requested",
            Self::PasswordChanged => "password_changed",
            Self::InvitationAccepted => "invitation_accepted",
            Self::SsoSignedIn => "sso_signed_in",
            Self::TokenUsed => "token_used",
            Self::TokenRefused => "token_refused",
        }
    }
}

/// Something to be noted.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// What happened.
    pub kind: Kind,
    /// Whose branch it concerns; empty for the root, where unknown accounts belong.
    pub organisation_id: String,
    /// The user, or the owner of the token; empty when it is nobody known.
    pub user_id: String,
    /// Who it says it is, as typed: shortened here, and control characters are left out.
    pub name_or_email: String,
    /// From where.
    pub address: Option<IpAddr>,
    /// The `User-Agent`; only the readable name of the browser is kept of it.
    pub agent: String,
    /// What else helps whoever reads the log; never a secret.
    pub detail: String,
}

/// Notes something within a second. A row may be lost in a crash.
pub fn note(state: &State, entry: Entry) {
    let Entry { kind, organisation_id, user_id, name_or_email, address, agent, detail } = entry;
    let organisation_id = if organisation_id.is_empty() { ROOT } else { &organisation_id };
    let name = plain(&name_or_email, 254);
    let row = store::Insertion {
        access_id: &lend::fresh_id(),
        organisation_id,
        at: state.now(),
        kind: kind.name(),
        user_id: &user_id,
        name_folded: &plain(&fold(&name), 254),
        name: &name,
        address: &address.map(|address| address.to_string()).unwrap_or_default(),
        browser: &readable(&agent),
        detail: &plain(&detail, 255),
    };
    state.behind.send(store::insertion(&row).render(state.database.dialect()));
}

/// One line of at most so many characters.
fn plain(text: &str, characters: usize) -> String {
    let line = text.trim().chars().filter(|c| !c.is_control());
    line.take(characters).collect()
}

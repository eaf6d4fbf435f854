//! Why a token did not let somebody in, worded for the person and, apart, for the administrator.

use http::StatusCode;
use plugin_api::Problem;

/// Why nobody came in. What a person reads tells nothing of keys and accounts; the log has the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// It is no token, or a claim is missing or of another type.
    #[error("malformed: {0}")]
    Malformed(&'static str),
    /// It is not from whom we trust, or not for us.
    #[error("untrusted: {0}")]
    Untrusted(&'static str),
    /// Its time is over, or has not come.
    #[error("out of time: {0}")]
    Expired(&'static str),
    /// It let somebody in before.
    #[error("used before")]
    Used,
    /// Nobody is linked to this subject.
    #[error("unknown user")]
    UnknownUser,
    /// His address belongs to somebody else here.
    #[error("the address is another user's")]
    EmailTaken,
    /// He is barred, or his organisation is suspended.
    #[error("barred or suspended")]
    Barred,
    /// The token names no organisation of ours.
    #[error("unknown organisation")]
    NoOrganisation,
    /// None of his roles is one of ours in that organisation.
    #[error("no role")]
    NoRole,
    /// The browser would not send the cookie back.
    #[error("insecure connection")]
    Insecure,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let (status, codice) = match refusal {
            Refusal::Malformed(_) => (StatusCode::BAD_REQUEST, "sso_malformed"),
            Refusal::Untrusted(_) => (StatusCode::FORBIDDEN, "sso_untrusted"),
            Refusal::Expired(_) => (StatusCode::FORBIDDEN, "sso_expired"),
            Refusal::Used => (StatusCode::FORBIDDEN, "sso_used"),
            Refusal::UnknownUser => (StatusCode::FORBIDDEN, "sso_unknown_user"),
            Refusal::EmailTaken => (StatusCode::CONFLICT, "sso_email_taken"),
            Refusal::Barred => (StatusCode::FORBIDDEN, "sso_barred"),
            Refusal::NoOrganisation => (StatusCode::FORBIDDEN, "sso_no_organisation"),
            Refusal::NoRole => (StatusCode::FORBIDDEN, "sso_no_role"),
            Refusal::Insecure => (StatusCode::FORBIDDEN, "sso_insecure"),
        };
        Self::new(status, codice)
    }
}

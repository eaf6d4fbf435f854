//! Unlock keys: what a vendor sells, a superadmin enters, and every start checks again.

use ed25519_dalek::SigningKey;
use plugin_api::{Lang, time};
use serde_json::json;

use super::{Purpose, VendorKeys};
use crate::jose::claims::{ClaimError, instant, text, texts};
use crate::jose::{self, Claims, JwsError, thumbprint};

/// Header `typ` of unlock keys.
pub const TYP: &str = "cockpit-unlock+jwt";

/// The subject of a key for every installation.
pub const ANY: &str = "*";

/// A key that was found genuine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnlockKey {
    /// Its id.
    pub jti: String,
    /// Who made it.
    pub issuer: String,
    /// The installation it is for, or [`ANY`].
    pub subject: String,
    /// The ids of the plugins it unlocks.
    pub modules: Vec<String>,
    /// When it was made, unix milliseconds.
    pub issued: i64,
    /// From when it counts, unix milliseconds.
    pub not_before: i64,
    /// Until when it counts, unix milliseconds.
    pub expires: i64,
}

/// Why a key does not unlock anything; each sentence says what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnlockRefusal {
    /// Nothing was entered.
    #[error("No key was entered.")]
    Empty,
    /// It is no token, or only a part of one.
    #[error("This is not an unlock key, or only a part of one; copy the whole key.")]
    NotAKey,
    /// It does not say that it is signed with Ed25519.
    #[error("This key is not signed in the way unlock keys are; ask your vendor for another.")]
    Algorithm,
    /// It was altered.
    #[error("This key was altered after it had been made; copy it again from where you got it.")]
    Altered,
    /// It is a token for another purpose.
    #[error("This is a token of the type {0:?}, not an unlock key.")]
    WrongType(String),
    /// Another vendor made it.
    #[error("This key was not made by the vendor of this cockpit.")]
    OtherVendor,
    /// No vendor's key is known here.
    #[error("This cockpit knows no vendor's key, so nothing can unlock it; run `cockpit init`.")]
    NoVendor,
    /// It is genuine, but not complete.
    #[error("This key is not complete: {0} is missing or unreadable; ask your vendor for another.")]
    Incomplete(&'static str),
    /// It is for another installation.
    #[error("This key is for the installation {0}; this one is {1}.")]
    OtherInstallation(String, String),
    /// It does not count yet.
    #[error("This key is valid from {} on.", time::rfc3339(*.0))]
    NotYetValid(i64),
    /// It no longer counts.
    #[error("This key expired at {}; ask your vendor for a new one.", time::rfc3339(*.0))]
    Expired(i64),
    /// It unlocks nothing here; what it names.
    #[error("This key names no plugin of this cockpit{}.", list(.0))]
    NoModule(String),
}

impl UnlockRefusal {
    /// The key of its text in the host's locales; [`sentence`](Self::sentence) finds it.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "unlock-refused-empty",
            Self::NotAKey => "unlock-refused-not-a-key",
            Self::Algorithm => "unlock-refused-algorithm",
            Self::Altered => "unlock-refused-altered",
            Self::WrongType(_) => "unlock-refused-type",
            Self::OtherVendor => "unlock-refused-vendor",
            Self::NoVendor => "unlock-refused-no-vendor",
            Self::Incomplete(_) => "unlock-refused-incomplete",
            Self::OtherInstallation(..) => "unlock-refused-installation",
            Self::NotYetValid(_) => "unlock-refused-not-yet",
            Self::Expired(_) => "unlock-refused-expired",
            Self::NoModule(_) => "unlock-refused-no-module",
        }
    }

    /// The sentence in the reader's language. Its text may name `$what`: the type, claim,
    /// installation, date or plugins it is about; and `$ours`, this installation.
    pub fn sentence(&self, lang: &Lang) -> String {
        let ours = match self {
            Self::OtherInstallation(_, ours) => ours.as_str(),
            _ => "",
        };
        let what = match self {
            Self::WrongType(what) | Self::OtherInstallation(what, _) | Self::NoModule(what) => {
                what.clone()
            }
            Self::Incomplete(claim) => (*claim).to_owned(),
            Self::NotYetValid(at) | Self::Expired(at) => lang.date(*at),
            _ => String::new(),
        };
        lang.with(self.key(), &[("what", &what), ("ours", ours)])
    }
}

fn list(modules: &str) -> String {
    if modules.is_empty() { String::new() } else { format!("; it is for {modules}") }
}

impl From<JwsError> for UnlockRefusal {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::Long | JwsError::Malformed | JwsError::Header(_) => Self::NotAKey,
            JwsError::Algorithm => Self::Algorithm,
            JwsError::Type(typ) => Self::WrongType(typ),
            JwsError::Key => Self::OtherVendor,
            JwsError::Signature => Self::Altered,
        }
    }
}

impl From<ClaimError> for UnlockRefusal {
    fn from(ClaimError(name): ClaimError) -> Self {
        Self::Incomplete(name)
    }
}

/// What `token` unlocks in the installation `installation_id` at `now_ms`; blanks and line breaks
/// around it, as copying leaves them, do not matter.
pub fn verify(
    token: &str,
    keys: &VendorKeys,
    installation_id: &str,
    now_ms: i64,
) -> Result<UnlockKey, UnlockRefusal> {
    let key = verify_entered(token, keys, installation_id)?;
    key.check(now_ms)?;
    Ok(key)
}

/// The same, whenever it counts: for a key that was accepted before and may have expired since.
pub fn verify_entered(
    token: &str,
    keys: &VendorKeys,
    installation_id: &str,
) -> Result<UnlockKey, UnlockRefusal> {
    let token = token.trim();
    if token.is_empty() {
        return Err(UnlockRefusal::Empty);
    }
    if !keys.has(Purpose::Unlock) {
        return Err(UnlockRefusal::NoVendor);
    }
    let claims = jose::verify(token, TYP, |kid| keys.find(Purpose::Unlock, kid))?;
    let key = UnlockKey {
        jti: text(&claims, "jti")?,
        issuer: text(&claims, "iss")?,
        subject: text(&claims, "sub")?,
        issued: instant(&claims, "iat")?,
        not_before: instant(&claims, "nbf")?,
        expires: instant(&claims, "exp")?,
        modules: texts(&claims, "modules")?,
    };
    if key.subject != ANY && key.subject != installation_id {
        return Err(UnlockRefusal::OtherInstallation(key.subject, installation_id.to_owned()));
    }
    if key.modules.is_empty() {
        return Err(UnlockRefusal::NoModule(String::new()));
    }
    Ok(key)
}

impl UnlockKey {
    /// Whether it counts at `now_ms`.
    pub fn check(&self, now_ms: i64) -> Result<(), UnlockRefusal> {
        if now_ms < self.not_before {
            return Err(UnlockRefusal::NotYetValid(self.not_before));
        }
        if now_ms >= self.expires {
            return Err(UnlockRefusal::Expired(self.expires));
        }
        Ok(())
    }
}

/// Makes the token of `key`; whole seconds are kept of its instants.
pub fn sign(private: &SigningKey, key: &UnlockKey) -> String {
    let claims = json!({
        "iss": key.issuer,
        "sub": key.subject,
        "jti": key.jti,
        "iat": key.issued / 1000,
        "nbf": key.not_before / 1000,
        "exp": key.expires / 1000,
        "modules": key.modules,
    });
    let claims: Claims = claims.as_object().cloned().unwrap_or_default();
    jose::sign(private, TYP, &thumbprint(&private.verifying_key()), &claims)
}

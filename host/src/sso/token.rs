//! What a token must be and say before anybody believes it (RFC 7519, RFC 8725).

use jsonwebtoken::{Validation, decode, decode_header};
use serde::Deserialize;

use super::{Keys, LEEWAY, Refusal, TYPE};
use crate::config::Sso;

/// The longest token that is read, in bytes.
const LONGEST: usize = 16 * 1024;
/// The longest time between `iat` and `exp`, seconds.
const LIFETIME: i64 = 5 * 60;
/// The longest text of a claim that is kept, in characters.
const LONGEST_TEXT: usize = 255;

/// What a token says; everything is required, and of this type.
#[derive(Clone, Deserialize)]
pub(crate) struct Claims {
    /// Who signed it.
    pub(crate) iss: String,
    /// For whom: one name or several.
    aud: Audience,
    /// Whom it is about: his id there, which never changes.
    pub(crate) sub: String,
    /// Names the token itself.
    pub(crate) jti: String,
    /// When it was made, unix seconds.
    iat: i64,
    /// Before when it does not count, unix seconds; the only claim that may be missing.
    nbf: Option<i64>,
    /// When it ends, unix seconds.
    pub(crate) exp: i64,
    /// His e-mail address.
    pub(crate) email: String,
    /// His name.
    pub(crate) name: String,
    /// His roles, as they are called there.
    pub(crate) roles: Vec<String>,
    /// His organisation: its id here, or what it is called there.
    pub(crate) org: String,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn names(&self, us: &str) -> bool {
        match self {
            Self::One(one) => one == us,
            Self::Several(some) => some.iter().any(|one| one == us),
        }
    }
}

/// What `token` says, if one of `keys` signed it, for us, and at `now` (unix milliseconds) it is
/// time. Whether it was used before is not known here.
pub(crate) fn verify(token: &str, keys: &Keys, rules: &Sso, now: i64) -> Result<Claims, Refusal> {
    if token.is_empty() || token.len() > LONGEST {
        return Err(Refusal::Malformed("length"));
    }
    let header = decode_header(token).map_err(|_| Refusal::Malformed("header"))?;
    let key = keys.find(header.kid.as_deref())?;
    if header.alg != key.algorithm {
        return Err(Refusal::Untrusted("alg is not the key's"));
    }
    if !is_type(header.typ.as_deref(), rules.require_type) {
        return Err(Refusal::Untrusted("typ"));
    }
    // Members that must be understood and others bring their own key: we know none (RFC 8725 §3.10).
    if header.extras.inner().contains_key("crit") || header.jwk.is_some() || header.jku.is_some() {
        return Err(Refusal::Untrusted("crit, jwk or jku in the header"));
    }
    let mut signature_only = Validation::new(key.algorithm);
    // Names and times are checked below, by the clock that is lent to everybody.
    signature_only.required_spec_claims.clear();
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    let token = decode::<Claims>(token, &key.public, &signature_only).map_err(|error| {
        use jsonwebtoken::errors::ErrorKind;
        match error.kind() {
            ErrorKind::Json(_) | ErrorKind::Base64(_) => Refusal::Malformed("claims"),
            _ => Refusal::Untrusted("signature"),
        }
    })?;
    token.claims.check(rules, now / 1000)
}

fn is_type(typ: Option<&str>, required: bool) -> bool {
    // RFC 7515 §4.1.9: the prefix `application/` may be left out, and case does not count.
    let typ = typ.map(str::to_ascii_lowercase);
    match typ.as_deref().map(|typ| typ.strip_prefix("application/").unwrap_or(typ)) {
        Some(TYPE) => true,
        Some("jwt") | None => !required,
        Some(_) => false,
    }
}

impl Claims {
    fn check(self, rules: &Sso, now: i64) -> Result<Self, Refusal> {
        if self.iss != rules.issuer {
            return Err(Refusal::Untrusted("iss"));
        }
        if !self.aud.names(&rules.audience) {
            return Err(Refusal::Untrusted("aud"));
        }
        let lifetime = self.exp.checked_sub(self.iat).ok_or(Refusal::Malformed("exp"))?;
        if !(1..=LIFETIME).contains(&lifetime) {
            return Err(Refusal::Untrusted("exp is not within five minutes of iat"));
        }
        if self.exp.saturating_add(LEEWAY) <= now {
            return Err(Refusal::Expired("exp"));
        }
        if self.iat.max(self.nbf.unwrap_or(self.iat)) > now + LEEWAY {
            return Err(Refusal::Expired("iat or nbf lies ahead"));
        }
        let texts = [&self.sub, &self.jti, &self.email, &self.name, &self.org];
        let is_plain = |text: &&String| {
            !text.trim().is_empty()
                && text.chars().count() <= LONGEST_TEXT
                && !text.chars().any(char::is_control)
        };
        if !texts.iter().all(is_plain) {
            return Err(Refusal::Malformed("an empty or endless claim"));
        }
        Ok(self)
    }
}

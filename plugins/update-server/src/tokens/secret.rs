//! The secret in an address: found by its keyed hash, kept sealed, shown again to who may see it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plugin_api::{Cx, Fault, hex};

use crate::store::tokens::Token;

/// Separates the keyed hashes and the sealing of these secrets from others.
const PURPOSE: &str = "update-address";
/// Hexadecimal digits of a secret: 160 random bits.
const DIGITS: usize = 40;

/// A secret. A credential, so it is not `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    /// A new one.
    pub(crate) fn fresh(cx: &Cx) -> Self {
        Self(hex(&cx.random::<{ DIGITS / 2 }>()))
    }

    /// Reads one; none for what cannot be one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let is_hex = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        (text.len() == DIGITS && is_hex).then(|| Self(text.to_owned()))
    }

    /// As it stands in an address.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// The keyed hash it is found by, hex: comparing that tells nothing about the secret, however
    /// long it takes.
    pub(crate) async fn mac(&self, cx: &Cx) -> Result<String, Fault> {
        Ok(hex(&cx.mac(PURPOSE, self.0.as_bytes()).await?))
    }

    /// As it is kept.
    pub(crate) async fn sealed(&self, cx: &Cx) -> Result<String, Fault> {
        Ok(STANDARD.encode(cx.seal(PURPOSE, self.0.as_bytes()).await?))
    }

    /// The secret of an address.
    pub(crate) async fn of(cx: &Cx, token: &Token) -> Result<Self, Fault> {
        let sealed = STANDARD.decode(&token.token_sealed).map_err(Fault::internal)?;
        let plain = cx.open(PURPOSE, &sealed).await?;
        let read = std::str::from_utf8(&plain).ok().and_then(Self::read);
        read.ok_or_else(|| Fault::internal("a sealed secret is none"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_secret_is_looked_up() {
        assert!(Secret::read(&"0a".repeat(20)).is_some());
        for wrong in ["", "0a", &"0A".repeat(20), &"0g".repeat(20), &"0a".repeat(21)] {
            assert!(Secret::read(wrong).is_none(), "{wrong}");
        }
    }
}

//! A key of the system used before, as people type it.

use plugin_api::{Cx, Fault};

use crate::store::legacy::NewKey;

/// Separates the keyed hashes and the sealing of these keys from others.
const PURPOSE: &str = "legacy-key";
/// Most characters.
const LONGEST: usize = 200;
/// Fewest characters that count: what is shorter can be guessed.
const SHORTEST: usize = 10;
/// Characters of the hint.
const HINT: usize = 4;

/// A key of the system used before. A credential, so it is not `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct LegacyKey(String);

impl LegacyKey {
    /// Reads a key of at most 200 characters, ten of which are more than dashes and blanks.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let key = Self(typed.to_owned());
        let fits =
            typed.chars().nth(LONGEST).is_none() && key.canonical().chars().count() >= SHORTEST;
        fits.then_some(key)
    }

    /// What is hashed: without case, dashes and blanks, which people type as they like.
    pub(crate) fn canonical(&self) -> String {
        let counts = |c: &char| !c.is_whitespace() && !c.is_control() && *c != '-';
        self.0.to_lowercase().chars().filter(counts).collect()
    }

    /// The hash it is found by, in hexadecimal.
    pub(crate) async fn hash(&self, cx: &Cx) -> Result<String, Fault> {
        let mac = cx.mac(PURPOSE, self.canonical().as_bytes()).await?;
        Ok(plugin_api::hex(&mac))
    }

    /// The key as it is kept.
    pub(crate) async fn kept(&self, cx: &Cx) -> Result<NewKey, Fault> {
        Ok(NewKey {
            legacy_id: cx.fresh_id(),
            key_hash: self.hash(cx).await?,
            key_sealed: cx.seal(PURPOSE, self.0.as_bytes()).await?,
            hint: format!("{}…", self.0.chars().take(HINT).collect::<String>()),
        })
    }

    /// A key that was kept.
    pub(crate) async fn opened(cx: &Cx, sealed: &[u8]) -> Result<String, Fault> {
        let plain = cx.open(PURPOSE, sealed).await?;
        String::from_utf8(plain).map_err(|_| Fault::internal("a sealed legacy key is no text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_typed_without_care_and_not_too_short() {
        let canonical = |typed: &str| LegacyKey::parse(typed).map(|key| key.canonical());
        assert_eq!(canonical(" AB12-cd34-EF "), Some("ab12cd34ef".to_owned()));
        assert_eq!(canonical("ab12cd34ef"), canonical("AB12 CD34 ef"));
        assert_eq!(canonical("è-vecchia/+="), Some("èvecchia/+=".to_owned()));
        for wrong in ["", "-----------", "1-2-3-4-5-6-7-8-9", &"x".repeat(201)] {
            assert_eq!(canonical(wrong), None, "{wrong}");
        }
    }
}

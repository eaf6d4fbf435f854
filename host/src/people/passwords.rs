//! Passwords are kept as argon2id hashes (RFC 9106), and an unknown user costs as much as a known one.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use plugin_api::Fault;
use plugin_api::table::fold;
use tokio::sync::Semaphore;

use super::breached;
use crate::config::Config;

/// How many characters a password has at least; NIST SP 800-63B asks for length, not for symbols.
pub const SHORTEST: usize = 12;
/// How many bytes a password may have, so that nobody makes us hash a book.
pub(super) const LONGEST: usize = 1024;

/// What the product calls itself; it is on every page, so it is the first thing one guesses.
const PRODUCT: &str = "cockpit";

/// How many passwords are worked on at once: each takes 19 MiB and a core for some milliseconds.
const AT_ONCE: usize = 2;

/// Checked in place of the hash of a user who does not exist.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let salt = [7; 16];
    let hash = Argon2::default().hash_password_with_salt(b"nobody has this password", &salt);
    hash.map(|hash| hash.to_string()).unwrap_or_default()
});

/// Hashes and checks passwords beside the runtime's threads.
#[derive(Debug)]
pub struct Passwords(Semaphore);

impl Default for Passwords {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

impl Passwords {
    /// The hash to store, in the PHC string format.
    pub async fn hash(&self, password: &str) -> Result<String, Fault> {
        let password = password.to_owned();
        self.work(move || {
            let hash = Argon2::default().hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string()).map_err(Fault::internal)
        })
        .await?
    }

    /// Whether `password` is the one of `stored`; without a stored hash the answer is no, after the
    /// same work.
    pub async fn check(&self, password: &str, stored: Option<&str>) -> Result<bool, Fault> {
        let (password, stored) = (password.to_owned(), stored.map(str::to_owned));
        self.work(move || {
            let text = stored.as_deref().unwrap_or(&NOBODY);
            let Ok(hash) = PasswordHash::new(text) else { return false };
            Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
                && stored.is_some()
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let _permit = self.0.acquire().await.map_err(Fault::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Fault::internal)
    }
}

/// The key of the text that says why `password` cannot be used by whom the texts `about` describe:
/// his address, his name. Length and what is easily guessed count, symbols do not
/// (NIST SP 800-63B-4 §3.1.1.2).
pub(crate) async fn objection(
    config: &Config,
    password: &str,
    about: &[&str],
) -> Option<&'static str> {
    if password.chars().count() < SHORTEST {
        return Some("password-too-short");
    }
    if password.len() > LONGEST {
        return Some("field-too-long");
    }
    if is_about(password, about.iter().copied().chain([PRODUCT, &config.company.name])) {
        return Some("password-own-words");
    }
    if breached::is_common(password) || is_breached(config, password).await {
        return Some("password-common");
    }
    None
}

/// Whether little is left of `password` without the words of these texts.
fn is_about<'a>(password: &str, texts: impl Iterator<Item = &'a str>) -> bool {
    let mut rest = fold(password);
    let mut words: Vec<String> = texts
        .flat_map(|text| {
            let folded = fold(text);
            let parts = folded.split(|c: char| !c.is_alphanumeric());
            parts.filter(|word| word.chars().count() >= 3).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        rest = rest.replace(&word, "");
    }
    rest.chars().filter(|c| c.is_alphabetic()).count() < 4 && rest.len() < SHORTEST
}

async fn is_breached(config: &Config, password: &str) -> bool {
    let Some(file) = config.sign_in.breached_passwords.clone() else { return false };
    let password = password.to_owned();
    let found = tokio::task::spawn_blocking(move || breached::is_listed(&file, &password)).await;
    match found {
        Ok(Ok(found)) => found,
        // Who changes a password today cannot mend the file; the log tells who can.
        Ok(Err(error)) => {
            tracing::error!(%error, "The file of breached passwords cannot be read.");
            false
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_recognised_and_no_other() {
        let passwords = Passwords::default();
        let stored = passwords.hash("correct horse battery").await.expect("hashed");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_ne!(stored, passwords.hash("correct horse battery").await.expect("hashed"));
        for (password, expected) in [("correct horse battery", true), ("correct horse", false)] {
            let known = passwords.check(password, Some(&stored)).await.expect("checked");
            assert_eq!(known, expected, "{password}");
        }
    }

    #[tokio::test]
    async fn nobody_has_a_password() {
        let passwords = Passwords::default();
        let known = passwords.check("nobody has this password", None).await.expect("checked");
        assert!(!known);
        assert!(!passwords.check("", Some("no hash")).await.expect("checked"));
        assert!(PasswordHash::new(&NOBODY).is_ok(), "an unknown user costs the same work");
    }

    #[tokio::test]
    async fn length_matters_and_what_everybody_guesses() {
        let mut config = Config::default();
        let ada = ["ada.lovelace@example.org", "Ada Lovelace"];
        for (password, expected) in [
            ("elevenchars", Some("password-too-short")),
            ("àèìòùàèìòùàè", None),
            ("only lower case words", None),
            ("Password1234", Some("password-common")),
            ("Lovelace2026!!", Some("password-own-words")),
            ("lovelace.example", Some("password-own-words")),
            ("cockpit-cockpit-1", Some("password-own-words")),
            ("lovelace builds engines", None),
        ] {
            assert_eq!(objection(&config, password, &ada).await, expected, "{password}");
        }
        let long = "x1y".repeat(700);
        assert_eq!(objection(&config, &long, &[]).await, Some("field-too-long"));
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("breached.txt");
        // SHA-1 of "correct horse battery".
        let hash = plugin_api::hex(&<sha1::Sha1 as sha1::Digest>::digest("correct horse battery"));
        std::fs::write(&file, format!("{}:7\r\n", hash.to_uppercase())).expect("written");
        config.sign_in.breached_passwords = Some(file);
        let breached = objection(&config, "correct horse battery", &[]).await;
        assert_eq!(breached, Some("password-common"));
    }
}

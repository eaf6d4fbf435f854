//! Passwords are kept as argon2id hashes (RFC 9106), and an unknown user costs as much as a known one.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use plugin_api::Fault;
use tokio::sync::Semaphore;

/// How many characters a password has at least; NIST SP 800-63B asks for length, not for symbols.
pub const SHORTEST: usize = 12;
/// How many bytes a password may have, so that nobody makes us hash a book.
pub(super) const LONGEST: usize = 1024;

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

/// The key of the text that says why `password` cannot be used.
pub(crate) fn objection(password: &str) -> Option<&'static str> {
    if password.chars().count() < SHORTEST {
        return Some("password-too-short");
    }
    (password.len() > LONGEST).then_some("field-too-long")
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

    #[test]
    fn only_the_length_matters() {
        assert_eq!(objection("elevenchars"), Some("password-too-short"));
        assert_eq!(objection("àèìòùàèìòùàè"), None);
        assert_eq!(objection(&"x".repeat(2000)), Some("field-too-long"));
    }
}

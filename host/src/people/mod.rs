//! Who may use the cockpit: users, their sessions and API tokens, roles, and the first run.

mod breached;
mod cookies;
mod identify;
pub mod invitations;
pub(crate) mod links;
mod local_path;
mod notices;
pub mod organisations;
mod passwords;
pub(crate) mod privacy;
mod recovery;
pub(crate) mod reset;
pub mod roles;
pub(crate) mod second_factor;
mod secrets;
pub(crate) mod services;
pub mod sessions;
pub mod setup;
mod sign_in;
#[cfg(test)]
mod sign_in_tests;
pub(crate) mod sso;
#[cfg(test)]
mod tests;
mod throttle;
pub mod tokens;
pub(crate) mod totp;
pub mod users;

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

pub(crate) use cookies::{CookieRules, cookie, preference};
pub use identify::identify;
pub(crate) use identify::without_session;
pub use local_path::local_path;
pub(crate) use passwords::objection;
pub use passwords::{Passwords, SHORTEST};
pub use sign_in::{Refusal, Step, sign_in};
pub(crate) use sign_in::{challenged, entry_of, second_factor as prove};
pub use throttle::Throttle;
pub use tokens::NewToken;
pub use users::NewUser;

/// What is kept in memory about people; one per running cockpit. Not `Debug`: it holds a secret.
#[derive(Default)]
pub struct People {
    /// Hashes and checks passwords, a few at a time.
    pub passwords: Passwords,
    /// Counts sign-ins that failed.
    pub throttle: Throttle,
    /// When the use of tokens was last noted.
    pub token_uses: tokens::Uses,
    /// What differs from the defaults of roles.
    pub roles: roles::Edits,
    /// Whether a user is known to exist; only ever turns true.
    is_set_up: AtomicBool,
    /// The one-time token of the first run.
    setup_token: Mutex<Option<String>>,
}

impl People {
    /// Nothing remembered yet.
    pub fn new() -> Self {
        Self::default()
    }
}

/// How e-mail addresses are compared, alike on every database. Accents count, unlike in searches:
/// two addresses that differ in them are two people.
pub fn same_address(email: &str) -> String {
    email.trim().to_lowercase()
}

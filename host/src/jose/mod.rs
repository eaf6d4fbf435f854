//! Compact JSON web signatures (RFC 7515) with Ed25519 (RFC 8037), and nothing else of JOSE.

pub mod claims;
mod json;
mod jwk;
pub mod pem;
mod sign;
#[cfg(test)]
mod tests;
mod verify;

pub use jwk::{jwk, jwk_set, thumbprint};
pub use sign::sign;
pub use verify::{JwsError, verify};

/// The claims of a token.
pub type Claims = serde_json::Map<String, serde_json::Value>;

/// The longest token that is made or read, in bytes: payloads carry up to 64 KiB of free data.
pub const LONGEST: usize = 96 * 1024;

//! Single sign-on: an existing cockpit hands a person over with a short-lived signed token.

mod keys;
mod refusal;
mod routes;
#[cfg(test)]
mod tests;
mod token;

pub(crate) use keys::Keys;
pub(crate) use refusal::Refusal;
pub(crate) use routes::routes;
pub(crate) use token::{Claims, verify};

/// Where tokens are taken.
pub(crate) const PATH: &str = "/sso";

/// The `typ` of the tokens' header, so that no token made for something else passes for one
/// (RFC 8725 §3.11).
pub(crate) const TYPE: &str = "cockpit-sso+jwt";

/// How far clocks may differ, seconds.
pub(crate) const LEEWAY: i64 = 60;

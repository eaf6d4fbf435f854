//! What plugins are lent: the host's implementation of [`plugin_api::host::Host`].
//!
//! `Lent` is the host as one caller of one plugin sees it; [`bare`] is a database alone, for the
//! start of the host and for tests.

mod bare;
mod call;
mod effects;
mod lent;

pub use bare::bare;
pub(crate) use lent::Lent;

/// Unix milliseconds: the one place that reads the system clock.
#[expect(clippy::disallowed_methods, reason = "the clock everybody else is lent")]
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(i64::MAX)
}

/// Fills `out` from the operating system's generator.
pub fn random(out: &mut [u8]) {
    // Without entropy nothing may go on: keys and sessions would be guessable.
    getrandom::fill(out).expect("the operating system gives random bytes");
}

/// A new UUIDv7 (RFC 9562 §5.7) as text.
pub fn fresh_id() -> String {
    let mut bytes = [0; 10];
    random(&mut bytes);
    let ms = u64::try_from(now()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(ms, &bytes).into_uuid().hyphenated().to_string()
}

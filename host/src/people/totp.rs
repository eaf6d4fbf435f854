//! One-time codes an app computes from a shared secret and the clock (RFC 6238), as every
//! authenticator app understands them: SHA-1, six digits, steps of thirty seconds.

use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;

/// How many bytes a secret has: as many as the hash (RFC 4226 §4, R6).
pub(super) const SECRET: usize = 20;
/// How long a code is shown, milliseconds.
const STEP: i64 = 30_000;
/// How many digits a code has.
pub(super) const DIGITS: usize = 6;

/// The step of `typed` around `now` (unix milliseconds), one earlier and one later included because
/// clocks differ (RFC 6238 §5.2); none when it is no code of this secret.
pub(super) fn step_of(secret: &[u8], typed: &str, now: i64) -> Option<i64> {
    let current = now / STEP;
    let typed: u32 = typed.parse().ok()?;
    (current - 1..=current + 1).find(|step| code(secret, *step) == Some(typed))
}

/// The code of one step (RFC 4226 §5.3).
fn code(secret: &[u8], step: i64) -> Option<u32> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash.last()? & 0xf);
    let four = hash.get(offset..offset + 4)?.try_into().ok()?;
    Some((u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

/// Base32 without padding (RFC 4648 §6): how people type a secret into an app.
pub(super) fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bit = |n: usize| bytes.get(n / 8).map_or(0, |byte| byte >> (7 - n % 8) & 1);
    let letter = |n: usize| {
        let value = (n..n + 5).fold(0, |value, n| value << 1 | usize::from(bit(n)));
        char::from(LETTERS.get(value).copied().unwrap_or_default())
    };
    (0..bytes.len() * 8).step_by(5).map(letter).collect()
}

/// What the QR code says: the "Key URI Format" authenticator apps share
/// (<https://github.com/google/google-authenticator/wiki/Key-Uri-Format>).
pub(super) fn address(issuer: &str, account: &str, secret: &[u8]) -> String {
    let plain = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    // A colon divides issuer and account, so neither may hold one.
    let (issuer, account) = (plain(&issuer.replace(':', " ")), plain(&account.replace(':', " ")));
    let secret = base32(secret);
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={}",
        STEP / 1000
    )
}

/// The code an app shows at `now`, for tests that play the app.
#[cfg(test)]
pub(crate) fn shown(secret: &str, now: i64) -> String {
    let letter = |c: char| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).expect("base32");
    let bits: Vec<u8> = secret
        .chars()
        .map(letter)
        .flat_map(|value| (0..5).rev().map(move |n| u8::from(value >> n & 1 == 1)))
        .collect();
    let bytes: Vec<u8> = bits
        .chunks_exact(8)
        .map(|byte| byte.iter().fold(0, |value, bit| value << 1 | bit))
        .collect();
    format!("{:06}", code(&bytes, now / STEP).expect("a code"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, the last six of its eight digits.
        for (seconds, expected) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(code(SECRET, seconds * 1000 / STEP), Some(expected), "{seconds}");
        }
    }

    #[test]
    fn a_clock_may_be_one_step_off_and_no_more() {
        let (now, typed) = (59_000, "287082");
        assert_eq!(step_of(SECRET, typed, now), Some(1));
        assert_eq!(step_of(SECRET, typed, now + STEP), Some(1));
        assert_eq!(step_of(SECRET, typed, now - STEP), Some(1));
        assert_eq!(step_of(SECRET, typed, now + 2 * STEP), None);
        assert_eq!(step_of(SECRET, "287083", now), None);
        assert_eq!(step_of(SECRET, "no code", now), None);
    }

    #[test]
    fn a_secret_is_typed_in_base32() {
        // RFC 4648, section 10, without its padding.
        for (bytes, text) in [("f", "MY"), ("fo", "MZXQ"), ("foobar", "MZXW6YTBOI"), ("", "")] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
        assert_eq!(shown(&base32(SECRET), 59_000), "287082");
    }

    #[test]
    fn the_app_reads_who_it_is_for() {
        let address = address("Acme: Srl & C", "ada@example.org", SECRET);
        assert_eq!(
            address,
            "otpauth://totp/Acme%20%20Srl%20%26%20C:ada%40example%2Eorg\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme%20%20Srl%20%26%20C\
             &algorithm=SHA1&digits=6&period=30"
        );
    }
}

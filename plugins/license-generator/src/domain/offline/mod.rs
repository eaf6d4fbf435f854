//! What passes between us and a machine without a network, as text that people carry: what a request
//! asks, how typing errors are found, how an answer is cut into QR codes, and the code by which a
//! machine proves that it gave up its key.

mod short;

use sha2::{Digest as _, Sha256};

use super::key::{digit, is_separator, letter};

pub use short::Short;

/// What the text of a request begins with.
pub const REQUEST_MARK: &str = "L1Q.";
/// What the text of an answer begins with.
pub const ANSWER_MARK: &str = "L1R.";
/// Characters of a confirmation code.
const CODE_LENGTH: usize = 10;
/// Most characters of an answer in one QR code: version 25, which telephones still read from a
/// screen.
const FRAME: usize = 900;

/// What a machine asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A seat.
    Attiva,
    /// A fresh key for the seat it has.
    Rinnova,
    /// To give its seat back.
    Disattiva,
}

impl Action {
    /// Its name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attiva => "attiva",
            Self::Rinnova => "rinnova",
            Self::Disattiva => "disattiva",
        }
    }
}

/// CRC-32 (IEEE 802.3, reflected polynomial `0xEDB88320`), as zlib computes it.
pub fn crc32(bytes: &[u8]) -> u32 {
    let step = |register: u32| {
        let low = register & 1;
        (register >> 1) ^ (0xEDB8_8320 * low)
    };
    let byte = |register: u32, byte: &u8| {
        (0..8).fold(register ^ u32::from(*byte), |register, _| step(register))
    };
    !bytes.iter().fold(u32::MAX, byte)
}

/// The code a machine shows once it destroyed its computer key: the first ten Crockford characters
/// of the SHA-256 of `<computer key>|disattivata|<activation id>`.
pub fn confirmation_code(computer_key: &str, activation_id: &str) -> String {
    let text = format!("{computer_key}|disattivata|{activation_id}");
    let bits = Sha256::digest(text.as_bytes())
        .iter()
        .take(8)
        .fold(0u128, |bits, byte| (bits << 8) | u128::from(*byte));
    (0..CODE_LENGTH).map(|place| letter(bits >> (64 - 5 * (place + 1)))).collect()
}

/// A confirmation code as it was typed, in its one spelling; none if it cannot be one.
pub fn typed_code(typed: &str) -> Option<String> {
    let code = canonical(typed)?;
    (code.len() == CODE_LENGTH).then_some(code)
}

/// Crockford characters typed without care in their one spelling; none if there is another.
fn canonical(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|letter| !is_separator(*letter));
    letters.map(|typed| digit(typed).map(|bits| letter(u128::from(bits)))).collect()
}

/// The text of an answer: the computer key, and the token of the device if its licence gives one.
pub fn answer_text(computer_key: &str, token: Option<&str>) -> String {
    let token = token.map(|token| format!(".{token}")).unwrap_or_default();
    format!("{ANSWER_MARK}{computer_key}{token}")
}

/// An answer cut into the texts of its QR codes: the answer itself if it fits into one, otherwise
/// each part after `<number>/<of how many>:`.
pub fn frames(answer: &str) -> Vec<String> {
    let letters: Vec<char> = answer.chars().collect();
    if letters.len() <= FRAME {
        return vec![answer.to_owned()];
    }
    let parts = letters.chunks(FRAME);
    let count = parts.len();
    let frame = |(place, part): (usize, &[char])| {
        format!("{}/{count}:{}", place + 1, part.iter().collect::<String>())
    };
    parts.enumerate().map(frame).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_zlib() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn a_code_depends_on_key_and_seat_and_may_be_typed_without_care() {
        let code = confirmation_code("a.b.c", "seat");
        assert_eq!(code.len(), 10);
        assert_ne!(code, confirmation_code("a.b.d", "seat"));
        assert_ne!(code, confirmation_code("a.b.c", "other"));
        let careless = code.to_lowercase().replace('0', "o").replace('1', "l");
        let (first, last) = careless.split_at(5);
        assert_eq!(typed_code(&format!(" {first} - {last}\n")), Some(code));
        assert_eq!(typed_code("ABC"), None);
        assert_eq!(typed_code("ABCDE-FGHIU"), None);
    }

    #[test]
    fn a_code_is_what_the_documentation_computes() {
        // hashlib.sha256(b"a.b.c|disattivata|seat"), read five bits at a time.
        let digest = Sha256::digest(b"a.b.c|disattivata|seat");
        let code = confirmation_code("a.b.c", "seat");
        let first = usize::from(digest[0] >> 3);
        assert_eq!(code.as_bytes()[0], b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[first]);
    }

    #[test]
    fn a_long_answer_is_cut_into_numbered_parts_that_make_it_again() {
        let answer: String = ('a'..='z').cycle().take(2 * FRAME + 1).collect();
        let frames = frames(&answer);
        assert_eq!(frames.len(), 3);
        let parts: String =
            frames.iter().map(|frame| frame.split_once(':').expect("a number").1).collect();
        assert_eq!(parts, answer);
        assert!(frames[1].starts_with("2/3:"));
        assert_eq!(super::frames("L1R.a"), ["L1R.a"]);
    }
}

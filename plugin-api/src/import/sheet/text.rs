//! Bytes as text: a byte order mark says which encoding it is, else the bytes themselves do.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Unreadable;

/// The encodings there are to choose from, as [`super::Reading::encoding`] names them.
pub(in crate::import) const ENCODINGS: [&str; 4] =
    ["utf-8", "windows-1252", "utf-16le", "utf-16be"];

/// How much of a file is looked at to tell UTF-16 by its zeros.
const SAMPLE: usize = 4096;

/// The text and the name of its encoding: `wanted`, unless that is empty or none of ours.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    wanted: &str,
) -> Result<(Cow<'a, str>, &'static str), Unreadable> {
    let chosen = ENCODINGS.into_iter().find(|name| *name == wanted).map(encoding);
    let marked = Encoding::for_bom(bytes);
    let encoding = match (chosen, marked) {
        (Some(encoding), _) | (None, Some((encoding, _))) => encoding,
        (None, None) => guess(bytes),
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    // Text has no zeros; what has them is a picture, a program, a document of another kind.
    if text.contains('\0') {
        return Err(Unreadable::Unknown);
    }
    Ok((text, name(encoding)))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let zeros = |odd: usize| {
        let every_other = bytes.iter().take(SAMPLE).skip(odd).step_by(2);
        every_other.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = bytes.len().min(SAMPLE) / 8;
    if even + odd > many && odd > 4 * even {
        return UTF_16LE;
    }
    if even + odd > many && even > 4 * odd {
        return UTF_16BE;
    }
    // Every byte means something in Windows-1252, which Excel writes in western Europe.
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 }
}

fn encoding(name: &str) -> &'static Encoding {
    match name {
        "windows-1252" => WINDOWS_1252,
        "utf-16le" => UTF_16LE,
        "utf-16be" => UTF_16BE,
        _ => UTF_8,
    }
}

fn name(encoding: &'static Encoding) -> &'static str {
    ENCODINGS.into_iter().find(|name| self::encoding(name) == encoding).unwrap_or("utf-8")
}

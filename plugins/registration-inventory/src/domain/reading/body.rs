//! Bytes as text: a byte order mark says which encoding it is, then the bytes, then the content type.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Flag, Flags};

/// The text of `bytes`.
pub(super) fn decoded<'a>(
    bytes: &'a [u8],
    content_type: Option<&str>,
    flags: &mut Flags,
) -> Cow<'a, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, is_bad) =
            encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default());
        if is_bad {
            flags.set(Flag::CaratteriNonValidi);
        }
        return text;
    }
    let wide = match bytes {
        [0, other, ..] if *other != 0 => Some(UTF_16BE),
        [other, 0, ..] if *other != 0 => Some(UTF_16LE),
        _ => None,
    };
    if let Some(encoding) = wide {
        flags.set(Flag::CodificaIncerta);
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    if let Some(encoding) = content_type.and_then(charset) {
        let (text, is_bad) = encoding.decode_without_bom_handling(bytes);
        if !is_bad {
            return text;
        }
    }
    guessed(bytes, flags)
}

/// `bytes` that are not UTF-8, or not quite.
pub(super) fn guessed<'a>(bytes: &'a [u8], flags: &mut Flags) -> Cow<'a, str> {
    // What has accented letters of UTF-8 is UTF-8 with a mistake, such as a text cut within a letter.
    if bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        flags.set(Flag::CaratteriNonValidi);
        return String::from_utf8_lossy(bytes);
    }
    flags.set(Flag::CodificaIncerta);
    // Every byte means something in Windows-1252, which old programs write in western Europe.
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// The encoding that a content type names, unless the bytes have shown that it is not that one.
fn charset(content_type: &str) -> Option<&'static Encoding> {
    let (_, parameters) = content_type.split_once(';')?;
    let named = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
    let (_, label) =
        named.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let encoding = Encoding::for_label(label.trim().trim_matches('"').as_bytes())?;
    (encoding.is_ascii_compatible() && encoding != UTF_8).then_some(encoding)
}

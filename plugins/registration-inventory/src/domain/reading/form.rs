//! Forms: `nome_software=…&cliente[partita_iva]=…` (WHATWG URL, `application/x-www-form-urlencoded`),
//! and one `name=value` a line, as `text/plain` forms are.

use std::borrow::Cow;

use super::fields::{Fields, Value};
use super::names::{Group, named};
use super::{Broken, Flags, body};

/// Reads a form or a query.
pub(super) fn read<'a>(
    text: &'a str,
    fields: &mut Fields<'a>,
    flags: &mut Flags,
) -> Result<(), Broken> {
    if !text.is_empty() && !text.contains('=') {
        return Err(Broken);
    }
    // Lines are not encoded; a text with both is one long form that somebody broke into lines.
    let is_lines = text.contains('\n') && !text.contains('&');
    for pair in text.split(['&', '\n', '\r']) {
        let Some((key, value)) = pair.split_once('=') else { continue };
        let (key, value) = if is_lines {
            (Cow::Borrowed(key), Cow::Borrowed(value))
        } else {
            (decoded(key, flags), decoded(value, flags))
        };
        fields.put(named(Group::Top, &key).field, Value::Text(value), flags);
    }
    Ok(())
}

fn decoded<'a>(text: &'a str, flags: &mut Flags) -> Cow<'a, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        let escaped = match after {
            [high, low, ..] if *byte == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        if let Some((high, low)) = escaped {
            bytes.push(high << 4 | low);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(if *byte == b'+' { b' ' } else { *byte });
            rest = after;
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => Cow::Owned(text),
        Err(other) => Cow::Owned(body::guessed(other.as_bytes(), flags).into_owned()),
    }
}

/// The value of a hexadecimal digit.
fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

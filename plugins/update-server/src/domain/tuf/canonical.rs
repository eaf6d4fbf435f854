//! Canonical JSON (OLPC): the bytes that are signed.
//!
//! Only what every implementation writes alike is let through: printable ASCII, integers, no floats.
//! olpc-cjson (tough) normalises other characters, python-tuf does not, and their signatures would
//! disagree.

use serde::Serialize;
use serde_json::Value as Json;

/// Something that has no canonical form all clients agree on; says what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrepresentable(pub String);

impl From<serde_json::Error> for Unrepresentable {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// The canonical bytes of a value.
pub fn canonical(value: &impl Serialize) -> Result<Vec<u8>, Unrepresentable> {
    let mut out = Vec::new();
    write(&serde_json::to_value(value)?, &mut out)?;
    Ok(out)
}

fn write(value: &Json, out: &mut Vec<u8>) -> Result<(), Unrepresentable> {
    match value {
        Json::Null => out.extend_from_slice(b"null"),
        Json::Bool(true) => out.extend_from_slice(b"true"),
        Json::Bool(false) => out.extend_from_slice(b"false"),
        Json::Number(number) if number.is_i64() => {
            out.extend_from_slice(number.to_string().as_bytes());
        }
        Json::Number(number) => return Err(Unrepresentable(number.to_string())),
        Json::String(text) => write_text(text, out)?,
        Json::Array(items) => {
            let items = items.iter().map(|item| move |out: &mut Vec<u8>| write(item, out));
            separated(*b"[]", items, out)?;
        }
        Json::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| name.as_bytes());
            let members = members.into_iter().map(|(name, value)| {
                move |out: &mut Vec<u8>| {
                    write_text(name, out)?;
                    out.push(b':');
                    write(value, out)
                }
            });
            separated(*b"{}", members, out)?;
        }
    }
    Ok(())
}

fn separated<W: FnOnce(&mut Vec<u8>) -> Result<(), Unrepresentable>>(
    [open, close]: [u8; 2],
    items: impl Iterator<Item = W>,
    out: &mut Vec<u8>,
) -> Result<(), Unrepresentable> {
    out.push(open);
    for (at, write_item) in items.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write_item(out)?;
    }
    out.push(close);
    Ok(())
}

fn write_text(text: &str, out: &mut Vec<u8>) -> Result<(), Unrepresentable> {
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b' '..=b'~' => out.push(byte),
            _ => return Err(Unrepresentable(text.to_owned())),
        }
    }
    out.push(b'"');
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Answers of `securesystemslib.formats.encode_canonical` 1.6.
    #[test]
    fn it_writes_what_securesystemslib_writes() {
        let value = json!({"b": [1, -2, true, null], "a": {"é": 0}});
        assert!(canonical(&value).is_err());
        let value = json!({"b": [1, -2, true, null, []], "B": {}, "a": "q\"b\\s/", "a b": "~"});
        let text = String::from_utf8(canonical(&value).expect("canonical")).expect("ASCII");
        assert_eq!(text, r#"{"B":{},"a":"q\"b\\s/","a b":"~","b":[1,-2,true,null,[]]}"#);
    }

    #[test]
    fn floats_and_large_numbers_and_other_characters_are_refused() {
        for value in [json!(1.5), json!(u64::MAX), json!("a\nb"), json!("caffè"), json!({"\t": 1})]
        {
            assert!(canonical(&value).is_err(), "{value}");
        }
    }
}

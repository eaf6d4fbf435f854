//! Where a page begins, as an opaque text in the address: base64url of a JSON array.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};

use crate::db::Value;

/// Longer ones are not ours.
const LONGEST: usize = 4096;

/// The row a page follows, or precedes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cursor {
    /// The order it belongs to, as `sort` says it.
    pub(super) sort: String,
    /// Sort value of the row.
    pub(super) value: Value,
    /// Id of the row.
    pub(super) id: String,
    /// Whether the page before it is meant.
    pub(super) backward: bool,
}

impl Cursor {
    pub(super) fn encode(&self) -> String {
        let value = match &self.value {
            Value::Int(n) => json!(n),
            Value::Text(text) => json!(text),
            // As bits, because a float must come back equal.
            Value::Real(n) => json!([n.to_bits()]),
            Value::Null | Value::Blob(_) => Json::Null,
        };
        URL_SAFE_NO_PAD.encode(json!([self.sort, value, self.id, self.backward]).to_string())
    }

    /// None for a text that [`Cursor::encode`] never wrote.
    pub(super) fn decode(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (sort, value, id, backward): (String, Json, String, bool) =
            serde_json::from_slice(&bytes).ok()?;
        let value = match value {
            Json::Null => Value::Null,
            Json::Number(n) => Value::Int(n.as_i64()?),
            Json::String(text) => Value::Text(text),
            Json::Array(bits) => Value::Real(
                Some(f64::from_bits(bits.first()?.as_u64()?)).filter(|n| n.is_finite())?,
            ),
            _ => return None,
        };
        let ours = !id.is_empty() && id.bytes().all(|b| b.is_ascii_graphic());
        ours.then_some(Self { sort, value, id, backward })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        for value in [Value::Null, (-7i64).into(), 0.1.into(), "Società \"X\"".into()] {
            let cursor = Cursor { sort: "-nome".into(), value, id: "a-1".into(), backward: true };
            assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }
    }

    #[test]
    fn anything_else_is_none() {
        let odd = |json: &str| Cursor::decode(&URL_SAFE_NO_PAD.encode(json));
        assert_eq!(odd("[\"x\",1,\"è\",false]"), None, "ids are ASCII");
        assert_eq!(odd("[\"x\",1,\"\",false]"), None);
        assert_eq!(odd("[\"x\",{},\"a\",false]"), None);
        assert_eq!(odd("[\"x\",1.5,\"a\",false]"), None);
        assert_eq!(odd("[\"x\",[],\"a\",false]"), None);
        assert_eq!(odd("[\"x\",1,\"a\"]"), None);
        assert_eq!(odd("{}"), None);
        assert_eq!(Cursor::decode("***"), None);
        assert_eq!(Cursor::decode(""), None);
        assert_eq!(Cursor::decode(&"A".repeat(5000)), None);
    }
}

//! A device as it describes itself, and the seat it has.

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Longest fingerprint, in bytes of its canonical text.
const LONGEST_FINGERPRINT: usize = 4096;
/// The member that holds a fingerprint's components.
const COMPONENTS: &str = "componenti";

/// What tells a device from others: a text, or named components, kept as one canonical text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Reads a text or `{"componenti": {…}}`; `None` if it is neither, empty, or above 4 KiB.
    pub fn read(value: &Value) -> Option<Self> {
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Object(members) => {
                let components = members.get(COMPONENTS)?.as_object()?;
                if components.is_empty() {
                    return None;
                }
                let mut text = format!("{{\"{COMPONENTS}\":");
                write_sorted(&Value::Object(components.clone()), &mut text);
                text.push('}');
                text
            }
            _ => return None,
        };
        let fits = !text.is_empty() && text.len() <= LONGEST_FINGERPRINT;
        fits.then_some(Self(text))
    }

    /// A text this plugin stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// SHA-256 of the canonical text, in hexadecimal: what is compared and indexed. A hash nobody
    /// can steer, because two devices of one hash would share a seat.
    pub fn hash(&self) -> String {
        plugin_api::hex(&Sha256::digest(self.0.as_bytes()))
    }

    /// Its components, each hashed with its name; none for a text.
    pub fn components(&self) -> Vec<Component> {
        let sent = self.as_sent();
        let Some(members) = sent.get(COMPONENTS).and_then(Value::as_object) else {
            return Vec::new();
        };
        members.iter().map(|(name, value)| Component::of(name, value)).collect()
    }

    /// How many components two fingerprints have in common.
    pub fn in_common(&self, other: &Self) -> usize {
        let others = other.components();
        self.components().iter().filter(|component| others.contains(component)).count()
    }

    /// As the device sent it: components are an object again.
    pub fn as_sent(&self) -> Value {
        if self.0.starts_with("{\"componenti\":")
            && let Ok(object) = serde_json::from_str(&self.0)
        {
            return object;
        }
        Value::from(self.0.clone())
    }
}

/// One component of a fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// What it is called: `disco`, `scheda_madre`.
    pub name: String,
    /// SHA-256 of its name and value, in hexadecimal: equal only for the same value of the same
    /// component.
    pub hash: String,
}

impl Component {
    fn of(name: &str, value: &Value) -> Self {
        // The name as JSON ends where it ends: no value can pass for a part of it.
        let mut text = Value::from(name).to_string();
        text.push(':');
        write_sorted(value, &mut text);
        Self { name: name.to_owned(), hash: plugin_api::hex(&Sha256::digest(text.as_bytes())) }
    }
}

/// Writes JSON with the members of every object sorted by name, however the map orders them.
fn write_sorted(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|a, b| a.0.cmp(b.0));
            out.push('{');
            for (place, (name, member)) in members.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write_sorted(member, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write_sorted(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

/// A device that asks for a seat.
#[derive(Debug, Clone)]
pub struct Device {
    /// What tells it from others.
    pub fingerprint: Fingerprint,
    /// What its owner calls it; may be empty.
    pub name: String,
    /// Its operating system; may be empty.
    pub platform: String,
}

/// The seat a device has, or had.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Activation {
    /// Its id.
    pub activation_id: String,
    /// The device's fingerprint as stored.
    pub fingerprint: String,
    /// What its owner calls it.
    pub device_name: String,
    /// Its operating system.
    pub platform: String,
    /// When it took the seat, unix milliseconds.
    pub activated_at: i64,
    /// When it was last heard of, unix milliseconds.
    pub last_seen_at: i64,
    /// When it gave the seat back, unix milliseconds.
    pub deactivated_at: Option<i64>,
    /// The person whose seat it is, if the licence is bound to people.
    #[serde(default)]
    pub user_id: Option<String>,
    /// What that person is called; empty if the licence is not bound to people.
    #[serde(default)]
    pub user_name: String,
}

impl Activation {
    /// Whether it holds a seat.
    pub fn is_active(&self) -> bool {
        self.deactivated_at.is_none()
    }

    /// What to call the device.
    pub fn title(&self) -> &str {
        if self.device_name.is_empty() { &self.fingerprint } else { &self.device_name }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn components_are_the_same_in_any_order() {
        let one = Fingerprint::read(&json!({"componenti": {"b": [1, {"y": 1, "x": 2}], "a": "è"}}));
        let text = r#"{"componenti": {"a": "è", "b": [1, {"x": 2, "y": 1}]}, "altro": 1}"#;
        let other = Fingerprint::read(&serde_json::from_str(text).unwrap());
        assert!(one.is_some());
        assert_eq!(one, other);
        let one = one.unwrap();
        assert_eq!(one.as_str(), r#"{"componenti":{"a":"è","b":[1,{"x":2,"y":1}]}}"#);
        assert_eq!(one.as_sent()["componenti"]["a"], "è");
    }

    #[test]
    fn a_text_is_trimmed_and_bounded() {
        let read = |text: &str| Fingerprint::read(&json!(text));
        assert_eq!(read("  abc\n"), read("abc"));
        assert_eq!(read(" "), None);
        assert!(read(&"x".repeat(4096)).is_some());
        assert_eq!(read(&"x".repeat(4097)), None);
        for value in [json!(null), json!(7), json!([]), json!({}), json!({"componenti": {}})] {
            assert_eq!(Fingerprint::read(&value), None, "{value}");
        }
    }

    #[test]
    fn components_are_equal_by_name_and_value() {
        let read = |value: &Value| Fingerprint::read(&json!({"componenti": value})).unwrap();
        let one = read(&json!({"cpu": "A", "disco": "B", "rete": {"x": 1, "y": 2}}));
        let other = read(&json!({"cpu": "B", "disco": "B", "rete": {"y": 2, "x": 1}}));
        assert_eq!(one.in_common(&other), 2);
        assert_eq!(one.in_common(&one), 3);
        assert_eq!(one.in_common(&Fingerprint::read(&json!("cpu")).unwrap()), 0);
        let names: Vec<_> = one.components().into_iter().map(|component| component.name).collect();
        assert_eq!(names.len(), 3);
    }

    #[test]
    fn the_hash_is_that_of_the_text() {
        let fingerprint = Fingerprint::read(&json!("abc")).unwrap();
        // FIPS 180-4, the example "abc".
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(fingerprint.hash(), expected);
    }
}

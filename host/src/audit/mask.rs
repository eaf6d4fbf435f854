//! Secrets never reach the audit log, whatever a plugin hands in.

use serde_json::Value as Json;

/// What stands in place of a secret.
const MASK: &str = "***";
/// A member one of whose words is, or ends with, one of these holds a secret.
const SECRET: [&str; 9] =
    ["password", "passwd", "secret", "token", "key", "hash", "salt", "chiave", "gettone"];
/// Unless its last word says that it only tells of one.
const TELLING: [&str; 11] = [
    "at",
    "by",
    "count",
    "days",
    "hint",
    "id",
    "name",
    "permissions",
    "prefix",
    "required",
    "state",
];

/// Blanks every member that looks like a secret, at any depth.
pub(super) fn masked(value: &Json) -> Json {
    match value {
        Json::Object(members) => {
            let mask = |(name, member): (&String, &Json)| {
                let says_nothing = member.is_null() || member.is_boolean();
                let is_plain = says_nothing || !is_secret(name);
                (name.clone(), if is_plain { masked(member) } else { Json::from(MASK) })
            };
            Json::Object(members.iter().map(mask).collect())
        }
        Json::Array(items) => Json::Array(items.iter().map(masked).collect()),
        other => other.clone(),
    }
}

fn is_secret(name: &str) -> bool {
    let words = words(name);
    let is_telling = words.last().is_some_and(|last| TELLING.contains(&last.as_str()));
    let is_one = |word: &String| {
        let word = word.strip_suffix('s').unwrap_or(word);
        SECRET.iter().any(|secret| word.ends_with(secret))
    };
    !is_telling && words.iter().any(is_one)
}

/// The words of `api_key`, `apiKey` and `api-key`, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && was_lower {
            words.push(String::new());
        }
        if let (Some(word), true) = (words.last_mut(), c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whatever_looks_like_a_secret_is_blanked_at_any_depth() {
        let given = json!({
            "email": "a@b", "password": "x", "passwordHash": "x", "api_key": "x", "apikey": "x",
            "tokens": ["x"], "chiave_licenza": "x", "smtp": { "secret": "x", "port": 25 },
            "list": [{ "Token": "x" }],
        });
        let kept = masked(&given).to_string();
        assert!(!kept.contains("\"x\""), "{kept}");
        assert!(kept.contains("a@b") && kept.contains("25"));
    }

    #[test]
    fn what_only_tells_of_a_secret_stays() {
        let given = json!({
            "key_hint": "ABCD", "token_id": "7", "totp_required": true, "password": null,
            "prefix": "0123", "expires_at": 1, "keyboard": "it", "hashed": false,
        });
        assert_eq!(masked(&given), given);
    }
}

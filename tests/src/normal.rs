//! Answers without what differs from server to server: ids, instants, keys, tokens, addresses.

use std::fmt::Write as _;

use crate::client::Answer;

const HEADERS: [&str; 9] = [
    "content-type",
    "cache-control",
    "location",
    "etag",
    "www-authenticate",
    "retry-after",
    "content-security-policy",
    "content-disposition",
    "allow",
];

/// Status, the headers that matter and the body, with everything that differs replaced.
pub fn answer(answer: &Answer) -> String {
    let mut text = format!("{}\n", answer.status);
    for name in HEADERS {
        for value in answer.headers.get_all(name) {
            let value = String::from_utf8_lossy(value.as_bytes());
            let _ = writeln!(text, "{name}: {}", self::text(&value));
        }
    }
    text.push('\n');
    text.push_str(&rows_sorted(&self::text(&answer.body)));
    text
}

/// The rows of a page's table in order of their text: rows that were entered within the same
/// millisecond come in any order.
fn rows_sorted(page: &str) -> String {
    let Some((before, rest)) = page.split_once("<tbody>") else { return page.to_owned() };
    let Some((body, after)) = rest.split_once("</tbody>") else { return page.to_owned() };
    let mut rows: Vec<&str> = body.split("<tr").map(str::trim).collect();
    rows.sort_unstable();
    format!("{before}<tbody>{}</tbody>{after}", rows.join("\n<tr"))
}

/// The text with everything that differs replaced by what it is.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || "-_.:".contains(c) {
            word.push(c);
        } else {
            push(&mut out, &mut word);
            out.push(c);
        }
    }
    push(&mut out, &mut word);
    out
}

fn push(out: &mut String, word: &mut String) {
    let trimmed = word.trim_end_matches(['.', ':', '-']);
    out.push_str(kind(trimmed).unwrap_or(trimmed));
    out.push_str(&word[trimmed.len()..]);
    word.clear();
}

fn kind(word: &str) -> Option<&'static str> {
    if word.starts_with("127.0.0.1:") {
        Some("<address>")
    } else if shaped(word, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh") {
        Some("<id>")
    } else if word.starts_with("eyJ") && word.matches('.').count() == 2 {
        Some("<signed token>")
    } else if shaped(word, "aaaaa-aaaaa-aaaaa-aaaaa-aaaaa") {
        Some("<activation key>")
    } else if shaped(word, "aaaaa") {
        // The first group of an activation key, or a word in capitals, which is as good as none.
        Some("<group>")
    } else if word.len() >= 20 && shaped(&word[..17], "dddd-dd-ddTdd:dd:") {
        Some("<instant>")
    } else if shaped(word, "dddd-dd-dd") {
        Some("<date>")
    } else if shaped(word, "dd:dd") {
        Some("<time>")
    } else if word.len() >= 40 && word.contains(|c: char| c.is_ascii_digit()) {
        Some("<opaque>")
    } else {
        None
    }
}

/// Whether `word` looks like `shape`: d a digit, h a lower-case hexadecimal digit, a an upper-case
/// letter or digit, everything else itself.
fn shaped(word: &str, shape: &str) -> bool {
    word.len() == shape.len()
        && word.bytes().zip(shape.bytes()).all(|(byte, like)| match like {
            b'd' => byte.is_ascii_digit(),
            b'h' => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
            b'a' => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            other => byte == other,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_replaced_and_the_rest_stays() {
        let before = r#"{"id":"01a4b9c3-0000-7abc-8000-0123456789ab","creato":"2026-11-22T10:00:00.123Z",
            "chiave":"7D91A-F8FC9-16609-0A1B2-C3D4E","n":12,"url":"http://127.0.0.1:4711/x"}"#;
        let after = r#"{"id":"<id>","creato":"<instant>",
            "chiave":"<activation key>","n":12,"url":"http://<address>/x"}"#;
        assert_eq!(text(before), after);
        assert_eq!(text("Valid until 2026-11-22, 10:34."), "Valid until <date>, <time>.");
        assert_eq!(text("customer-accounts 0.1.0: ok"), "customer-accounts 0.1.0: ok");
    }

    #[test]
    fn rows_of_a_table_are_compared_in_any_order() {
        let one = "<p><tbody><tr>b</tr>\n<tr>a</tr></tbody></p>";
        let other = "<p><tbody><tr>a</tr>\n<tr>b</tr></tbody></p>";
        assert_eq!(rows_sorted(one), rows_sorted(other));
        assert_ne!(rows_sorted(one), rows_sorted("<p><tbody><tr>a</tr></tbody></p>"));
    }
}

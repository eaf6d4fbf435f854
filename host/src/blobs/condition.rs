//! Whether a client has the file already (RFC 9110 §13).

use http::HeaderMap;
use http::header::{HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE};
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};

/// What tells one content from another.
pub(super) struct Validators {
    /// `ETag`: the hash of the content, so a strong one.
    pub(super) etag: String,
    /// `Last-Modified`: when the file was kept.
    pub(super) modified: String,
    /// The same, unix seconds.
    seconds: i64,
}

impl Validators {
    /// Those of a content of this SHA-256 (hex) that was kept then (unix milliseconds).
    pub(super) fn new(sha256: &str, stored_at: i64) -> Self {
        let seconds = stored_at.div_euclid(1000);
        let at = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        let modified = DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default();
        Self { etag: format!("\"{sha256}\""), modified, seconds }
    }

    /// Whether the client has it. The date counts only where there is no tag (§13.2.2).
    pub(super) fn are_known(&self, asked: &HeaderMap) -> bool {
        if asked.contains_key(IF_NONE_MATCH) {
            let tags = asked.get_all(IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
            let mut tags = tags.flat_map(|tags| tags.split(',')).map(str::trim);
            return tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == self.etag);
        }
        date(asked, &IF_MODIFIED_SINCE).is_some_and(|since| self.seconds <= since)
    }

    /// Whether parts may be sent: the client names no version, or this one (§13.1.5).
    pub(super) fn allow_parts(&self, asked: &HeaderMap) -> bool {
        let Some(version) = asked.get(IF_RANGE) else { return true };
        version.as_bytes() == self.etag.as_bytes() || date(asked, &IF_RANGE) == Some(self.seconds)
    }
}

fn date(asked: &HeaderMap, name: &HeaderName) -> Option<i64> {
    let text = asked.get(name)?.to_str().ok()?;
    DateTimeParser::new().parse_timestamp(text).ok().map(Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "Thu, 15 Jan 2026 10:00:00 GMT";

    #[test]
    fn what_a_client_has_is_told_by_tag_and_else_by_date() {
        let validators = Validators::new("abc", 1_768_471_200_999);
        assert_eq!(validators.modified, NOW);
        let later = "Thu, 15 Jan 2026 10:00:01 GMT";
        let earlier = "Thu, 15 Jan 2026 09:59:59 GMT";
        let asked = |headers: &[(HeaderName, &str)]| -> HeaderMap {
            let header = |(name, value): &(HeaderName, &str)| {
                (name.clone(), value.parse().expect("a header"))
            };
            headers.iter().map(header).collect()
        };
        for (headers, known) in [
            (asked(&[]), false),
            (asked(&[(IF_NONE_MATCH, "\"abc\"")]), true),
            (asked(&[(IF_NONE_MATCH, "\"x\", W/\"abc\"")]), true),
            (asked(&[(IF_NONE_MATCH, "*")]), true),
            (asked(&[(IF_NONE_MATCH, "\"x\""), (IF_MODIFIED_SINCE, later)]), false),
            (asked(&[(IF_MODIFIED_SINCE, NOW)]), true),
            (asked(&[(IF_MODIFIED_SINCE, earlier)]), false),
            (asked(&[(IF_MODIFIED_SINCE, "yesterday")]), false),
        ] {
            assert_eq!(validators.are_known(&headers), known, "{headers:?}");
        }
        for (version, allowed) in [
            ("\"abc\"", true),
            ("W/\"abc\"", false),
            ("\"x\"", false),
            (NOW, true),
            (later, false),
            (earlier, false),
        ] {
            assert_eq!(
                validators.allow_parts(&asked(&[(IF_RANGE, version)])),
                allowed,
                "{version}"
            );
        }
        assert!(validators.allow_parts(&asked(&[])));
    }
}

//! Amounts as people type them.

/// Reads `12`, `12.5` or `12,50` as minor units; nothing else, so that nobody is charged a guess.
pub fn parse_minor(text: &str) -> Option<i64> {
    let (whole, cents) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || cents.len() > 2 || !is_number(whole) || !is_number(cents) {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

/// An amount of minor units the way it is typed: `12.50`.
pub fn format_minor(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_both_notations() {
        for (text, minor) in
            [("12", 1200), ("12.5", 1250), (" 0,05 ", 5), ("1000000,00", 100_000_000)]
        {
            assert_eq!(parse_minor(text), Some(minor), "{text}");
            assert_eq!(parse_minor(&format_minor(minor)), Some(minor));
        }
        for text in ["", "-1", ".5", "1.234", "1e3", "1.2.3", "9223372036854775807"] {
            assert_eq!(parse_minor(text), None, "{text}");
        }
    }
}

//! Amounts of money: minor units of an ISO 4217 currency, and how they are typed and written.

/// Currencies whose minor unit is the currency itself (ISO 4217, list one).
pub(crate) const WHOLE: [&str; 17] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];
/// Currencies with a thousandth as their minor unit (ISO 4217, list one).
pub(crate) const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Digits of the minor unit of `currency` (ISO 4217); 2 for one that is not known.
pub fn minor_digits(currency: &str) -> u8 {
    match currency {
        code if WHOLE.contains(&code) => 0,
        code if THOUSANDTHS.contains(&code) => 3,
        _ => 2,
    }
}

/// An amount of minor units the way software writes it and people type it: `-12.50`, `1500` of yen.
pub fn amount(minor: i64, currency: &str) -> String {
    decimal(minor, minor_digits(currency))
}

/// Reads `12`, `12.5` or `12,50` as minor units; nothing else, so that nobody is charged a guess.
pub fn parse(text: &str, currency: &str) -> Option<i64> {
    parse_decimal(text, minor_digits(currency))
}

/// `minor` in whole units of its currency, towards zero: what charts compare.
pub fn whole(minor: i64, currency: &str) -> i64 {
    minor / unit(minor_digits(currency))
}

/// A number of 10^-`digits` with its point: `-12.50`.
pub fn decimal(units: i64, digits: u8) -> String {
    let (sign, whole, rest) = parted(units, digits);
    if digits == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{rest:0width$}", width = usize::from(digits))
}

/// Reads a number with at most `digits` decimals, after a point or a comma, as units of
/// 10^-`digits`; none for a sign, for anything else and for one beyond 64 bits.
pub fn parse_decimal(text: &str, digits: u8) -> Option<i64> {
    let text = text.trim();
    let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let width = usize::from(digits);
    // `1500,00` yen have no decimals either.
    let (rest, beyond) = rest.split_at_checked(width).unwrap_or((rest, ""));
    let is_exact = beyond.len() <= 2 && beyond.bytes().all(|byte| byte == b'0');
    let is_exact = is_exact && (beyond.is_empty() || digits < 2);
    if whole.is_empty() || !is_number(whole) || !is_number(rest) || !is_exact {
        return None;
    }
    let rest: i64 = if width == 0 { 0 } else { format!("{rest:0<width$}").parse().ok()? };
    whole.parse::<i64>().ok()?.checked_mul(unit(digits))?.checked_add(rest)
}

/// Its sign, what stands before the point and what after it.
pub(crate) fn parted(units: i64, digits: u8) -> (&'static str, u64, u64) {
    let unit = unit(digits).unsigned_abs();
    let magnitude = units.unsigned_abs();
    (if units < 0 { "-" } else { "" }, magnitude / unit, magnitude % unit)
}

fn unit(digits: u8) -> i64 {
    10_i64.saturating_pow(u32::from(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_both_notations() {
        for (text, currency, minor) in [
            ("12", "EUR", 1200),
            ("12.5", "EUR", 1250),
            (" 0,05 ", "EUR", 5),
            ("1000000,00", "EUR", 100_000_000),
            ("1500", "JPY", 1500),
            ("1500,00", "JPY", 1500),
            ("12.5", "KWD", 12_500),
            ("0,005", "KWD", 5),
        ] {
            assert_eq!(parse(text, currency), Some(minor), "{text} {currency}");
            assert_eq!(parse(&amount(minor, currency), currency), Some(minor), "{text}");
        }
        for text in [
            "",
            "-1",
            "-",
            ".5",
            "1.234",
            "1.000",
            "1e3",
            "1.2.3",
            "+1",
            "１",
            "9223372036854775807",
        ] {
            assert_eq!(parse(text, "EUR"), None, "{text}");
        }
        for text in ["1500.5", "1.500", "1,5"] {
            assert_eq!(parse(text, "JPY"), None, "{text}");
        }
        assert_eq!(parse("9223372036854775808", "JPY"), None);
    }

    #[test]
    fn amounts_are_written_with_the_digits_of_their_currency() {
        assert_eq!(amount(-5, "EUR"), "-0.05");
        assert_eq!(amount(1500, "JPY"), "1500");
        assert_eq!(amount(-1, "KWD"), "-0.001");
        assert_eq!(amount(i64::MIN, "EUR"), "-92233720368547758.08");
        assert_eq!((whole(1999, "EUR"), whole(1999, "KRW"), whole(1999, "TND")), (19, 1999, 1));
    }
}

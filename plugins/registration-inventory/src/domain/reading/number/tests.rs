//! Numbers in every notation that is known to come.

use plugin_api::money::minor_digits;
use proptest::prelude::*;

use super::*;

fn cents(text: &str) -> Result<i64, NoNumber> {
    written(text).and_then(|number| number.in_units(2))
}

#[test]
fn notations_of_italy_and_elsewhere() {
    for (text, wanted) in [
        ("1234", 123_400),
        ("1.234,56", 123_456),
        ("1,234.56", 123_456),
        ("1234,5", 123_450),
        ("1234.5", 123_450),
        ("1.234.567", 123_456_700),
        ("1,234,567.8", 123_456_780),
        ("€ 1.234", 123_400),
        ("1.234,00 €", 123_400),
        ("EUR 12,30", 1_230),
        ("12,30 euro", 1_230),
        ("1'234.50", 123_450),
        ("1\u{2019}234", 123_400),
        ("1 234 567,89", 123_456_789),
        ("1\u{a0}234,5", 123_450),
        ("1.5e3", 150_000),
        ("1,5E+3", 150_000),
        ("25e-1", 250),
        ("-12,5", -1_250),
        ("12,50-", -1_250),
        ("(12,50)", -1_250),
        ("\u{2212}3", -300),
        ("1.234,--", 123_400),
        ("5.-", 500),
        ("0,005", 1),
        ("-0,005", -1),
        ("0.0049", 0),
        (".5", 50),
        ("0.123", 12),
        ("1234.567", 123_457),
        ("+7", 700),
        ("0e999999999", 0),
    ] {
        assert_eq!(cents(text), Ok(wanted), "{text}");
    }
}

#[test]
fn what_is_no_number_is_none() {
    for text in
        ["", "molti", "1.2.3", "1,23,4", "12-34", "2026-11-22", "5 5", "0x1f", "1e", "-", ","]
    {
        assert_eq!(cents(text), Err(NoNumber::Unreadable), "{text}");
    }
    for text in
        ["99999999999999999999", "1e400", "100000000000,01", "1e99999999999", "1e2147483647"]
    {
        assert_eq!(cents(text), Err(NoNumber::TooLarge), "{text}");
    }
    assert_eq!(cents("100.000.000.000"), Ok(MOST));
}

#[test]
fn one_sign_before_three_digits_is_ambiguous_in_a_text_only() {
    for text in ["1.234", "1,234", "€ 12.345", "-123.456"] {
        assert!(written(text).is_ok_and(|number| number.is_ambiguous), "{text}");
    }
    for text in ["1234.567", "0.123", "1.23", "1.234.567", "1.234,5"] {
        assert!(written(text).is_ok_and(|number| !number.is_ambiguous), "{text}");
    }
    assert_eq!(literal("1.234").and_then(|number| number.in_units(2)), Ok(123));
    assert_eq!(literal("1234,56").and_then(|number| number.in_units(2)), Ok(123_456));
}

#[test]
fn a_currency_has_as_many_decimals_as_its_standard_says() {
    assert_eq!(written("¥ 1500").map(|number| number.currency), Ok(Some(*b"JPY")));
    assert_eq!(written("1500,4").and_then(|number| number.in_units(minor_digits("JPY"))), Ok(1500));
    assert_eq!(written("1,5").and_then(|number| number.in_units(minor_digits("KWD"))), Ok(1500));
    assert_eq!(currency("eur"), Some(*b"EUR"));
    assert_eq!(currency("Euro"), Some(*b"EUR"));
    assert_eq!(currency("£"), Some(*b"GBP"));
    assert_eq!(currency("euri"), None);
    assert_eq!(currency(""), None);
}

/// `cents` with `point` before the decimals and `group` between thousands.
fn shown(cents: i64, group: &str, point: &str) -> String {
    let whole = (cents / 100).unsigned_abs().to_string();
    let mut parted = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            parted.push_str(group);
        }
        parted.push(digit);
    }
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{parted}{point}{:02}", (cents % 100).unsigned_abs())
}

proptest! {
    #[test]
    fn what_is_written_is_read(amount in -MOST..=MOST) {
        for (group, point) in [(".", ","), (",", "."), ("", ","), ("", "."), (" ", ","), ("'", ".")] {
            prop_assert_eq!(cents(&shown(amount, group, point)), Ok(amount));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[-+0-9.,eE'€ ]{0,60}|\\PC{0,30}") {
        let _ = written(&text).map(|number| (number.in_units(0), number.in_units(3), number.is_whole()));
        let _ = literal(&text).map(|number| (number.in_units(0), number.in_units(3), number.is_whole()));
    }
}

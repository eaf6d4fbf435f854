//! Fiscal numbers: Italian ones with their check characters, VAT numbers of the European Union.

mod vat;

pub use vat::{has_form_of, tidied_vat_number, vat_country};

/// Whether `text` is an Italian VAT number: 11 digits whose last one is the check digit of the
/// others (DPR 633/72, the algorithm of the Agenzia delle Entrate).
pub fn is_italian_vat_number(text: &str) -> bool {
    if text.len() != 11 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let digits = || text.bytes().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    digits().any(|digit| digit != 0) && sum.is_multiple_of(10)
}

/// Whether `text` is an Italian tax code: that of a person, 16 characters with their check letter
/// (DM 23/12/1976), or that of an organisation, which looks like a VAT number.
pub fn is_italian_tax_code(text: &str) -> bool {
    if text.len() == 11 {
        return is_italian_vat_number(text);
    }
    let bytes = text.as_bytes();
    let Some((&check, body)) = bytes.split_last() else { return false };
    let mut sum = 0;
    for (at, byte) in body.iter().enumerate() {
        let Some(value) = ordinal(*byte) else { return false };
        // Positions count from 1: the first is odd.
        sum += if at % 2 == 0 { ODD.get(value).copied().unwrap_or_default() } else { value };
    }
    bytes.len() == 16
        && body.first().is_some_and(u8::is_ascii_uppercase)
        && u8::try_from(sum % 26).is_ok_and(|letter| check == b'A' + letter)
}

/// The value of each character at an odd position: 0–9 and A–J share theirs.
const ODD: [usize; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

fn ordinal(byte: u8) -> Option<usize> {
    match byte {
        b'0'..=b'9' => Some(usize::from(byte - b'0')),
        b'A'..=b'Z' => Some(usize::from(byte - b'A')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_of_a_vat_number_counts() {
        assert!(is_italian_vat_number("00743110157"));
        assert!(is_italian_vat_number("12345678903"));
        assert!(!is_italian_vat_number("12345678901"));
        assert!(!is_italian_vat_number("00000000000"));
        assert!(!is_italian_vat_number("1234567890"));
        assert!(!is_italian_vat_number("1234567890a"));
        assert!(!is_italian_vat_number(""));
    }

    #[test]
    fn two_digits_exchanged_are_noticed() {
        assert!(!is_italian_vat_number("12345678930"));
        assert!(!is_italian_vat_number("21345678903"));
    }

    #[test]
    fn the_check_letter_of_a_tax_code_counts() {
        assert!(is_italian_tax_code("RSSMRA85T10A562S"));
        assert!(is_italian_tax_code("12345678903"));
        assert!(!is_italian_tax_code("RSSMRA85T10A562T"));
        assert!(!is_italian_tax_code("RSSMRA85T10A56"));
        assert!(!is_italian_tax_code("RSSMRA85T10A56ÀS"));
        assert!(!is_italian_tax_code(""));
    }
}

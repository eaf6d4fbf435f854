//! VAT numbers of the European Union: the form each country writes them in, as VIES checks it
//! (<https://ec.europa.eu/taxation_customs/vies/#/faq>, question 11). Italy's has its own check digit.

/// Country (ISO 3166-1), prefix of VIES when it is another, and the forms without it: `9` a digit,
/// `A` a letter, `X` either, anything else itself.
const FORMS: &[(&str, &str, &[&str])] = &[
    ("AT", "", &["U99999999"]),
    ("BE", "", &["0999999999", "1999999999"]),
    ("BG", "", &["999999999", "9999999999"]),
    ("CY", "", &["99999999A"]),
    ("CZ", "", &["99999999", "999999999", "9999999999"]),
    ("DE", "", &["999999999"]),
    ("DK", "", &["99999999"]),
    ("EE", "", &["999999999"]),
    ("ES", "", &["A9999999X", "99999999A"]),
    ("FI", "", &["99999999"]),
    ("FR", "", &["XX999999999"]),
    ("GR", "EL", &["999999999"]),
    ("HR", "", &["99999999999"]),
    ("HU", "", &["99999999"]),
    ("IE", "", &["9X99999A", "9999999AA"]),
    ("IT", "", &["99999999999"]),
    ("LT", "", &["999999999", "999999999999"]),
    ("LU", "", &["99999999"]),
    ("LV", "", &["99999999999"]),
    ("MT", "", &["99999999"]),
    ("NL", "", &["XXXXXXXXXXXX"]),
    ("PL", "", &["9999999999"]),
    ("PT", "", &["999999999"]),
    (
        "RO",
        "",
        &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"],
    ),
    ("SE", "", &["999999999999"]),
    ("SI", "", &["99999999"]),
    ("SK", "", &["9999999999"]),
];

fn form(country: &str) -> Option<&'static (&'static str, &'static str, &'static [&'static str])> {
    FORMS.iter().find(|(code, _, _)| *code == country)
}

/// `text`, typed without care, as it is kept: that of a country of the Union without spaces, points
/// and prefix; that of another as it was written.
pub fn tidied_vat_number(country: &str, text: &str) -> String {
    let Some((_, prefix, forms)) = form(country) else { return text.trim().to_owned() };
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !".-/".contains(*c))
        .flat_map(char::to_uppercase)
        .collect();
    let prefix = if prefix.is_empty() { country } else { prefix };
    match plain.strip_prefix(prefix) {
        // A French key or a Dutch number may begin with the letters of its country.
        Some(rest) if !forms.iter().any(|form| fits(form, &plain)) => rest.to_owned(),
        _ => plain,
    }
}

/// Whether a number that was [tidied](tidied_vat_number) has a form of its country; any does where
/// no form is known.
pub fn has_form_of(country: &str, number: &str) -> bool {
    form(country).is_none_or(|(_, _, forms)| forms.iter().any(|form| fits(form, number)))
}

/// The country of a VAT number that says it with its prefix and has one of its forms, as in
/// `DE123456789`; upper case, without spaces and points.
pub fn vat_country(number: &str) -> Option<&'static str> {
    let (prefix, rest) = number.split_at_checked(2)?;
    let own = |code: &'static str, other: &'static str| if other.is_empty() { code } else { other };
    let (country, _, forms) = FORMS.iter().find(|(code, other, _)| prefix == own(code, other))?;
    forms.iter().any(|form| fits(form, rest)).then_some(*country)
}

fn fits(form: &str, number: &str) -> bool {
    form.len() == number.len()
        && form.bytes().zip(number.bytes()).all(|(wanted, byte)| match wanted {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            b'X' => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            literal => byte == literal,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(country: &str, typed: &str) -> bool {
        has_form_of(country, &tidied_vat_number(country, typed))
    }

    #[test]
    fn every_country_of_the_union_has_a_form() {
        assert_eq!(FORMS.len(), 27);
        assert!(FORMS.iter().all(|(code, _, _)| code.len() == 2));
    }

    #[test]
    fn numbers_are_taken_with_and_without_their_prefix() {
        for (country, typed) in [
            ("AT", "ATU12345678"),
            ("BE", "BE 0123.456.789"),
            ("DE", "DE 123 456 789"),
            ("ES", "ESX1234567X"),
            ("FR", "FR 40 303265045"),
            ("FR", "FR123456789"),
            ("GR", "EL123456789"),
            ("IE", "1234567FA"),
            ("NL", "NL123456789B01"),
            ("PL", "pl 123-456-78-90"),
            ("RO", "RO99"),
            ("SE", "SE123456789701"),
        ] {
            assert!(accepted(country, typed), "{country} {typed}");
        }
        assert_eq!(tidied_vat_number("GR", "el 123456789"), "123456789");
        assert_eq!(tidied_vat_number("FR", "FR123456789"), "FR123456789");
    }

    #[test]
    fn what_is_too_short_or_of_another_country_is_refused() {
        for (country, typed) in
            [("AT", "12345678"), ("DE", "12345678"), ("DE", "FR12345678901"), ("NL", "123456789")]
        {
            assert!(!accepted(country, typed), "{country} {typed}");
        }
    }

    #[test]
    fn a_prefix_names_the_country() {
        assert_eq!(vat_country("DE123456789"), Some("DE"));
        assert_eq!(vat_country("EL123456789"), Some("GR"));
        for text in ["GR123456789", "DE12345678", "123456789", "GB123456789", "È", "D", ""] {
            assert_eq!(vat_country(text), None, "{text}");
        }
    }

    #[test]
    fn elsewhere_any_form_does() {
        assert!(accepted("CH", "CHE-123.456.789 MWST"));
        assert_eq!(tidied_vat_number("CH", " CHE-123.456.789 MWST "), "CHE-123.456.789 MWST");
    }
}

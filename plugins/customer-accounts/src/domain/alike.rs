//! Whether two company names mean the same company: their words, without the form of the company.

use plugin_api::table::fold;

/// Forms of companies as they are written in Italy and around it, folded and without dots.
const FORMS: [&str; 33] = [
    "srl",
    "srls",
    "spa",
    "snc",
    "sas",
    "sapa",
    "ss",
    "scarl",
    "scrl",
    "scpa",
    "sc",
    "coop",
    "societa",
    "cooperativa",
    "ditta",
    "gmbh",
    "ag",
    "kg",
    "ohg",
    "ug",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "inc",
    "corp",
    "sa",
    "sarl",
    "sl",
    "bv",
    "nv",
    "oy",
];

/// The words of a name that say who it is, folded, in order; all of them when it says nothing else.
pub fn words(name: &str) -> Vec<String> {
    // "S.r.l." is one word and "Rossi.Bianchi" two: dots between single letters join.
    let folded = fold(name);
    let mut all: Vec<String> = Vec::new();
    for token in folded.split(|c: char| !(c.is_alphanumeric() || c == '.')) {
        let parts: Vec<&str> = token.split('.').filter(|part| !part.is_empty()).collect();
        if parts.iter().all(|part| part.chars().count() == 1) {
            all.push(parts.concat());
        } else {
            all.extend(parts.into_iter().map(str::to_owned));
        }
    }
    all.retain(|word| !word.is_empty());
    let mut telling = Vec::new();
    let mut letters = String::new();
    for word in &all {
        // "s r l" is written with spaces, too.
        if word.chars().count() == 1 {
            letters.push_str(word);
            continue;
        }
        spell(&mut telling, &mut letters);
        if !FORMS.contains(&word.as_str()) {
            telling.push(word.clone());
        }
    }
    spell(&mut telling, &mut letters);
    if telling.is_empty() { all } else { telling }
}

fn spell(words: &mut Vec<String>, letters: &mut String) {
    if !letters.is_empty() && !FORMS.contains(&letters.as_str()) {
        words.push(letters.clone());
    }
    letters.clear();
}

/// How much two names have in common, 0 to 100, by their words: 100 when they are the same ones.
pub fn likeness(one: &[String], other: &[String]) -> u32 {
    let common = one.iter().filter(|word| other.contains(word)).count();
    let all = one.len() + other.len();
    if all == 0 {
        return 0;
    }
    u32::try_from(common * 2 * 100 / all).unwrap_or(100).min(100)
}

/// A VAT number as two writings of it agree: capitals and digits, without the `IT` before it.
pub fn number(vat: &str) -> String {
    let plain: String =
        vat.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    match plain.strip_prefix("IT") {
        Some(digits) if digits.len() == 11 => digits.to_owned(),
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_and_punctuation_do_not_matter() {
        let rossi = words("Rossi Impianti");
        for name in ["ROSSI IMPIANTI S.r.l.", "Rossi Impianti SRL", "rossi-impianti s r l"] {
            assert_eq!(words(name), rossi, "{name}");
        }
        assert_ne!(words("Rossi Edilizia SpA"), rossi);
        assert_eq!(words("S.p.A."), ["spa"], "a name that is only a form keeps it");
    }

    #[test]
    fn likeness_counts_words_in_common() {
        let of = |one: &str, other: &str| likeness(&words(one), &words(other));
        assert_eq!(of("Rossi Impianti Srl", "Rossi Impianti"), 100);
        assert_eq!(of("Rossi Impianti", "Rossi Edilizia"), 50);
        assert_eq!(of("Rossi", "Bianchi"), 0);
        assert_eq!(of("", ""), 0);
    }

    #[test]
    fn a_number_is_the_same_with_its_country() {
        assert_eq!(number("IT 12345678903"), number("123.4567.8903"));
        assert_ne!(number("DE123456789"), number("123456789"));
    }
}

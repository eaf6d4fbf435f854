//! Cells as people write them in spreadsheets, as the fields of a customer.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use plugin_api::Cx;
use plugin_api::contracts::accounts::AccountState;
use plugin_api::import::Row;
use plugin_api::table::fold;
use serde_json::Value as Json;

use crate::domain::{Answers, Draft, PartKind, countries, country_key};

/// Fields that are not texts of the master data.
const OTHERS: [&str; 2] = ["kind", "state"];

/// `before` with what the row says written over it: only columns that are mapped, and of those an
/// empty cell empties.
pub(super) fn draft(cx: &Cx, row: &Row, before: Draft) -> Option<Draft> {
    let mut draft = before;
    if !row.get("kind").is_empty() {
        draft.kind = kind(row.get("kind"));
    }
    let Ok(Json::Object(mut fields)) = serde_json::to_value(&draft.master) else { return None };
    let named: Vec<String> = fields.keys().cloned().collect();
    for field in named.iter().filter(|field| row.has(field) && !OTHERS.contains(&field.as_str())) {
        let cell = row.get(field);
        let text = match field.as_str() {
            // Nobody empties a name or a country by leaving a cell out.
            "name" | "country" if cell.is_empty() => continue,
            "country" => country(cx, cell),
            "language" => language(cell),
            _ => cell.to_owned(),
        };
        fields.insert(field.clone(), text.into());
    }
    draft.master = serde_json::from_value(Json::Object(fields)).ok()?;
    if draft.master.country == "IT" {
        pad(&mut draft.master.vat_number, 11);
        pad(&mut draft.master.postal_code, 5);
    }
    Some(draft)
}

/// Spreadsheets take codes for numbers and drop their leading zeros.
fn pad(code: &mut String, digits: usize) {
    let is_number = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && code.len() < digits && code.len() + 3 >= digits {
        *code = format!("{code:0>digits$}");
    }
}

/// `customer` or `prospect`; anything else stays as it is and is refused later.
fn kind(cell: &str) -> String {
    match fold(cell).as_str() {
        "customer" | "cliente" | "c" => "customer",
        "prospect" | "potenziale" | "lead" | "p" => "prospect",
        _ => cell,
    }
    .to_owned()
}

/// The state a cell names, none when it names none.
pub(super) fn state(cell: &str) -> Option<AccountState> {
    Some(match fold(cell).as_str() {
        "validated" | "convalidato" | "active" | "attivo" => AccountState::Validated,
        "awaiting" | "in attesa" | "in_attesa" | "pending" => AccountState::Awaiting,
        "suspended" | "sospeso" | "blocked" | "bloccato" => AccountState::Suspended,
        _ => return None,
    })
}

fn language(cell: &str) -> String {
    match fold(cell).as_str() {
        "italian" | "italiano" | "ita" => "it".to_owned(),
        "english" | "inglese" | "eng" => "en".to_owned(),
        code => code.to_owned(),
    }
}

/// The code of a country written as a code or by its name in any of our languages.
pub(super) fn country(cx: &Cx, cell: &str) -> String {
    static NAMES: OnceLock<BTreeMap<String, &'static str>> = OnceLock::new();
    if cell.chars().count() == 2 {
        return cell.to_uppercase();
    }
    let names = NAMES.get_or_init(|| {
        let named = |code: &'static str| {
            let names = cx.in_languages(|lang| lang.t(&country_key(code))).into_values();
            names.map(move |name| (fold(&name), code))
        };
        countries().flat_map(named).collect()
    });
    names.get(&fold(cell)).map_or_else(|| cell.to_owned(), |code| (*code).to_owned())
}

/// What the row says of a contact or site; none when it says nothing.
pub(super) fn part(cx: &Cx, row: &Row, kind: PartKind) -> Option<Answers> {
    let noun = kind.noun();
    let cells = kind
        .questions()
        .iter()
        .map(|(field, _)| (*field, row.get(&format!("{noun}_{field}")).to_owned()));
    let mut answers: Answers = cells
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(field, cell)| (field.to_owned(), cell))
        .collect();
    if answers.is_empty() {
        return None;
    }
    // A name is asked of both; the address or the city tells sites apart as well.
    if !answers.contains_key("name") {
        let instead = ["email", "city", "address"];
        let name = instead.iter().find_map(|field| answers.get(*field)).cloned();
        answers.insert("name".to_owned(), name.unwrap_or_default());
    }
    if let Some(cell) = answers.get("country").cloned() {
        answers.insert("country".to_owned(), country(cx, &cell));
    } else if kind == PartKind::Site {
        answers.insert("country".to_owned(), "IT".to_owned());
    }
    Some(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_come_back() {
        let padded = |code: &str, digits| {
            let mut code = code.to_owned();
            pad(&mut code, digits);
            code
        };
        assert_eq!(padded("100", 5), "00100");
        assert_eq!(padded("1234567890", 11), "01234567890");
        assert_eq!(padded("", 5), "");
        assert_eq!(padded("1", 5), "1");
        assert_eq!(padded("12a", 5), "12a");
    }

    #[test]
    fn words_of_both_languages_are_understood() {
        assert_eq!(state("In attesa"), Some(AccountState::Awaiting));
        assert_eq!(state("CONVALIDATO"), Some(AccountState::Validated));
        assert_eq!(state("whatever"), None);
        assert_eq!(kind("Cliente"), "customer");
        assert_eq!(kind("x"), "x");
        assert_eq!(language("Italiano"), "it");
    }
}

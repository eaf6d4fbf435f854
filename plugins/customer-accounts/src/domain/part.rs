//! What a customer has several of: contacts, sites, dated notes; all are texts and ticks.

use std::collections::BTreeMap;

use super::check::{Refusal, refused};

/// What a customer has several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// Somebody to talk to.
    Contact,
    /// Where it works.
    Site,
    /// Something somebody wrote down.
    Note,
}

/// How a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// A line.
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A text of several lines.
    Lines,
    /// One of the countries.
    Country,
    /// Yes or no, which any number of parts may be.
    Tick,
    /// Yes or no, which one part of a customer is at most.
    OnlyOne,
}

impl Control {
    /// Whether the answer is yes or no.
    pub fn is_tick(self) -> bool {
        matches!(self, Self::Tick | Self::OnlyOne)
    }
}

/// A question: the column its answer is kept in, and how it is asked.
pub type Question = (&'static str, Control);

const CONTACT: &[Question] = &[
    ("name", Control::Text),
    ("role", Control::Text),
    ("email", Control::Email),
    ("phone", Control::Phone),
    ("notes", Control::Lines),
    ("is_primary", Control::OnlyOne),
];

const SITE: &[Question] = &[
    ("name", Control::Text),
    ("address", Control::Text),
    ("address_line_2", Control::Text),
    ("postal_code", Control::Text),
    ("city", Control::Text),
    ("province", Control::Text),
    ("country", Control::Country),
    ("phone", Control::Phone),
    ("is_primary", Control::OnlyOne),
    ("is_legal", Control::OnlyOne),
    ("is_shipping", Control::Tick),
];

const NOTE: &[Question] = &[("body", Control::Lines)];

impl PartKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Contact, Self::Site, Self::Note];

    /// Its name in tables, texts and audit actions.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Site => "site",
            Self::Note => "note",
        }
    }

    /// What is asked of one, in the order people read it.
    pub fn questions(self) -> &'static [Question] {
        match self {
            Self::Contact => CONTACT,
            Self::Site => SITE,
            Self::Note => NOTE,
        }
    }
}

/// Answers by their columns; a tick is `true` or empty.
pub type Answers = BTreeMap<String, String>;

/// One contact, site or note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Its id.
    pub part_id: String,
    /// What is known of it.
    pub answers: Answers,
    /// Who wrote a note; empty for others.
    pub author: String,
    /// When it was entered, unix milliseconds.
    pub created_at: i64,
}

impl Part {
    /// The answer kept in a column; empty when nobody gave one.
    pub fn get(&self, field: &str) -> &str {
        self.answers.get(field).map_or("", String::as_str)
    }

    /// Whether a tick is set.
    pub fn is(&self, field: &str) -> bool {
        !self.get(field).is_empty()
    }

    /// What people call it: its name, or how a note begins.
    pub fn name(&self) -> String {
        let text = if self.kind == PartKind::Note { self.get("body") } else { self.get("name") };
        text.chars().take(60).collect()
    }
}

/// The answers put into one form, or everything that is wrong with them. What was not asked is left
/// out.
pub fn checked(kind: PartKind, typed: &Answers) -> Result<Answers, Vec<Refusal>> {
    let text = |field: &str| typed.get(field).map_or("", String::as_str).trim();
    let country = text("country").to_uppercase();
    let mut answers = Answers::new();
    let mut refusals = Vec::new();
    for (field, control) in kind.questions().iter().copied() {
        let answer = match (field, control) {
            (_, control) if control.is_tick() => {
                if matches!(text(field), "" | "false" | "0") { "" } else { "true" }.to_owned()
            }
            ("country", _) => country.clone(),
            ("province", _) if country == "IT" => text(field).to_uppercase(),
            (_, Control::Lines) => text(field).replace("\r\n", "\n"),
            _ => text(field).to_owned(),
        };
        if let Some(key) = refused(field, &answer, &country) {
            refusals.push(Refusal { field, key });
        }
        answers.insert(field.to_owned(), answer);
    }
    if refusals.is_empty() { Ok(answers) } else { Err(refusals) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn a_contact_needs_a_name_and_a_note_a_text() {
        let missing = |kind| checked(kind, &Answers::new()).expect_err("refused");
        let fields =
            |refusals: Vec<Refusal>| refusals.into_iter().map(|r| r.field).collect::<Vec<_>>();
        assert_eq!(fields(missing(PartKind::Contact)), ["name"]);
        assert_eq!(fields(missing(PartKind::Note)), ["body"]);
        assert_eq!(fields(missing(PartKind::Site)), ["name", "country"]);
    }

    #[test]
    fn answers_are_tidied_and_nothing_else_is_kept() {
        let typed = answers(&[
            ("name", " Sede "),
            ("country", "it"),
            ("province", "mi"),
            ("is_legal", "on"),
            ("is_primary", "false"),
            ("organisation_id", "x"),
        ]);
        let site = checked(PartKind::Site, &typed).expect("accepted");
        assert_eq!(site["name"], "Sede");
        assert_eq!((site["country"].as_str(), site["province"].as_str()), ("IT", "MI"));
        assert_eq!((site["is_legal"].as_str(), site["is_primary"].as_str()), ("true", ""));
        assert!(!site.contains_key("organisation_id"));
    }

    #[test]
    fn wrong_answers_are_all_told() {
        let typed = answers(&[("name", "A"), ("email", "x"), ("phone", "y")]);
        let refusals = checked(PartKind::Contact, &typed).expect_err("refused");
        assert_eq!(refusals.len(), 2);
    }
}

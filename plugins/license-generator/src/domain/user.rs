//! People named to a licence that is bound to people.

use plugin_api::table::fold;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::device::Fingerprint;

/// Longest name, in characters.
const LONGEST: usize = 200;

/// What a person is called: two spellings that differ in case, accents or spaces are one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserName {
    /// As it was typed, trimmed.
    pub name: String,
    /// As it is compared.
    pub folded: String,
}

impl UserName {
    /// Reads a name; none if it is empty or too long.
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = !name.is_empty() && name.chars().count() <= LONGEST;
        let folded = fold(&name);
        (fits && !folded.trim().is_empty()).then_some(Self { name, folded })
    }

    /// What the seat of this person's device is found by: the same device may be used by several
    /// people, and each has a row of his own.
    pub fn seat_hash(&self, fingerprint: &Fingerprint) -> String {
        let text = format!("{}\n{}", self.folded, fingerprint.as_str());
        plugin_api::hex(&Sha256::digest(text.as_bytes()))
    }
}

/// Where a person stands with a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Has a seat.
    Active,
    /// Had one, and it was given back.
    Removed,
    /// May not have one.
    Barred,
}

impl Standing {
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Removed => "removed",
            Self::Barred => "barred",
        }
    }
}

/// A person named to a licence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NamedUser {
    /// His id.
    pub user_id: String,
    /// What he is called.
    pub name: String,
    /// Where he stands.
    pub state: Standing,
    /// 1 if an administrator named him before he came.
    pub reserved: i64,
    /// His devices that hold a seat.
    pub devices: i64,
    /// When he was named, unix milliseconds.
    pub created_at: i64,
    /// When one of his devices was last heard of, unix milliseconds.
    pub last_seen_at: Option<i64>,
}

/// What is known of the people of a licence when one of them asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// The one who asks, if he was named before.
    pub asking: Option<NamedUser>,
    /// How many have a seat.
    pub active: i64,
    /// How many of those an administrator named.
    pub reserved: i64,
}

impl People {
    /// Whether the one who asks has a seat.
    pub fn has_seat(&self) -> bool {
        self.asking.as_ref().is_some_and(|user| user.state == Standing::Active)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_in_two_spellings() {
        let one = UserName::parse("  Società   È ").unwrap();
        assert_eq!(one.name, "Società È");
        assert_eq!(one.folded, UserName::parse("SOCIETA e").unwrap().folded);
        for wrong in ["", " \t", &"x".repeat(201)] {
            assert_eq!(UserName::parse(wrong), None);
        }
    }

    #[test]
    fn a_device_used_by_two_people_has_two_seats() {
        let device = Fingerprint::stored("pc-1".into());
        let hash = |name: &str| UserName::parse(name).unwrap().seat_hash(&device);
        assert_eq!(hash("Anna"), hash("ANNA"));
        assert_ne!(hash("Anna"), hash("Bruno"));
        assert_ne!(hash("Anna"), device.hash());
    }
}

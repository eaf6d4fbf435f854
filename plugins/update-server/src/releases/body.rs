//! What a person or a program says of a release, and what of it makes sense.

use std::collections::{BTreeMap, BTreeSet};

use plugin_api::FieldProblem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::release::State;
use crate::domain::version::Version;
use crate::store::releases::Release;

/// Longest note of one language, bytes.
const LONGEST_NOTE: usize = 100_000;
/// What stands in columns of one line, characters.
const LONGEST_LINE: usize = 1000;
/// The platforms a minimum system may be said of.
pub(crate) const PLATFORMS: [&str; 3] = ["windows", "macos", "linux"];

/// A release as it is made or changed. What is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReleaseBody {
    /// Code of its product; only when it is made.
    #[schema(example = "STUDIO-PRO")]
    pub prodotto: Option<String>,
    /// Semantic version (2.0.0, without build metadata); only of a draft.
    #[schema(example = "3.2.0")]
    pub versione: Option<String>,
    /// The channels it will be placed in; only of a draft.
    pub canali: Option<Vec<String>>,
    /// What is new, Markdown by language tag; an empty text takes a language away.
    pub note: Option<BTreeMap<String, String>>,
    /// Whether older installations take it before any later one.
    pub tappa: Option<bool>,
    /// Whether clients should take it at once.
    pub critico: Option<bool>,
    /// The oldest system it runs on, by platform.
    pub sistema_minimo: Option<BTreeMap<String, String>>,
    /// Codes of modules, one of which a licence must have; empty for any.
    pub moduli: Option<Vec<String>>,
}

/// A release with what belongs to it but its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    /// The release itself.
    pub(crate) release: Release,
    /// Markdown by language.
    pub(crate) notes: BTreeMap<String, String>,
    /// The channels it is or will be in, sorted.
    pub(crate) channels: Vec<String>,
}

/// What there is to choose from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Offered {
    /// Names of the product's channels.
    pub(crate) channels: Vec<String>,
    /// Codes of its modules; none when nobody can say.
    pub(crate) modules: Option<Vec<String>>,
}

impl Draft {
    /// The oldest system it runs on, by platform.
    pub(crate) fn minimum(&self) -> BTreeMap<String, String> {
        serde_json::from_str(&self.release.minimum_system).unwrap_or_default()
    }

    /// Codes of its modules.
    pub(crate) fn modules(&self) -> Vec<String> {
        self.release.modules.split_whitespace().map(str::to_owned).collect()
    }
}

impl From<&Draft> for ReleaseBody {
    fn from(draft: &Draft) -> Self {
        Self {
            prodotto: Some(draft.release.product_code.clone()),
            versione: Some(draft.release.version.clone()),
            canali: Some(draft.channels.clone()),
            note: Some(draft.notes.clone()),
            tappa: Some(draft.release.is_step),
            critico: Some(draft.release.is_critical),
            sistema_minimo: Some(draft.minimum()),
            moduli: Some(draft.modules()),
        }
    }
}

/// What `body` makes of a release, or every field that is wrong.
pub(crate) fn applied(
    body: &ReleaseBody,
    mut draft: Draft,
    offered: &Offered,
) -> Result<Draft, Vec<FieldProblem>> {
    let mut errors = Vec::new();
    let mut wrong = |pointer: &str, key: &str| {
        errors.push(FieldProblem::new(pointer.to_owned(), key));
    };
    let is_draft = draft.release.state == State::Draft;
    if body.prodotto.as_ref().is_some_and(|product| *product != draft.release.product_code) {
        wrong("/prodotto", "field-release-product");
    }
    match body.versione.as_deref().map(str::trim) {
        Some(text) if text == draft.release.version => {}
        Some(_) if !is_draft => wrong("/versione", "field-release-out"),
        Some(text) => match read_version(text) {
            Ok(read) => {
                draft.release.version = read.to_string();
                draft.release.version_order = read.order();
            }
            Err(key) => wrong("/versione", key),
        },
        None if draft.release.version.is_empty() => wrong("/versione", "field-required"),
        None => {}
    }
    if let Some(channels) = &body.canali {
        let wanted: BTreeSet<String> = channels.iter().cloned().collect();
        let is_same = wanted.iter().eq(draft.channels.iter());
        if !is_same && !is_draft {
            wrong("/canali", "field-release-out");
        }
        if wanted.iter().any(|channel| !offered.channels.contains(channel)) {
            wrong("/canali", "field-channel-unknown");
        }
        draft.channels = wanted.into_iter().collect();
    }
    for (language, text) in body.note.iter().flatten() {
        if !is_language(language) {
            wrong(&format!("/note/{language}"), "field-language");
        } else if text.len() > LONGEST_NOTE {
            wrong(&format!("/note/{language}"), "field-too-long");
        } else if text.trim().is_empty() {
            draft.notes.remove(language);
        } else {
            let text = text.replace("\r\n", "\n").trim_end().to_owned();
            draft.notes.insert(language.clone(), text);
        }
    }
    draft.release.is_step = body.tappa.unwrap_or(draft.release.is_step);
    draft.release.is_critical = body.critico.unwrap_or(draft.release.is_critical);
    if let Some(minimum) = &body.sistema_minimo {
        for (platform, version) in minimum {
            if !PLATFORMS.contains(&platform.as_str()) {
                wrong("/sistema_minimo", "field-platform");
            } else if !is_system_version(version) {
                wrong(&format!("/sistema_minimo/{platform}"), "field-system-version");
            }
        }
        let given: BTreeMap<_, _> = minimum.iter().filter(|(_, text)| !text.is_empty()).collect();
        draft.release.minimum_system = if given.is_empty() {
            String::new()
        } else {
            serde_json::to_string(&given).unwrap_or_default()
        };
    }
    if let Some(modules) = &body.moduli {
        let wanted: BTreeSet<&str> = modules.iter().map(String::as_str).collect();
        let is_known = |code: &&str| {
            let codes = offered.modules.as_ref();
            !code.is_empty()
                && !code.contains(char::is_whitespace)
                && codes.is_none_or(|codes| codes.iter().any(|known| known == code))
        };
        if !wanted.iter().all(is_known) {
            wrong("/moduli", "field-module-unknown");
        }
        draft.release.modules = wanted.into_iter().collect::<Vec<_>>().join(" ");
        if draft.release.modules.chars().count() > LONGEST_LINE {
            wrong("/moduli", "field-too-long");
        }
    }
    if errors.is_empty() { Ok(draft) } else { Err(errors) }
}

fn read_version(text: &str) -> Result<Version, &'static str> {
    if text.contains('+') {
        // Two builds of a version would be neither older nor newer than each other.
        return Err("field-version-build");
    }
    text.parse().map_err(|_| "field-version")
}

/// A language tag (BCP 47), as far as it matters here.
fn is_language(tag: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    (2..=35).contains(&tag.len()) && tag.split('-').all(is_part)
}

/// Numbers with points between them, or nothing.
fn is_system_version(text: &str) -> bool {
    let is_number = |part: &str| {
        !part.is_empty() && part.len() <= 9 && part.bytes().all(|b| b.is_ascii_digit())
    };
    text.is_empty() || (text.len() <= 40 && text.split('.').all(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(state: State) -> Draft {
        let release = Release {
            release_id: "r".to_owned(),
            product_code: "P".to_owned(),
            version: "1.0.0".to_owned(),
            version_order: String::new(),
            state,
            is_step: false,
            is_critical: false,
            minimum_system: String::new(),
            modules: String::new(),
            published_at: None,
            yanked_at: None,
            yank_reason: String::new(),
            created_at: 0,
            created_by: String::new(),
            row_version: 1,
        };
        Draft { release, notes: BTreeMap::new(), channels: vec!["stable".to_owned()] }
    }

    fn offered() -> Offered {
        Offered {
            channels: vec!["stable".to_owned(), "beta".to_owned()],
            modules: Some(vec!["base".to_owned()]),
        }
    }

    fn wrong(state: State, body: serde_json::Value) -> Vec<String> {
        let body = serde_json::from_value(body).expect("a body");
        let errors = applied(&body, draft(state), &offered()).err().unwrap_or_default();
        errors.into_iter().map(|error| format!("{} {}", error.pointer, error.detail)).collect()
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        use serde_json::json;
        for (version, key) in [
            ("1.2", "field-version"),
            ("v1.2.3", "field-version"),
            ("1.2.3+5", "field-version-build"),
            ("", "field-version"),
        ] {
            let errors = wrong(State::Draft, json!({ "versione": version }));
            assert_eq!(errors, [format!("/versione {key}")], "{version}");
        }
        let body = json!({ "canali": ["nope"], "moduli": ["nope"], "prodotto": "Q",
            "sistema_minimo": { "macos": "13.x", "amiga": "1" }, "note": { "x": "?" } });
        assert_eq!(
            wrong(State::Draft, body),
            [
                "/prodotto field-release-product",
                "/canali field-channel-unknown",
                "/note/x field-language",
                "/sistema_minimo field-platform",
                "/sistema_minimo/macos field-system-version",
                "/moduli field-module-unknown",
            ]
        );
    }

    #[test]
    fn what_is_out_keeps_its_version_and_its_channels() {
        use serde_json::json;
        let body = json!({ "versione": "1.0.1", "canali": ["beta"], "tappa": true });
        assert_eq!(
            wrong(State::Published, body),
            ["/versione field-release-out", "/canali field-release-out"]
        );
        let same = json!({ "versione": "1.0.0", "canali": ["stable"], "note": { "it": "Novità" } });
        assert_eq!(wrong(State::Published, same), [""; 0]);
    }
}

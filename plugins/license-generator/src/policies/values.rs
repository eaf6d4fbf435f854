//! What a policy says, in words.

use plugin_api::Lang;
use serde_json::Value;

use crate::domain::policy::Policy;
use crate::domain::policy_draft::PolicyDraft;
use crate::domain::policy_questions::{Kind, Question, questions};

/// The key of a question's label.
pub(super) fn label(question: &Question) -> String {
    format!("policy-{}", question.name.replace('_', "-"))
}

/// The key of the text of one of a question's choices.
pub(super) fn choice(prefix: &str, value: &str) -> String {
    format!("{prefix}{}", value.replace('_', "-"))
}

/// An answer in words.
fn answer(lang: &Lang, question: &Question, value: &Value) -> String {
    let named = |prefix: &str, value: &Value| {
        value.as_str().map_or_else(String::new, |text| lang.t(&choice(prefix, text)))
    };
    match (question.kind, value) {
        (Kind::Limit(..), Value::Null) => lang.t("policy-no-limit"),
        (Kind::Number(..) | Kind::Limit(..), value) => {
            lang.number(value.as_i64().unwrap_or_default())
        }
        (Kind::Flag, value) => lang.t(if *value == Value::Bool(true) { "yes" } else { "no" }),
        (Kind::Choice(prefix, _), value) => named(prefix, value),
        (Kind::Several(prefix, _), Value::Array(several)) if !several.is_empty() => {
            several.iter().map(|one| named(prefix, one)).collect::<Vec<_>>().join(", ")
        }
        (Kind::Several(..), _) => lang.t("policy-all"),
    }
}

/// A question with the answers of two policies.
#[derive(Debug)]
pub(super) struct Compared {
    /// The question.
    pub(super) label: String,
    /// What the first says.
    pub(super) first: String,
    /// What the second says.
    pub(super) second: String,
    /// Whether they differ.
    pub(super) differs: bool,
}

/// Every question with the answers of two policies.
pub(super) fn compared(lang: &Lang, first: &Policy, second: &Policy) -> Vec<Compared> {
    let (first, second) = (PolicyDraft::from(first), PolicyDraft::from(second));
    let compare = |question: &Question| {
        let (one, other) = (first.value(question.name), second.value(question.name));
        Compared {
            label: lang.t(&label(question)),
            first: answer(lang, question, &one),
            second: answer(lang, question, &other),
            differs: one != other,
        }
    };
    questions().map(compare).collect()
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    use super::*;
    use crate::domain::what_if::Effect;

    #[test]
    fn every_question_and_effect_has_its_text() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            for question in questions() {
                assert!(lang.has(&label(question)), "{code} {}", label(question));
                if let Kind::Choice(prefix, all) | Kind::Several(prefix, all) = question.kind {
                    for value in all {
                        assert!(lang.has(&choice(prefix, value)), "{code} {prefix}{value}");
                    }
                }
            }
            for effect in Effect::ALL {
                assert!(lang.has(&choice("effect-", effect.wire())), "{code} {effect:?}");
            }
        }
    }
}

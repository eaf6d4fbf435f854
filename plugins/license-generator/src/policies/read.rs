//! A policy's form as a draft, and a draft as its form.

use plugin_api::FieldProblem;
use plugin_api::form::Typed;
use serde_json::{Map, Value, json};

use crate::domain::policy_draft::PolicyDraft;
use crate::domain::policy_questions::{Kind, questions};
use crate::store::policies::Stored;

/// The draft that was typed, or everything that cannot be read.
pub(super) fn draft(typed: &Typed) -> Result<PolicyDraft, Vec<FieldProblem>> {
    let mut errors = Vec::new();
    let mut values = Map::new();
    for question in questions() {
        let name = question.name;
        let value = match question.kind {
            Kind::Number(..) => {
                if typed.text(name).is_empty() {
                    errors.push(FieldProblem::new(format!("/{name}"), "field-required"));
                }
                json!(typed.number(name, &mut errors).unwrap_or_default())
            }
            Kind::Limit(..) => json!(typed.number(name, &mut errors)),
            Kind::Flag => json!(typed.ticked(name)),
            Kind::Choice(..) => json!(typed.text(name)),
            Kind::Several(..) => json!(typed.all(name).collect::<Vec<_>>()),
        };
        values.insert(name.to_owned(), value);
    }
    for name in ["codice", "nome", "nota"] {
        values.insert(name.to_owned(), json!(typed.text(name)));
    }
    values.insert("prodotto".to_owned(), json!(typed.given("prodotto")));
    values.insert("predefinita".to_owned(), json!(typed.ticked("predefinita")));
    let draft = serde_json::from_value(Value::Object(values))
        .map_err(|_| vec![FieldProblem::new("", "field-option")]);
    if errors.is_empty() { draft } else { Err(errors) }
}

/// The draft of a policy as it is stored.
pub(crate) fn stored(known: &Stored) -> PolicyDraft {
    PolicyDraft {
        codice: known.code.clone(),
        nome: known.name.clone(),
        prodotto: known.product_code.clone(),
        predefinita: known.default_of.is_some(),
        ..PolicyDraft::from(&known.document)
    }
}

/// The fields of a form that says what `draft` does.
pub(super) fn pairs(draft: &PolicyDraft) -> Vec<(String, String)> {
    let Ok(Value::Object(values)) = serde_json::to_value(draft) else { return Vec::new() };
    let mut pairs = Vec::new();
    for (name, value) in values {
        match value {
            Value::Array(several) => {
                let texts = several.into_iter().filter_map(|one| one.as_str().map(str::to_owned));
                pairs.extend(texts.map(|text| (name.clone(), text)));
            }
            Value::Bool(true) => pairs.push((name, "true".to_owned())),
            Value::Number(number) => pairs.push((name, number.to_string())),
            Value::String(text) => pairs.push((name, text)),
            Value::Null | Value::Bool(false) | Value::Object(_) => {}
        }
    }
    pairs
}

/// The same as it was typed.
pub(super) fn typed(draft: &PolicyDraft) -> Typed {
    pairs(draft).into_iter().fold(Typed::default(), |typed, (name, text)| typed.with(&name, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_from_its_form() {
        let policy = PolicyDraft {
            codice: "A".into(),
            nome: "Standard".into(),
            predefinita: true,
            tipi: vec!["trial".into(), "abbonamento".into()],
            durata_giorni: Some(365),
            gettone_rotante: true,
            ..PolicyDraft::default()
        };
        assert_eq!(draft(&typed(&policy)), Ok(policy));
    }

    #[test]
    fn what_cannot_be_read_is_told_by_field() {
        let errors = draft(&Typed::default().with("offline_giorni", "tanti")).unwrap_err();
        let of = |name: &str| errors.iter().filter(|error| error.pointer == name).count();
        assert_eq!((of("/offline_giorni"), of("/dispositivi"), of("/durata_giorni")), (1, 1, 0));
    }
}

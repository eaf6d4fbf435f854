//! A question about a part: how it is asked, and how its answer becomes a member of the part's body.

use plugin_api::form::Typed;
use plugin_api::money;
use plugin_api::ui::{Field, FormErrors, Markup};
use plugin_api::{FieldProblem, Lang};
use serde_json::{Map, Value, json};

use super::Kind;
use crate::domain::catalogue::Offer;

/// How a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// A line of at most so many characters.
    Text(usize),
    /// A code of at most so many characters; the one a part is known by stays.
    Mono(usize),
    /// Lines of at most so many characters.
    Lines(usize),
    /// A text, number or list, whatever the kind of the parameter.
    Any,
    /// One value a line.
    Items,
    /// A whole number.
    Number,
    /// A percentage with decimals.
    Percent,
    /// A day.
    Day,
    /// Yes or no.
    Tick,
    /// An amount with its currency; nothing if left out.
    Money,
    /// The same, but nothing said is not the same as nothing.
    OwnMoney,
    /// One of these: value and text key.
    Choice(&'static [(&'static str, &'static str)]),
    /// Modules of the product.
    Codes,
    /// The same; none chosen means all.
    CodesOrAll,
}

/// A question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    name: &'static str,
    control: Control,
    is_required: bool,
    has_hint: bool,
}

impl Question {
    /// The question for the member `name`.
    pub(super) fn new(name: &'static str, control: Control) -> Self {
        Self { name, control, is_required: false, has_hint: false }
    }

    /// It must be answered.
    pub(super) fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// A sentence says what to write.
    pub(super) fn hinted(self) -> Self {
        Self { has_hint: true, ..self }
    }

    fn currency(self) -> String {
        format!("{}_valuta", self.name)
    }

    /// What was typed, as the member of a body; errors name the member.
    pub(super) fn read(self, typed: &Typed, errors: &mut Vec<FieldProblem>) -> Value {
        let name = self.name;
        let mut wrong = |key: &str| {
            errors.push(FieldProblem::new(format!("/{name}"), key));
            Value::Null
        };
        let Some(text) = typed.given(name) else {
            return match self.control {
                Control::Tick => json!(false),
                Control::Codes | Control::Items => json!([]),
                Control::Text(_) | Control::Mono(_) if self.is_required => json!(""),
                _ => Value::Null,
            };
        };
        match self.control {
            Control::Tick => json!(true),
            Control::Number => match text.parse::<i64>() {
                Ok(number) => json!(number),
                Err(_) => wrong("field-number"),
            },
            Control::Percent => match text.replace(',', ".").parse::<f64>() {
                Ok(number) if number.is_finite() => json!(number),
                _ => wrong("field-number"),
            },
            Control::Money | Control::OwnMoney => {
                let currency = typed.given(&self.currency()).unwrap_or_else(|| "EUR".into());
                let currency = currency.to_ascii_uppercase();
                match money::parse(&text, &currency) {
                    None => wrong("field-amount"),
                    Some(amount) => json!({ "importo": amount, "valuta": currency }),
                }
            }
            Control::Codes | Control::CodesOrAll => json!(typed.all(name).collect::<Vec<_>>()),
            Control::Items => json!(text.lines().collect::<Vec<_>>()),
            _ => json!(text),
        }
    }

    /// What a form holds for a part as it is.
    pub(super) fn first(self, typed: Typed, part: &Map<String, Value>) -> Typed {
        let Some(value) = part.get(self.name) else { return typed };
        let texts = |values: &Vec<Value>| -> Vec<String> {
            values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        match (self.control, value) {
            (_, Value::Null | Value::Bool(false)) => typed,
            (Control::Codes | Control::CodesOrAll, Value::Array(values)) => {
                texts(values).into_iter().fold(typed, |typed, code| typed.with(self.name, code))
            }
            (Control::Items, Value::Array(values)) => {
                typed.with(self.name, texts(values).join("\n"))
            }
            (_, Value::Array(values)) => typed.with(self.name, texts(values).join(", ")),
            (Control::Money | Control::OwnMoney, Value::Object(price)) => {
                let amount = price.get("importo").and_then(Value::as_i64).unwrap_or_default();
                let currency = price.get("valuta").and_then(Value::as_str).unwrap_or_default();
                let typed = typed.with(&self.currency(), currency);
                let is_said = amount > 0 || self.control == Control::OwnMoney;
                if is_said { typed.with(self.name, money::amount(amount, currency)) } else { typed }
            }
            (_, Value::String(text)) => typed.with(self.name, text),
            (_, value) => typed.with(self.name, value.to_string()),
        }
    }

    /// The field or fields that ask it of a part that is `known` or new.
    pub(super) fn ask(
        self,
        lang: &Lang,
        kind: Kind,
        (offer, known): (&Offer, bool),
        typed: &Typed,
        errors: &FormErrors,
    ) -> Markup {
        let name = self.name;
        let key = format!("{}-{}", kind.noun(), name.replace('_', "-"));
        let label = lang.t(&key);
        let value = typed.text(name);
        let field = match self.control {
            Control::Text(longest) => Field::text(name, label).maxlength(longest),
            Control::Any => Field::text(name, label),
            Control::Mono(longest) => Field::text(name, label).mono().maxlength(longest),
            Control::Lines(longest) => Field::textarea(name, label).maxlength(longest),
            Control::Items => Field::textarea(name, label),
            Control::Number => Field::number(name, label).min(0),
            Control::Percent | Control::Money | Control::OwnMoney => {
                Field::text(name, label).inputmode("decimal")
            }
            Control::Day => Field::date(name, label),
            Control::Tick => Field::checkbox(name, label),
            Control::Choice(choices) => {
                choices.iter().fold(Field::select(name, label), |field, (value, key)| {
                    field.option(*value, lang.t(key))
                })
            }
            Control::Codes | Control::CodesOrAll => {
                let own = typed.text(kind.key());
                let others =
                    offer.modules.iter().filter(|one| kind != Kind::Module || one.code != own);
                others.fold(Field::checkboxes(name, label), |field, module| {
                    field.option(&module.code, format!("{} ({})", module.name, module.code))
                })
            }
        };
        let field = match self.control {
            Control::Codes | Control::CodesOrAll => field.values(typed.all(name)),
            Control::Tick => field.checked(typed.ticked(name)),
            _ => field.value(value),
        };
        let field = if self.is_required { field.required() } else { field };
        let is_fixed = known && name == kind.key();
        let field = match (is_fixed, self.has_hint) {
            (true, _) => field.readonly().hint(lang.t("part-key-fixed")),
            (false, true) => field.hint(lang.t(&format!("{key}-hint"))),
            (false, false) => field,
        };
        let asked = Markup::of(&field.errors(errors));
        if !matches!(self.control, Control::Money | Control::OwnMoney) {
            return asked;
        }
        let currency = self.currency();
        let usual = typed.given(&currency).unwrap_or_else(|| offer.product.currency.clone());
        let currency = Field::text(currency, lang.t("label-valuta")).maxlength(3).mono();
        asked.and(&currency.value(usual).errors(errors))
    }

    /// The member it is for.
    pub(super) fn name(self) -> &'static str {
        self.name
    }
}

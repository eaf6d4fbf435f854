//! Typed parameters: what a product wants to be told with each licence, and whether it was.

use std::net::IpAddr;

use plugin_api::FieldProblem;
use plugin_api::time::parse_date;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use plugin_api::db::json;

use crate::domain::draft::pointer;

/// Longest text of a value, in characters, unless the parameter says less.
const LONGEST_VALUE: usize = 2000;
/// Most values of a list.
const MOST_VALUES: usize = 1000;

/// What the value of a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    /// A text; `least` and `most` are its length in characters.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// Yes or no.
    Boolean,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// One of the choices.
    Choice,
    /// An IPv4 or IPv6 address.
    Ip,
    /// Any number of texts, of the choices if there are any; `least` and `most` are how many.
    List,
}

impl ParameterKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Integer,
        Self::Decimal,
        Self::Boolean,
        Self::Date,
        Self::Choice,
        Self::Ip,
        Self::List,
    ];

    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Choice => "choice",
            Self::Ip => "ip",
            Self::List => "list",
        }
    }

    /// Its name on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Text => "testo",
            Self::Integer => "intero",
            Self::Decimal => "decimale",
            Self::Boolean => "booleano",
            Self::Date => "data",
            Self::Choice => "scelta",
            Self::Ip => "ip",
            Self::List => "elenco",
        }
    }

    /// The kind of this name on the wire.
    pub fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.wire() == name)
    }

    /// Whether `text` can be a smallest or largest value.
    pub fn is_bound(self, text: &str) -> bool {
        match self {
            Self::Text | Self::List => text.parse::<usize>().is_ok(),
            Self::Integer => text.parse::<i64>().is_ok(),
            Self::Decimal => decimal(text).is_some(),
            Self::Date => parse_date(text).is_some(),
            Self::Boolean | Self::Choice | Self::Ip => false,
        }
    }
}

/// Something a product wants to be told with each licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its id.
    pub parameter_id: String,
    /// What software calls it; unique within the product.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What its value is.
    pub kind: ParameterKind,
    /// Whether a licence must have it.
    pub required: bool,
    /// Its value unless a licence says otherwise.
    #[serde(deserialize_with = "optional_json")]
    pub default_value: Option<Value>,
    /// The smallest value, as it is written; empty for no bound.
    pub least: String,
    /// The largest value, as it is written; empty for no bound.
    pub most: String,
    /// What may be chosen.
    #[serde(deserialize_with = "json::deserialize")]
    pub choices: Vec<String>,
}

fn optional_json<'de, D: Deserializer<'de>>(column: D) -> Result<Option<Value>, D::Error> {
    let text = Option::<String>::deserialize(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(serde::de::Error::custom)).transpose()
}

impl Parameter {
    /// The value as it is kept, or the text key of what is wrong with it. Forms hand in texts
    /// whatever the kind.
    pub fn read(&self, value: &Value) -> Result<Value, &'static str> {
        let text = value.as_str().map(str::trim);
        match self.kind {
            ParameterKind::Text => {
                let text = text.ok_or("field-parameter-text")?;
                let length = text.chars().count();
                if length > LONGEST_VALUE {
                    return Err("field-too-long");
                }
                self.within(&length, |bound| bound.parse().ok())?;
                Ok(text.into())
            }
            ParameterKind::Integer => {
                let number = value.as_i64().or_else(|| text?.parse().ok());
                let number = number.ok_or("field-number")?;
                self.within(&number, |bound| bound.parse().ok())?;
                Ok(number.into())
            }
            ParameterKind::Decimal => {
                let number = value.as_f64().or_else(|| decimal(text?)).ok_or("field-decimal")?;
                self.within(&number, decimal)?;
                Ok(number.into())
            }
            ParameterKind::Boolean => match (value, text) {
                (Value::Bool(_), _) => Ok(value.clone()),
                (_, Some("true")) => Ok(true.into()),
                (_, Some("false")) => Ok(false.into()),
                _ => Err("field-boolean"),
            },
            ParameterKind::Date => {
                let text = text.ok_or("field-date")?;
                let day = parse_date(text).ok_or("field-date")?;
                self.within(&day, parse_date)?;
                Ok(text.into())
            }
            ParameterKind::Choice => {
                let text = text.filter(|text| self.offers(text)).ok_or("field-option")?;
                Ok(text.into())
            }
            ParameterKind::Ip => {
                let address = text.and_then(|text| text.parse::<IpAddr>().ok());
                Ok(address.ok_or("field-ip")?.to_string().into())
            }
            ParameterKind::List => self.read_list(value),
        }
    }

    fn read_list(&self, value: &Value) -> Result<Value, &'static str> {
        let texts: Vec<&str> = match value {
            Value::String(text) => text.split([',', ';', '\n']).map(str::trim).collect(),
            Value::Array(values) => values
                .iter()
                .map(|value| value.as_str().map(str::trim).ok_or("field-list"))
                .collect::<Result<_, _>>()?,
            _ => return Err("field-list"),
        };
        let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        if texts.len() > MOST_VALUES || texts.iter().any(|text| text.len() > LONGEST_VALUE) {
            return Err("field-too-long");
        }
        if !self.choices.is_empty() && texts.iter().any(|text| !self.offers(text)) {
            return Err("field-option");
        }
        self.within(&texts.len(), |bound| bound.parse().ok())?;
        Ok(texts.into())
    }

    fn offers(&self, text: &str) -> bool {
        self.choices.iter().any(|choice| choice == text)
    }

    fn within<T: PartialOrd>(
        &self,
        value: &T,
        bound: impl Fn(&str) -> Option<T>,
    ) -> Result<(), &'static str> {
        let is_below = bound(&self.least).is_some_and(|least| *value < least);
        let is_above = bound(&self.most).is_some_and(|most| *value > most);
        if is_below || is_above { Err("field-range") } else { Ok(()) }
    }
}

/// A finite number in either notation.
fn decimal(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}

/// The values a licence keeps: those given, checked, and the defaults of the others.
pub fn values(
    parameters: &[Parameter],
    given: &Map<String, Value>,
) -> Result<Map<String, Value>, Vec<FieldProblem>> {
    let mut errors: Vec<FieldProblem> = given
        .keys()
        .filter(|name| !parameters.iter().any(|parameter| parameter.name == **name))
        .map(|name| FieldProblem::new(pointer("/parametri", name), "field-parameter"))
        .collect();
    let mut kept = Map::new();
    for parameter in parameters {
        let is_empty = |value: &&Value| value.is_null() || value.as_str().is_some_and(is_blank);
        let given = given.get(&parameter.name).filter(|value| !is_empty(value));
        let value = match given {
            Some(value) => parameter.read(value).map(Some),
            None => Ok(parameter.default_value.clone()),
        };
        let wrong = match value {
            Ok(Some(value)) => {
                kept.insert(parameter.name.clone(), value);
                continue;
            }
            Ok(None) if parameter.required => "field-required",
            Ok(None) => continue,
            Err(wrong) => wrong,
        };
        errors.push(FieldProblem::new(pointer("/parametri", &parameter.name), wrong));
    }
    if errors.is_empty() { Ok(kept) } else { Err(errors) }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

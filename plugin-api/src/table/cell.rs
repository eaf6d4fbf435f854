//! One value of a row with its meaning, as pages and exports write it in their own ways.

use super::column::{Column, Kind};
use super::spec::TableSpec;
use crate::db::Value;

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Nothing,
    Text(String),
    Mono(String),
    /// The stored value and, when it is a known one, its position among the choices.
    Choice(String, Option<usize>),
    Number(i64),
    Real(f64),
    Money(i64, String),
    Date(i64),
    Instant(i64),
    Flag(bool),
    Meter(i64, Option<i64>),
}

/// A cell and the id its link leads to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Linked {
    pub(super) cell: Cell,
    pub(super) link: Option<String>,
}

impl TableSpec {
    /// Reads the cells of one row, without sort value and id, for these columns.
    pub(super) fn cells<'a>(
        &'a self,
        columns: &'a [usize],
        row: &'a [Value],
    ) -> impl Iterator<Item = (&'a Column, Linked)> {
        let mut values = row.iter();
        columns.iter().filter_map(|at| self.columns.get(*at)).map(move |column| {
            let first = values.next().unwrap_or(&Value::Null);
            let second = column.second.as_ref().and_then(|_| values.next());
            let link = column.link.as_ref().and_then(|_| values.next()).and_then(text);
            (column, Linked { cell: Cell::read(&column.kind, first, second), link })
        })
    }
}

impl Cell {
    fn read(kind: &Kind, first: &Value, second: Option<&Value>) -> Self {
        if *first == Value::Null {
            return Self::Nothing;
        }
        match kind {
            Kind::Text => text(first).map_or(Self::Nothing, Self::Text),
            Kind::Mono => text(first).map_or(Self::Nothing, Self::Mono),
            Kind::Choice(choices) => text(first).map_or(Self::Nothing, |value| {
                let known = choices.iter().position(|choice| choice.value == value);
                Self::Choice(value, known)
            }),
            Kind::Number => number(first),
            Kind::Money => integer(first).map_or(Self::Nothing, |minor| {
                Self::Money(minor, second.and_then(text).unwrap_or_default())
            }),
            Kind::Date => integer(first).map_or(Self::Nothing, Self::Date),
            Kind::Instant => integer(first).map_or(Self::Nothing, Self::Instant),
            Kind::Flag => integer(first).map_or(Self::Nothing, |n| Self::Flag(n != 0)),
            Kind::Meter => integer(first)
                .map_or(Self::Nothing, |used| Self::Meter(used, second.and_then(integer))),
        }
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if text.is_empty() => None,
        Value::Text(text) => Some(text.clone()),
        Value::Int(n) => Some(n.to_string()),
        Value::Real(n) => Some(n.to_string()),
        Value::Null | Value::Blob(_) => None,
    }
}

fn integer(value: &Value) -> Option<i64> {
    match number(value) {
        Cell::Number(n) => Some(n),
        #[expect(clippy::cast_possible_truncation, reason = "a sum of integers")]
        Cell::Real(n) => Some(n as i64),
        _ => None,
    }
}

/// Sums come back as integers, floats or, as decimals do, as text.
fn number(value: &Value) -> Cell {
    match value {
        Value::Int(n) => Cell::Number(*n),
        Value::Real(n) => Cell::Real(*n),
        Value::Text(text) => match (text.parse(), text.parse::<f64>()) {
            (Ok(n), _) => Cell::Number(n),
            (_, Ok(n)) if n.is_finite() => Cell::Real(n),
            _ => Cell::Text(text.clone()),
        },
        Value::Null | Value::Blob(_) => Cell::Nothing,
    }
}

//! What a reader asks of one column, between the text of the address and a value.

use crate::time;

use super::column::{Column, FilterBy, FilterOption, Kind};

/// Longer words are cut; nobody types them.
pub(super) const LONGEST: usize = 200;

/// What is asked of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    Contains(String),
    OneOf(Vec<String>),
    Between(Option<i64>, Option<i64>),
    Is(bool),
}

/// Which end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    From,
    To,
}

impl Filter {
    /// Reads `text` for `column` in addition to what is asked already; on failure the text key that
    /// says what would be right.
    pub(super) fn read(
        column: &Column,
        end: Option<End>,
        text: &str,
        asked: Option<Self>,
    ) -> Result<Self, &'static str> {
        match (&column.filter, end) {
            (Some(FilterBy::Contains), None) => {
                Ok(Self::Contains(text.chars().take(LONGEST).collect()))
            }
            (Some(FilterBy::OneOf { options, .. }), None) => one_of(options, text, asked),
            (Some(FilterBy::Flag), None) => match text {
                "true" => Ok(Self::Is(true)),
                "false" => Ok(Self::Is(false)),
                _ => Err("field-option"),
            },
            (Some(FilterBy::Range), Some(end)) => {
                let bound = Some(bound(&column.kind, end, text)?);
                let (from, to) = match asked {
                    Some(Self::Between(from, to)) => (from, to),
                    _ => (None, None),
                };
                Ok(match end {
                    End::From => Self::Between(bound, to),
                    End::To => Self::Between(from, bound),
                })
            }
            _ => Err("table-no-such-parameter"),
        }
    }

    /// The parameters that say this filter.
    pub(super) fn pairs(&self, column: &Column) -> Vec<(String, String)> {
        let id = column.id;
        match self {
            Self::Contains(text) => vec![(id.to_owned(), text.clone())],
            Self::OneOf(values) => vec![(id.to_owned(), values.join(","))],
            Self::Is(yes) => vec![(id.to_owned(), yes.to_string())],
            Self::Between(..) => [End::From, End::To]
                .into_iter()
                .filter_map(|end| Some((name(id, end), self.bound_text(&column.kind, end)?)))
                .collect(),
        }
    }

    /// One end of a range as the form and the address write it.
    pub(super) fn bound_text(&self, kind: &Kind, end: End) -> Option<String> {
        let Self::Between(from, to) = self else { return None };
        let bound = if end == End::From { *from } else { *to }?;
        Some(match kind {
            Kind::Date | Kind::Instant => time::date(bound),
            Kind::Money => amount(bound),
            _ => bound.to_string(),
        })
    }
}

/// The parameter of one end of a range.
pub(super) fn name(id: &str, end: End) -> String {
    match end {
        End::From => format!("{id}.from"),
        End::To => format!("{id}.to"),
    }
}

/// The text key that says which end of a range is meant.
pub(super) fn bound_key(kind: &Kind, end: End) -> &'static str {
    match (kind, end) {
        (Kind::Date | Kind::Instant, End::From) => "table-filter-from",
        (Kind::Date | Kind::Instant, End::To) => "table-filter-to",
        (_, End::From) => "table-filter-min",
        (_, End::To) => "table-filter-max",
    }
}

/// An amount of minor units as software writes it: `-12.50`.
pub(super) fn amount(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    format!("{sign}{}.{:02}", minor / 100, minor % 100)
}

fn one_of(
    options: &[FilterOption],
    text: &str,
    asked: Option<Filter>,
) -> Result<Filter, &'static str> {
    let mut values = match asked {
        Some(Filter::OneOf(values)) => values,
        _ => Vec::new(),
    };
    for value in text.split(',').map(str::trim).filter(|value| !value.is_empty()) {
        if !options.iter().any(|option| option.value == value) {
            return Err("field-option");
        }
        if !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
        }
    }
    if values.is_empty() { Err("field-option") } else { Ok(Filter::OneOf(values)) }
}

fn bound(kind: &Kind, end: End, text: &str) -> Result<i64, &'static str> {
    match (kind, end) {
        (Kind::Date | Kind::Instant, End::From) => time::parse_date(text).ok_or("field-date"),
        (Kind::Date | Kind::Instant, End::To) => time::parse_end_of_day(text).ok_or("field-date"),
        (Kind::Money, _) => minor(text).ok_or("field-amount"),
        _ => text.parse().map_err(|_| "field-number"),
    }
}

/// Reads `12`, `12.5`, `12,50` as minor units.
fn minor(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, cents) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || cents.len() > 2 || !is_number(whole) || !is_number(cents) {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?.checked_mul(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_both_notations() {
        for (text, minor_units) in
            [("12", 1200), ("12.5", 1250), ("-0,05", -5), ("0.50", 50), ("1000000,00", 100_000_000)]
        {
            assert_eq!(minor(text), Some(minor_units), "{text}");
            assert_eq!(minor(&amount(minor_units)), Some(minor_units));
        }
        for text in ["", "-", ".5", "1.234", "1e3", "9223372036854775807", "１", "1.2.3", "+1"] {
            assert_eq!(minor(text), None, "{text}");
        }
    }
}

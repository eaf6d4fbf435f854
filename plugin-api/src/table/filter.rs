//! What a reader asks of one column, between the text of the address and a value.

use crate::{money, time};

use super::column::{Column, FilterBy, FilterOption, Kind};

/// Longer words are cut; nobody types them.
pub(super) const LONGEST: usize = 200;

/// Decimals of a bound of money, in whatever currency.
const MONEY_DIGITS: u8 = 2;

/// What is asked of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    Contains(String),
    OneOf(Vec<String>),
    /// From, to; of money in [`MONEY_DIGITS`], as its currency is known row by row.
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

/// A bound of money as software writes it: `-12.50`.
pub(super) fn amount(hundredths: i64) -> String {
    money::decimal(hundredths, MONEY_DIGITS)
}

/// A bound of money in the minor units of a currency with so many `digits`, within the bound.
pub(super) fn in_minor(hundredths: i64, digits: u8, end: End) -> i64 {
    if let Some(more) = digits.checked_sub(MONEY_DIGITS) {
        return hundredths.saturating_mul(10_i64.saturating_pow(u32::from(more)));
    }
    let by = 10_i64.saturating_pow(u32::from(MONEY_DIGITS - digits));
    let down = hundredths.div_euclid(by);
    let is_between = hundredths.rem_euclid(by) != 0;
    if end == End::From && is_between { down + 1 } else { down }
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
        (Kind::Money, _) => hundredths(text).ok_or("field-amount"),
        _ => text.parse().map_err(|_| "field-number"),
    }
}

/// Reads `12`, `-12.5`, `12,50` as hundredths. Three digits might as well be thousands.
fn hundredths(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(rest) => money::parse_decimal(rest, MONEY_DIGITS).map(|read| -read),
        None => money::parse_decimal(text, MONEY_DIGITS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_money_are_read_in_both_notations() {
        for (text, read) in [("12", 1200), ("12.5", 1250), ("-0,05", -5), ("1000,00", 100_000)] {
            assert_eq!(hundredths(text), Some(read), "{text}");
            assert_eq!(hundredths(&amount(read)), Some(read));
        }
        for text in ["", "-", ".5", "1.234", "1e3", "9223372036854775807", "１", "1.2.3", "--1"] {
            assert_eq!(hundredths(text), None, "{text}");
        }
    }

    #[test]
    fn a_bound_lies_within_what_was_asked_in_every_currency() {
        let minor = |digits, end| in_minor(1_250, digits, end);
        assert_eq!([0, 2, 3].map(|digits| minor(digits, End::From)), [13, 1_250, 12_500]);
        assert_eq!([0, 2, 3].map(|digits| minor(digits, End::To)), [12, 1_250, 12_500]);
        assert_eq!(in_minor(-1_250, 0, End::From), -12);
        assert_eq!(in_minor(-1_250, 0, End::To), -13);
        assert_eq!(in_minor(i64::MAX, 3, End::To), i64::MAX);
    }
}

//! How much of a module is used: periods, what is left, and how far one may go over.

use plugin_api::time::{DAY, date, parse_date};

use super::choices::Period;
use super::licence::ModuleGrant;

/// One period of a meter. Instants are unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its first millisecond; 0 when the count never begins anew.
    pub starts_at: i64,
    /// The first millisecond of the next one, if there is a next one.
    pub resets_at: Option<i64>,
}

impl Window {
    /// The period that holds `now`, by the calendar of UTC.
    pub fn at(now: i64, period: Period) -> Self {
        let day = now.div_euclid(DAY).saturating_mul(DAY);
        let (starts_at, resets_at) = match period {
            Period::Never => return Self { starts_at: 0, resets_at: None },
            Period::Day => (Some(day), Some(day.saturating_add(DAY))),
            Period::Month => {
                let (year, month) = year_and_month(now);
                let (after, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                (first_of(year, month), first_of(after, next))
            }
            Period::Year => {
                let (year, _) = year_and_month(now);
                (first_of(year, 1), first_of(year + 1, 1))
            }
        };
        Self { starts_at: starts_at.unwrap_or(day), resets_at }
    }
}

fn year_and_month(now: i64) -> (i64, i64) {
    let today = date(now);
    let mut parts = today.split('-').map(|part| part.parse().unwrap_or(1));
    (parts.next().unwrap_or(1970), parts.next().unwrap_or(1))
}

fn first_of(year: i64, month: i64) -> Option<i64> {
    parse_date(&format!("{year:04}-{month:02}-01"))
}

/// The most a module may be used within one period, with the overage; none if that is not limited.
pub fn cap(module: &ModuleGrant) -> Option<i64> {
    let over = |max: i64| max.saturating_add(max.saturating_mul(module.overage) / 100);
    module.max.map(over)
}

/// What a meter shows once `used` was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// How much of it was used in this period.
    pub used: i64,
    /// How much was sold for one period, if that is limited.
    pub limit: Option<i64>,
    /// How much more will be counted, overage included; none if that is not limited.
    pub left: Option<i64>,
    /// How much was used beyond `limit`.
    pub over: i64,
}

impl Reading {
    /// The reading of a meter of `module`.
    pub fn of(module: &ModuleGrant, used: i64) -> Self {
        Self {
            used,
            limit: module.max,
            left: cap(module).map(|cap| (cap - used).max(0)),
            over: module.max.map_or(0, |max| (used - max).max(0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use plugin_api::time::{parse_instant, rfc3339};

    use super::*;

    fn window(now: &str, period: Period) -> (String, Option<String>) {
        let window = Window::at(parse_instant(now).unwrap(), period);
        (rfc3339(window.starts_at), window.resets_at.map(rfc3339))
    }

    #[test]
    fn each_period_begins_and_ends_at_midnight_utc() {
        let both =
            |from: &str, to: &str| (format!("{from}T00:00:00Z"), Some(format!("{to}T00:00:00Z")));
        let leap = "2028-02-29T23:59:59.999Z";
        assert_eq!(window(leap, Period::Day), both("2028-02-29", "2028-03-01"));
        assert_eq!(window(leap, Period::Month), both("2028-02-01", "2028-03-01"));
        assert_eq!(window(leap, Period::Year), both("2028-01-01", "2029-01-01"));
        let last = "2026-12-31T12:00:00Z";
        assert_eq!(window(last, Period::Month), both("2026-12-01", "2027-01-01"));
        assert_eq!(window("2026-03-01T00:00:00Z", Period::Day), both("2026-03-01", "2026-03-02"));
        assert_eq!(Window::at(5, Period::Never), Window { starts_at: 0, resets_at: None });
    }

    #[test]
    fn what_is_left_includes_the_overage_and_what_is_over_is_told() {
        let module = |max, overage| ModuleGrant {
            code: "m".into(),
            active: true,
            until: None,
            max,
            trial: false,
            period: Some(Period::Month),
            overage,
        };
        let reading = |max, overage, used| Reading::of(&module(max, overage), used);
        assert_eq!(cap(&module(Some(99), 10)), Some(108));
        assert_eq!(reading(Some(100), 10, 95).left, Some(15));
        assert_eq!(reading(Some(100), 10, 105).over, 5);
        assert_eq!(reading(Some(100), 0, 130).left, Some(0));
        assert_eq!(reading(None, 10, 7).left, None);
        assert_eq!(reading(None, 10, 7).over, 0);
    }
}

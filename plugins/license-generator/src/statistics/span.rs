//! Days, weeks and months of a span of time, UTC.

use plugin_api::time::{self, DAY};

/// The first millisecond of the day of an instant.
pub(super) fn day_of(at: i64) -> i64 {
    at - at.rem_euclid(DAY)
}

/// The first millisecond of the Monday before or at an instant.
pub(super) fn monday_of(at: i64) -> i64 {
    // The first of January 1970 was a Thursday.
    let days = (day_of(at) / DAY + 3).rem_euclid(7);
    day_of(at) - days * DAY
}

/// The month of an instant, `2026-01`.
pub(super) fn month_of(at: i64) -> String {
    let mut date = time::date(at);
    date.truncate("YYYY-MM".len());
    date
}

/// The days from `from` to before `to`.
pub(super) fn days((from, to): (i64, i64)) -> impl Iterator<Item = i64> {
    (0..).map(move |n| from + n * DAY).take_while(move |day| *day < to)
}

/// The months that the days from `from` to before `to` lie in.
pub(super) fn months(span: (i64, i64)) -> Vec<String> {
    let mut months: Vec<String> = days(span).map(month_of).collect();
    months.dedup();
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        let day = |date: &str| time::parse_date(date).expect("a date");
        // 2026-01-15 was a Thursday.
        assert_eq!(monday_of(day("2026-01-15") + 36_000_000), day("2026-01-12"));
        assert_eq!(monday_of(day("2026-01-12")), day("2026-01-12"));
        assert_eq!(monday_of(day("2026-01-18")), day("2026-01-12"));
        assert_eq!(monday_of(-1), day("1969-12-29"));
    }

    #[test]
    fn months_are_told_once() {
        let day = |date: &str| time::parse_date(date).expect("a date");
        let span = (day("2025-12-31"), day("2026-02-02"));
        assert_eq!(months(span), ["2025-12", "2026-01", "2026-02"]);
        assert_eq!(days((day("2026-01-01"), day("2026-01-03"))).count(), 2);
    }
}

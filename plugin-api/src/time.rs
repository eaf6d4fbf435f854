//! Instants and dates on the wire: RFC 3339 UTC and `YYYY-MM-DD`; in the database unix milliseconds.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;

/// An instant as RFC 3339 in UTC with seconds; empty when out of range.
pub fn rfc3339(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map(|at| format!("{at:.0}")).unwrap_or_default()
}

/// An instant as RFC 2822 in UTC, as mails and feeds write it; empty when out of range.
pub fn rfc2822(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).map(|at| at.to_zoned(TimeZone::UTC));
    at.map(|at| at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()).unwrap_or_default()
}

/// Reads an RFC 3339 instant.
pub fn parse_instant(text: &str) -> Option<i64> {
    text.trim().parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

/// The date of an instant, UTC, as `YYYY-MM-DD`.
pub fn date(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .map(|at| at.to_zoned(TimeZone::UTC).date().to_string())
        .unwrap_or_default()
}

/// Reads `YYYY-MM-DD` as the first instant of that day, UTC.
pub fn parse_date(text: &str) -> Option<i64> {
    let text = text.trim();
    // jiff reads the date out of a whole instant as well; somebody who sends one means the instant.
    if text.len() != "YYYY-MM-DD".len() {
        return None;
    }
    let date: Date = text.parse().ok()?;
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

/// Reads `YYYY-MM-DD` as the last millisecond of that day, UTC: "valid until the 31st" includes it.
pub fn parse_end_of_day(text: &str) -> Option<i64> {
    parse_date(text)?.checked_add(DAY - 1)
}

/// The last millisecond of the day of an instant, UTC.
pub fn end_of_day(ms: i64) -> i64 {
    ms - ms.rem_euclid(DAY) + (DAY - 1)
}

/// The same time of day so many calendar months later, UTC; the last day of a month that is shorter.
/// None when out of range.
pub fn add_months(ms: i64, months: i64) -> Option<i64> {
    let span = Span::new().try_months(months).ok()?;
    let at = Timestamp::from_millisecond(ms).ok()?.to_zoned(TimeZone::UTC);
    Some(at.checked_add(span).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_where_people_expect() {
        let end = |text: &str| parse_end_of_day(text).expect("a date");
        assert_eq!(add_months(end("2026-12-31"), 12), Some(end("2027-12-31")));
        assert_eq!(add_months(end("2027-01-31"), 1), Some(end("2027-02-28")));
        assert_eq!(add_months(end("2028-02-29"), 12), Some(end("2029-02-28")));
        assert_eq!(add_months(0, i64::MAX), None);
        assert_eq!(end_of_day(end("2026-01-01")), end("2026-01-01"));
        assert_eq!(end_of_day(end("2026-01-01") + 1), end("2026-01-02"));
    }

    #[test]
    fn dates_and_instants_round_trip() {
        let day = parse_date("2026-02-28").expect("a date");
        assert_eq!(rfc3339(day), "2026-02-28T00:00:00Z");
        assert_eq!(rfc2822(day), "Sat, 28 Feb 2026 00:00:00 +0000");
        assert_eq!(date(parse_end_of_day("2026-02-28").expect("a date")), "2026-02-28");
        assert_eq!(parse_instant("2026-02-28T01:00:00+01:00"), Some(day));
        assert_eq!(parse_date("2026-02-30"), None);
        assert_eq!(parse_date("2026-02-28T10:00:00Z"), None);
    }
}

//! Instants and dates on the wire: RFC 3339 UTC and `YYYY-MM-DD`; in the database unix milliseconds.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;

/// An instant as RFC 3339 in UTC with seconds; empty when out of range.
pub fn rfc3339(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map(|at| format!("{at:.0}")).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_instants_round_trip() {
        let day = parse_date("2026-02-28").expect("a date");
        assert_eq!(rfc3339(day), "2026-02-28T00:00:00Z");
        assert_eq!(date(parse_end_of_day("2026-02-28").expect("a date")), "2026-02-28");
        assert_eq!(parse_instant("2026-02-28T01:00:00+01:00"), Some(day));
        assert_eq!(parse_date("2026-02-30"), None);
        assert_eq!(parse_date("2026-02-28T10:00:00Z"), None);
    }
}

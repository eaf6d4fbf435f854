//! How long to wait before the next attempt.

use plugin_api::Cx;

/// Milliseconds before the second attempt.
const FIRST: i64 = 5_000;
/// Milliseconds no wait exceeds.
const LONGEST: i64 = 3_600_000;

/// Milliseconds to wait after `attempts` attempts: twice as long each time, up to an hour, and
/// somewhere in the upper half of that, so that what failed together does not come back together.
pub(crate) fn backoff(cx: &Cx, attempts: i64) -> i64 {
    let [noise] = cx.random::<1>();
    spread(attempts, noise)
}

fn spread(attempts: i64, noise: u8) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or_default();
    let whole = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    whole / 2 + whole / 2 * i64::from(noise) / 255
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn waits_double_up_to_an_hour_and_differ() {
        assert_eq!((spread(1, 0), spread(1, 255)), (2_500, 5_000));
        assert_eq!(spread(3, 255), 20_000);
        assert_eq!(spread(100, 255), 3_600_000);
        assert_eq!(spread(0, 255), 5_000);
    }
}

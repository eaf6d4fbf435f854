//! Which part of a file a request asks for (RFC 9110 §14).

/// What to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: nothing else was asked for, or nothing we serve.
    Whole,
    /// From `start` to `end`, both included.
    Range {
        /// First byte.
        start: u64,
        /// Last byte.
        end: u64,
    },
    /// The file has no such bytes.
    Unsatisfiable,
}

/// The part that `range`, the header, asks of a file of `size` bytes. Several ranges at once are
/// not served: the whole file answers them.
pub(super) fn part(range: &str, size: u64) -> Part {
    let Some((first, last)) = range
        .trim()
        .strip_prefix("bytes=")
        .filter(|ranges| !ranges.contains(','))
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    let end_of_file = size.saturating_sub(1);
    let (start, end) = match (number(first), number(last)) {
        (Some(start), Some(end)) if start <= end => (start, end.min(end_of_file)),
        (Some(start), None) if last.is_empty() => (start, end_of_file),
        (None, Some(0)) if first.is_empty() => return Part::Unsatisfiable,
        (None, Some(count)) if first.is_empty() => (size.saturating_sub(count), end_of_file),
        _ => return Part::Whole,
    };
    if start >= size { Part::Unsatisfiable } else { Part::Range { start, end } }
}

fn number(text: &str) -> Option<u64> {
    // `parse` takes a sign as well, which a range has not.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_ranges_are_cut_to_the_file() {
        let range = |start, end| Part::Range { start, end };
        for (header, expected) in [
            ("bytes=0-0", range(0, 0)),
            ("bytes=2-4", range(2, 4)),
            ("bytes=2-", range(2, 9)),
            ("bytes=2-99", range(2, 9)),
            ("bytes=-3", range(7, 9)),
            ("bytes=-99", range(0, 9)),
            ("bytes=10-", Part::Unsatisfiable),
            ("bytes=10-11", Part::Unsatisfiable),
            ("bytes=-0", Part::Unsatisfiable),
            ("bytes=4-2", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("items=0-1", Part::Whole),
            ("bytes=99999999999999999999-", Part::Whole),
        ] {
            assert_eq!(part(header, 10), expected, "{header}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Unsatisfiable);
    }
}

//! Which parts of a file a request asks for (RFC 9110 §14).

/// Most parts that are looked at; who wants more gets the whole file.
const MOST: usize = 1_000;

/// What to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it: nothing else was asked for, or nothing we understand.
    Whole,
    /// These parts, at least one; no byte is in two of them.
    Parts(Vec<Part>),
    /// The file has no such bytes.
    Unsatisfiable,
}

/// From `start` to `end`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// First byte.
    pub(super) start: u64,
    /// Last byte.
    pub(super) end: u64,
}

impl Part {
    /// How many bytes it has.
    pub(super) fn length(self) -> u64 {
        self.end - self.start + 1
    }
}

/// What `range`, the header, asks of a file of `size` bytes. Parts stay in the order they were asked for;
/// when any overlap, they are joined and sorted instead (§15.3.7.2), so that an answer is never longer
/// than the file.
pub(super) fn wanted(range: &str, size: u64) -> Wanted {
    let (unit, set) = range.trim().split_once('=').unwrap_or_default();
    if !unit.eq_ignore_ascii_case("bytes") {
        return Wanted::Whole;
    }
    let mut parts = Vec::new();
    let specs = set.split(',').map(str::trim).filter(|spec| !spec.is_empty());
    let mut count = 0;
    for spec in specs {
        count += 1;
        if count > MOST {
            return Wanted::Whole;
        }
        match part(spec, size) {
            Ok(part) => parts.extend(part),
            Err(Unreadable) => return Wanted::Whole,
        }
    }
    match (count, parts.is_empty()) {
        (0, _) => Wanted::Whole,
        (_, true) => Wanted::Unsatisfiable,
        (_, false) => Wanted::Parts(apart(parts)),
    }
}

/// What stands there is no range.
struct Unreadable;

/// One part, cut to the file; none when the file has no such bytes.
fn part(spec: &str, size: u64) -> Result<Option<Part>, Unreadable> {
    let (first, last) = spec.split_once('-').ok_or(Unreadable)?;
    let end_of_file = size.saturating_sub(1);
    let (start, end) = match (number(first.trim_end()), number(last.trim_start())) {
        (Some(start), Some(end)) if start <= end => (start, end.min(end_of_file)),
        (Some(start), None) if last.is_empty() => (start, end_of_file),
        (None, Some(0)) if first.is_empty() => return Ok(None),
        (None, Some(count)) if first.is_empty() => (size.saturating_sub(count), end_of_file),
        _ => return Err(Unreadable),
    };
    Ok((start < size).then_some(Part { start, end }))
}

fn apart(parts: Vec<Part>) -> Vec<Part> {
    let mut sorted = parts.clone();
    sorted.sort_by_key(|part| part.start);
    let mut joined: Vec<Part> = Vec::with_capacity(sorted.len());
    for part in sorted {
        match joined.last_mut() {
            Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
            _ => joined.push(part),
        }
    }
    if joined.len() == parts.len() { parts } else { joined }
}

fn number(text: &str) -> Option<u64> {
    // `parse` takes a sign as well, which a range has not.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(parts: &[(u64, u64)]) -> Wanted {
        Wanted::Parts(parts.iter().map(|&(start, end)| Part { start, end }).collect())
    }

    #[test]
    fn parts_are_cut_to_the_file_and_never_overlap() {
        for (header, expected) in [
            ("bytes=0-0", parts(&[(0, 0)])),
            ("bytes=2-4", parts(&[(2, 4)])),
            ("Bytes=2-", parts(&[(2, 9)])),
            ("bytes=2-99", parts(&[(2, 9)])),
            ("bytes=-3", parts(&[(7, 9)])),
            ("bytes=-99", parts(&[(0, 9)])),
            ("bytes=0-1,3-4", parts(&[(0, 1), (3, 4)])),
            ("bytes=3-4, ,0-1,", parts(&[(3, 4), (0, 1)])),
            ("bytes=0-1,2-3", parts(&[(0, 1), (2, 3)])),
            ("bytes=0-1,20-30,-1", parts(&[(0, 1), (9, 9)])),
            ("bytes=6-8,0-2,1-4", parts(&[(0, 4), (6, 8)])),
            ("bytes=0-,0-,0-", parts(&[(0, 9)])),
            ("bytes=4-4,4-4", parts(&[(4, 4)])),
            ("bytes=10-", Wanted::Unsatisfiable),
            ("bytes=10-11,-0", Wanted::Unsatisfiable),
            ("bytes=-0", Wanted::Unsatisfiable),
            ("bytes=4-2", Wanted::Whole),
            ("bytes=0-1,4-2", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=", Wanted::Whole),
            ("bytes", Wanted::Whole),
            ("items=0-1", Wanted::Whole),
            ("bytes=99999999999999999999-", Wanted::Whole),
        ] {
            assert_eq!(wanted(header, 10), expected, "{header}");
        }
        assert_eq!(wanted("bytes=0-", 0), Wanted::Unsatisfiable);
    }

    #[test]
    fn a_thousand_parts_are_sent_and_more_are_the_whole_file() {
        let asked = |count: u64| {
            let specs = (0..count).map(|at| format!("{}-{}", at * 2, at * 2));
            wanted(&format!("bytes={}", specs.collect::<Vec<_>>().join(",")), 10_000)
        };
        assert!(matches!(asked(1_000), Wanted::Parts(parts) if parts.len() == 1_000));
        assert_eq!(asked(1_001), Wanted::Whole);
    }
}

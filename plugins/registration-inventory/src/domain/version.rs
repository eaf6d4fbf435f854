//! Versions as programs write them, made to compare.

/// Digits that a number in a version is padded to.
const WIDTH: usize = 12;
/// Characters of the result at most.
const LONGEST: usize = 200;
/// Stands behind the numbers of a release: after [`BEFORE`], before any further number.
const RELEASE: &str = "#";
/// Stands between the numbers and the words that mark what comes before a release.
const BEFORE: &str = "!";

/// A text that sorts as `version` does: numbers by value, a pre-release (`-rc1`, `beta`) before its
/// release. `4.10` comes after `4.9`; trailing `.0` do not matter. Not exact semver, as most software
/// does not write that.
pub fn order(version: &str) -> String {
    let trimmed = version.trim().trim_start_matches(['v', 'V']);
    // What follows a `+` says how it was built (semver §10).
    let core = trimmed.split('+').next().unwrap_or_default();
    let (mut numbers, mut words) = (Vec::new(), Vec::new());
    for part in parts(core) {
        if part.starts_with(|first: char| first.is_ascii_digit()) {
            let number = format!("{:0>WIDTH$}", part.trim_start_matches('0'));
            if words.is_empty() { &mut numbers } else { &mut words }.push(number);
        } else {
            words.push(part.to_lowercase());
        }
    }
    while numbers.last().is_some_and(|last: &String| last.bytes().all(|digit| digit == b'0')) {
        numbers.pop();
    }
    numbers.push(if words.is_empty() { RELEASE } else { BEFORE }.to_owned());
    numbers.append(&mut words);
    numbers.join(".").chars().take(LONGEST).collect()
}

/// The numbers and words of a version: `2.0rc1` is `2`, `0`, `rc`, `1`.
fn parts(core: &str) -> Vec<String> {
    let pieces = core.split(|character: char| !character.is_alphanumeric());
    let split = |piece: &str| {
        let characters: Vec<char> = piece.chars().collect();
        let alike = characters.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
        alike.map(String::from_iter).collect::<Vec<_>>()
    };
    pieces.flat_map(split).collect()
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn versions_sort_as_people_mean_them() {
        let ascending = [
            "",
            "1.0-beta",
            "1.0",
            "1.0.1",
            "1.2",
            "1.9",
            "1.10-rc1",
            "1.10",
            "2.0.0-alpha.1",
            "2.0.0-alpha.2",
            "2.0",
            "10.0",
        ];
        for pair in ascending.windows(2) {
            let [before, after] = pair else { continue };
            assert!(
                before.is_empty() || order(before) < order(after),
                "{before} {} < {after} {}",
                order(before),
                order(after)
            );
        }
        assert_eq!(order("v2.0.0"), order("2"));
        assert_eq!(order("1.0+build7"), order("1"));
    }
}

//! Versions as programs write them, made to compare.

/// Digits that a number in a version is padded to.
const WIDTH: usize = 8;
/// Characters of the result at most.
const LONGEST: usize = 200;

/// A text that sorts as `version` does: numbers by value, a pre-release (`-rc1`, `beta`) before its
/// release. `4.10` comes after `4.9`; trailing `.0` do not matter. Not exact semver, as most software
/// does not write that.
pub fn order(version: &str) -> String {
    let trimmed = version.trim().trim_start_matches(['v', 'V']);
    let core = trimmed.split('+').next().unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut is_pre = false;
    let mut finish = |current: &mut String, parts: &mut Vec<String>, is_pre: &mut bool| {
        if current.is_empty() {
            return;
        }
        let part = std::mem::take(current);
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            let digits = part.trim_start_matches('0');
            parts.push(format!("{digits:0>WIDTH$}"));
        } else {
            // Sorts before every digit: words mark what comes before the release.
            if !*is_pre {
                while parts.last().is_some_and(|last| last.bytes().all(|byte| byte == b'0')) {
                    parts.pop();
                }
                *is_pre = true;
                parts.push("!".to_owned());
            }
            parts.push(part.to_lowercase());
        }
    };
    for character in core.chars() {
        let same = current
            .chars()
            .next_back()
            .is_none_or(|last| last.is_ascii_digit() == character.is_ascii_digit());
        if !character.is_alphanumeric() {
            finish(&mut current, &mut parts, &mut is_pre);
        } else {
            if !same {
                finish(&mut current, &mut parts, &mut is_pre);
            }
            current.push(character);
        }
    }
    finish(&mut current, &mut parts, &mut is_pre);
    if !is_pre {
        while parts.last().is_some_and(|last| last.bytes().all(|byte| byte == b'0')) {
            parts.pop();
        }
        // Sorts before the digits of `1.0.1`, after the mark of what comes before the release.
        parts.push("#".to_owned());
    }
    parts.join(".").chars().take(LONGEST).collect()
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

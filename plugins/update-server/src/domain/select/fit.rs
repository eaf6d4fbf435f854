//! Whether a release runs where it is asked for, and which of its files serve best there.

use super::Asked;
use crate::domain::release::{Artifact, Release};

/// Whether the system is new enough, as far as that is known.
pub(super) fn system(release: &Release, asked: &Asked) -> bool {
    let needed = asked.platform.and_then(|platform| release.minimum_system.get(&platform));
    let (Some(needed), Some(has)) = (needed, &asked.system) else { return true };
    match (numbers(needed), numbers(has)) {
        (Some(needed), Some(has)) => has >= needed,
        // The client will find out, and says it better.
        _ => true,
    }
}

/// The numbers of `10.0.19045`, without zeros at the end, so that `13` is as new as `13.0`.
fn numbers(system: &str) -> Option<Vec<u64>> {
    let end = system.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(system.len());
    let (start, _) = system.split_at(end);
    let mut numbers = start
        .trim_end_matches('.')
        .split('.')
        .map(|number| number.parse().ok())
        .collect::<Option<Vec<u64>>>()?;
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some(numbers)
}

/// The files that serve, best first: the preferred format, then made for just this machine.
pub(super) fn artifacts<'a>(release: &'a Release, asked: &Asked) -> Vec<&'a Artifact> {
    let mut found: Vec<(_, &Artifact)> = release
        .artifacts
        .iter()
        .filter(|artifact| artifact.serves(asked.platform, asked.architecture))
        .filter(|artifact| !asked.minisigned || !artifact.minisign.is_empty())
        .filter_map(|artifact| Some((rank(artifact, asked)?, artifact)))
        .collect();
    found.sort_by(|(a, first), (b, second)| {
        a.cmp(b).then_with(|| first.file_name.cmp(&second.file_name))
    });
    found.into_iter().map(|(_, artifact)| artifact).collect()
}

/// Where a file stands among those that serve; None if its format is of no use.
fn rank(artifact: &Artifact, asked: &Asked) -> Option<(usize, bool, bool)> {
    let format = if asked.formats.is_empty() {
        0
    } else {
        asked.formats.iter().position(|format| *format == artifact.format)?
    };
    let other_architecture = asked.architecture.is_some_and(|mine| artifact.architecture != mine);
    let other_platform = asked.platform.is_some_and(|mine| artifact.platform != mine);
    Some((format, other_architecture, other_platform))
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn systems_compare_by_their_numbers() {
        assert!(numbers("10.0.19045") < numbers("10.0.22000"));
        assert!(numbers("9") < numbers("10"));
        assert_eq!(numbers("13"), numbers("13.0"));
        assert_eq!(numbers("6.1.0-13-amd64"), numbers("6.1"));
        assert_eq!(numbers("Ventura"), None);
    }
}

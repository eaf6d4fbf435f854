//! How a new version is adopted: the share of each version at the end of days.

use std::collections::BTreeMap;

use plugin_api::time::{DAY, date};

use super::answer::Adozione;
use crate::domain::version;
use crate::store::figures::time::Stood;

/// Versions told apart: the newest of those that were there; older ones count into the whole.
pub(super) const NEWEST: usize = 4;

/// The shares, day by day, the newest version first.
pub(super) fn of(stood: &[Stood]) -> Vec<Adozione> {
    let mut whole: BTreeMap<i64, i64> = BTreeMap::new();
    let mut versions: Vec<&str> = Vec::new();
    for line in stood {
        *whole.entry(line.day).or_default() += line.installations;
        versions.push(&line.part);
    }
    versions.sort_by_cached_key(|known| (std::cmp::Reverse(version::order(known)), *known));
    versions.dedup();
    versions.truncate(NEWEST);
    let share = |day: i64, known: &&str| {
        let found = stood.iter().find(|line| line.day == day && line.part == **known);
        let installazioni = found.map_or(0, |line| line.installations);
        let all = whole.get(&day).copied().unwrap_or_default().max(1);
        Adozione {
            giorno: date(day * DAY),
            versione: (*known).to_owned(),
            installazioni,
            quota: (installazioni * 100 + all / 2) / all,
        }
    };
    whole.keys().flat_map(|day| versions.iter().map(|known| share(*day, known))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_all_versions_and_the_newest_come_first() {
        let line = |day, part: &str, installations| Stood {
            day,
            part: part.to_owned(),
            installations,
            orders: 0,
            sold: 0,
        };
        let told = of(&[line(1, "1.9", 4), line(2, "1.9", 1), line(2, "1.10", 3)]);
        let told: Vec<_> = told
            .iter()
            .map(|line| (line.versione.as_str(), line.installazioni, line.quota))
            .collect();
        assert_eq!(told, [("1.10", 0, 0), ("1.9", 4, 100), ("1.10", 3, 75), ("1.9", 1, 25)]);
    }
}
